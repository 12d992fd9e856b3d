import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupParts, halved, splitDocument, splitText } from './split-document.js';

const anyText = fc
  .array(
    fc.constantFrom('# Title\n', '## Part\n', '\n\n', 'A sentence. ', 'word ', '\n', 'x'.repeat(50), '😀', '\r\n'),
    {
      maxLength: 80,
    },
  )
  .map((pieces) => pieces.join(''));

describe('splitting a text', () => {
  it('loses nothing, and every part fits', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 200 }), (text, limit) => {
        const parts = splitText(text, limit);
        expect(parts.join('')).toBe(text);
        expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(limit);
        expect(parts.some((part) => /[\uD800-\uDBFF]$/.test(part))).toBe(false);
      }),
      { seed: 1 },
    );
  });

  it('cuts in front of headings before it cuts between paragraphs', () => {
    const [first, second] = ['# One\n\nFirst.\n\nMore.\n', '# Two\n\nSecond.\n'];
    expect(splitText(`${first}${second}`, 25)).toEqual([first, second]);
    expect(splitText('One.\n\nTwo.\n\nThree.\n', 13)).toEqual(['One.\n\nTwo.\n\n', 'Three.\n']);
    expect(splitText('One sentence. Another one.', 15)).toEqual(['One sentence. ', 'Another one.']);
  });

  it('keeps a text that fits as it is', () => {
    expect(splitDocument({ name: 'a.md', text: '# One\n' }, 100)).toEqual([
      { name: 'a.md', number: 1, of: 1, text: '# One\n' },
    ]);
  });
});

describe('grouping parts', () => {
  const part = (name: string, length: number) => ({ name, number: 1, of: 1, text: 'x'.repeat(length) });

  it('puts small documents together and keeps their order', () => {
    const groups = groupParts([part('a', 40), part('b', 50), part('c', 20), part('d', 90)], 100);
    expect(groups.map((group) => group.map(({ name }) => name))).toEqual([['a', 'b'], ['c'], ['d']]);
  });

  it('cuts a group in two, then a part, until it is too short', () => {
    const two = [part('a', 40), part('b', 50)];
    expect(halved(two)?.map((group) => group.map(({ name }) => name))).toEqual([['a'], ['b']]);
    expect(halved([part('a', 3000)])?.map(([only]) => only?.text.length)).toEqual([1800, 1200]);
    expect(halved([part('a', 900)])).toBeUndefined();
    expect(halved([])).toBeUndefined();
  });
});

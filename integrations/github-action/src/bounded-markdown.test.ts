import { describe, expect, it } from 'vitest';
import { boundedMarkdown } from './bounded-markdown.ts';

const lines = (...texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');

describe('bounded Markdown', () => {
  it('is left alone when it fits', () => {
    expect(boundedMarkdown('# x\n', 4)).toBe('# x\n');
  });

  it('is cut between lines, and says so', () => {
    const cut = boundedMarkdown(lines('first', 'second'.repeat(20)), 80);
    expect(cut).toBe('first\n\n> Shortened: the whole report did not fit here.\n');
  });

  it.each([
    ['a fence', lines('text', '```sql', 'select 1', '``', 'x'.repeat(99))],
    ['a longer fence', lines('text', '````', '```', 'inside', 'x'.repeat(99))],
    ['a folded part', lines('text', '<details><summary>s</summary>', '', 'inside', 'x'.repeat(99))],
  ])('is never cut inside %s', (_, markdown) => {
    expect(boundedMarkdown(markdown, 110)).toMatch(/^text\n\n> Shortened/);
  });

  it('may be cut behind what was closed again', () => {
    const markdown = lines('<details>', 'x', '</details>', '```', '<details>', '```', 'y'.repeat(99));
    expect(boundedMarkdown(markdown, 110)).toMatch(/^<details>\nx\n<\/details>\n```\n<details>\n```\n\n> Shortened/);
  });

  it.each([0, 10, 60, 1000])('is never longer than %i bytes', (most) => {
    const bytes = (text: string): number => Buffer.byteLength(text);
    expect(
      bytes(boundedMarkdown(lines(...Array.from({ length: 200 }, () => '東京 ✗')), most, bytes)),
    ).toBeLessThanOrEqual(most);
  });
});

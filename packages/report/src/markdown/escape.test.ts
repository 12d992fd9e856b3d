import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from '../__fixtures__/any-text.js';
import { githubHtml } from '../__fixtures__/github-markdown.js';
import { visible, visibleLines } from '../text/visible.js';
import { code, codeBlock, prose, proseLines } from './escape.js';
import { markdownTable } from './table.js';

const references: { readonly [entity: string]: string } = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };
const decoded = (html: string): string => html.replace(/&(amp|lt|gt|quot);/g, (entity) => references[entity] ?? '');

/** Text rich in Markdown's own marks. */
const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '`',
        '``',
        '|',
        '\\',
        '\\|',
        '*',
        '_',
        '[x](javascript:y)',
        '<script>',
        '&amp;',
        '&#60;',
        '](',
        '~~',
        '\n',
      ),
      fc.constantFrom(
        'https://evil.example',
        'www.evil.example',
        '@everyone',
        'a@b.co',
        '#1',
        '- x',
        '1. x',
        '> q',
        ' ',
        '$x$',
      ),
      anyText(4),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

test('a code cell of a table shows exactly its text, whatever that is', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      fc.pre(text !== '');
      const html = githubHtml(markdownTable(['a', 'b'], [[code(text), 'end']]));
      const cells = [...html.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell]) => cell);
      expect(cells).toHaveLength(2);
      expect(decoded(cells[0] ?? '')).toBe(`<code>${visible(text)}</code>`);
    }),
    { seed: 1, numRuns: 1000 },
  );
});

test('prose in a table cell shows exactly its text, without links, mentions or markup', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const html = githubHtml(markdownTable(['a', 'b'], [[`x${prose(text)}x`, 'end']]));
      const cells = [...html.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell]) => cell?.replaceAll('<!-- -->', ''));
      expect(cells).toHaveLength(2);
      expect(decoded(cells[0] ?? '')).toBe(`x${visible(text)}x`);
    }),
    { seed: 1, numRuns: 1000 },
  );
});

test.each(['# a', '- a', '+ a', '* a', '1. a', '1) a', '> a', '---', '===', '| a |', '```', '~~~', '<div>'])(
  'a paragraph that begins with %s stays a paragraph',
  (text) => {
    expect(decoded(githubHtml(prose(text)))).toBe(`<p>${text}</p>`);
  },
);

test('a mention is broken up, and an address is no link', () => {
  expect(prose('@everyone')).toBe('@<!-- -->everyone');
  expect(githubHtml(prose('see https://evil.example or www.evil.example'))).not.toContain('<a');
});

test('line breaks of prose stay line breaks', () => {
  expect(githubHtml(proseLines('# one\n- two'))).toBe('<p># one<br>- two</p>');
});

test('a code block shows exactly its lines, whatever fences they hold', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const html = githubHtml(codeBlock(text, 'sql'));
      const body = visibleLines(text).join('\n');
      expect(decoded(html)).toBe(`<pre><code class="language-sql">${body}\n</code></pre>`);
    }),
    { seed: 1 },
  );
});

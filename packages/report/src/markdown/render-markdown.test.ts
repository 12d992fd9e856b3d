import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import { richReport } from '../__fixtures__/rich-report.js';
import { renderMarkdown } from './render-markdown.js';

const rendered = micromark(renderMarkdown(richReport), {
  extensions: [gfm()],
  htmlExtensions: [gfmHtml()],
  allowDangerousHtml: true,
});

test('a hostile report renders only the elements that the report itself uses', () => {
  const elements = new Set([...rendered.matchAll(/<([a-z0-9]+)/g)].map(([, name]) => name));
  expect([...elements].toSorted()).toEqual([
    'blockquote',
    'br',
    'code',
    'details',
    'h2',
    'h3',
    'p',
    'pre',
    'strong',
    'summary',
    'table',
    'tbody',
    'td',
    'th',
    'thead',
    'tr',
  ]);
});

test('every row of every table has as many cells as the table has columns', () => {
  for (const [table] of rendered.matchAll(/<table>.*?<\/table>/gs)) {
    const columns = table.match(/<th\b/g)?.length;
    for (const [row] of table.matchAll(/<tr>\s*<td.*?<\/tr>/gs)) expect(row.match(/<td\b/g)).toHaveLength(columns ?? 0);
  }
});

test('passed rules can be left out', () => {
  expect(renderMarkdown(richReport)).toContain('orders_id_present');
  expect(renderMarkdown(richReport, { showPassed: false })).not.toContain('orders_id_present');
});

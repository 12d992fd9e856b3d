import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import { calmComparison, richComparison } from '../__fixtures__/comparisons.js';
import { renderComparisonMarkdown } from './render-comparison.js';

const rendered = micromark(renderComparisonMarkdown(richComparison), {
  extensions: [gfm()],
  htmlExtensions: [gfmHtml()],
  allowDangerousHtml: true,
});

test('a hostile comparison renders only the elements that it uses itself', () => {
  const elements = new Set([...rendered.matchAll(/<([a-z0-9]+)/g)].map(([, name]) => name));
  const own = [
    'blockquote',
    'br',
    'code',
    'details',
    'h2',
    'h3',
    'p',
    'summary',
    'table',
    'tbody',
    'td',
    'th',
    'thead',
    'tr',
  ];
  expect([...elements].toSorted()).toEqual(own);
});

test('every row of every table has as many cells as the table has columns', () => {
  for (const [table] of rendered.matchAll(/<table>.*?<\/table>/gs)) {
    const columns = table.match(/<th\b/g)?.length;
    for (const [row] of table.matchAll(/<tr>\s*<td.*?<\/tr>/gs)) expect(row.match(/<td\b/g)).toHaveLength(columns ?? 0);
  }
});

test('rules beyond the most that are told are counted', () => {
  const short = renderComparisonMarkdown(richComparison, { mostRules: 1 });
  expect(short).toContain('orders_customer_known');
  expect(short).not.toContain('orders_fresh');
  expect(short).toMatch(/^and \d more$/m);
  expect(renderComparisonMarkdown(richComparison, { mostRules: 0 })).not.toContain('orders_customer_known');
});

test('runs that are alike say so', () => {
  expect(renderComparisonMarkdown(calmComparison)).toMatch(/^## Aegis: nothing changed\n/);
});

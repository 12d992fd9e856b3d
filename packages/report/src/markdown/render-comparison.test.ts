import { expect, test } from 'vitest';
import { calmComparison, richComparison } from '../__fixtures__/comparisons.js';
import { cellCounts, elementNames, githubHtml } from '../__fixtures__/github-markdown.js';
import { renderComparisonMarkdown } from './render-comparison.js';

test('a hostile comparison renders only the elements that it uses itself', () => {
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
  expect(elementNames(githubHtml(renderComparisonMarkdown(richComparison)))).toEqual(own);
});

test('every row of every table has as many cells as the table has columns', () => {
  const tables = cellCounts(renderComparisonMarkdown(richComparison));
  expect(tables).not.toEqual([]);
  for (const [columns, ...rows] of tables) expect(rows).toEqual(rows.map(() => columns));
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

import { expect, test } from 'vitest';
import { cellCounts, elementNames, githubHtml } from '../__fixtures__/github-markdown.js';
import { richReport } from '../__fixtures__/rich-report.js';
import { renderMarkdown } from './render-markdown.js';

test('a hostile report renders only the elements that the report itself uses', () => {
  expect(elementNames(githubHtml(renderMarkdown(richReport)))).toEqual([
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
  const tables = cellCounts(renderMarkdown(richReport));
  expect(tables).not.toEqual([]);
  for (const [columns, ...rows] of tables) expect(rows).toEqual(rows.map(() => columns));
});

test('passed rules can be left out', () => {
  expect(renderMarkdown(richReport)).toContain('orders_id_present');
  expect(renderMarkdown(richReport, { showPassed: false })).not.toContain('orders_id_present');
});

import type { Report } from '@aegis/spec';
import { expect, test } from 'vitest';
import { emptyReport, richReport } from '../__fixtures__/rich-report.js';
import { renderJson } from './render-json.js';

const reversed = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).toReversed()) as Value;

test('fields come in the order of the schema, however the report was built', () => {
  const shuffled: Report = reversed({
    ...richReport,
    summary: reversed(richReport.summary),
    results: richReport.results.map(reversed),
  });
  expect(renderJson(shuffled)).toBe(renderJson(richReport));
});

test('the text is JSON and ends in one newline', () => {
  expect(JSON.parse(renderJson(emptyReport))).toEqual(emptyReport);
  expect(renderJson(emptyReport)).toMatch(/\}\n$/);
});

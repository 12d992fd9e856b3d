import { isAegisError } from '@aegis/spec';
import Draft2020 from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { reportOf } from '../__fixtures__/report-of.js';
import { cancelledReport, emptyReport, richReport } from '../__fixtures__/rich-report.js';
import { ruleResult } from '../__fixtures__/rule-result.js';
import { renderJson } from '../json/render-json.js';
import { parseReport } from './parse-report.js';
import { reportJsonSchema } from './report-json-schema.js';

const errorOf = (json: string): unknown => {
  try {
    return parseReport(json);
  } catch (error) {
    return error;
  }
};

test.each([
  ['rich', richReport],
  ['empty', emptyReport],
  ['cancelled', cancelledReport],
])('a %s report comes back from its JSON unchanged', (_, report) => {
  expect(parseReport(renderJson(report))).toEqual(JSON.parse(JSON.stringify(report)));
});

test('fields of a later version are dropped, details of a verification are kept', () => {
  const report = { ...richReport, invented: 1 };
  const parsed = parseReport(JSON.stringify(report));
  expect(parsed).not.toHaveProperty('invented');
  expect(parsed.results[1]?.remediation?.verification).toHaveProperty('rows_changed', null);
});

test('text that is not JSON is refused as a configuration error', () => {
  const error = errorOf('{');
  expect(isAegisError(error) && error.code).toBe('config/invalid');
});

test('a wrong field is named with its path', () => {
  const broken = JSON.stringify(reportOf([{ ...ruleResult(), outcome: 'maybe' } as never]));
  expect(String(errorOf(broken))).toContain('results.0.outcome');
});

test.each([
  ['aegis.dev/report/v2', 'schema: it is aegis.dev/report/v2.', expect.stringContaining('Another version of Aegis')],
  ['other', 'schema: it is other.', undefined],
])('the schema %s is told for what it is', (schema, message, hint) => {
  const error = errorOf(JSON.stringify({ ...emptyReport, schema, summary: null }));
  expect(error).toMatchObject({ message: `This is not a report of schema aegis.dev/report/v1: ${message}` });
  expect(isAegisError(error) && error.hint).toEqual(hint);
});

test('many problems are cut short', () => {
  expect(String(errorOf('{}'))).toMatch(/\d+ more/);
});

test.each([
  ['an unknown schema version', { schema: 'aegis.dev/report/v2' }],
  ['a local time', { started_at: '2026-01-15 12:00' }],
  ['a negative duration', { duration_ms: -1 }],
  ['an audit head that is no hash', { audit_head: 'abc' }],
])('%s is refused', (_, change) => {
  expect(() => parseReport(JSON.stringify({ ...emptyReport, ...change }))).toThrow();
});

test('the JSON Schema accepts what the renderers are given and refuses what parsing refuses', () => {
  const ajv = new Draft2020.default({ strict: false });
  formats.default(ajv);
  const validate = ajv.compile(reportJsonSchema());
  for (const report of [richReport, emptyReport, cancelledReport]) expect(validate(report)).toBe(true);
  expect(validate({ ...emptyReport, invented: 1 })).toBe(true);
  expect(validate({ ...emptyReport, schema: 'aegis.dev/report/v2' })).toBe(false);
  expect(validate({ ...emptyReport, results: [{ ...ruleResult(), outcome: 'maybe' }] })).toBe(false);
});

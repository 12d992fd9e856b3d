import { createRequire } from 'node:module';
import Draft4 from 'ajv-draft-04';
import formats from 'ajv-formats';
import type { Log, Run } from 'sarif';
import { expect, test } from 'vitest';
import { reportOf } from '../__fixtures__/report-of.js';
import { cancelledReport, emptyReport, richReport } from '../__fixtures__/rich-report.js';
import { ruleResult } from '../__fixtures__/rule-result.js';
import { renderSarif } from './render-sarif.js';

const require = createRequire(import.meta.url);
const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object;
const ajv = new Draft4.default({ strict: false, allErrors: true, unicodeRegExp: false });
formats.default(ajv);
const validate = ajv.compile(schema);

const runOf = (text: string): Run => {
  const [run] = (JSON.parse(text) as Log).runs;
  if (run === undefined) throw new Error('no run');
  return run;
};

test.each([
  ['rich', richReport],
  ['empty', emptyReport],
  ['cancelled', cancelledReport],
])('the %s report is valid against the official schema', (_, report) => {
  validate(JSON.parse(renderSarif(report)));
  expect(validate.errors).toBeNull();
});

test.each([
  ['critical', 'error'],
  ['high', 'error'],
  ['medium', 'warning'],
  ['low', 'warning'],
  ['info', 'note'],
] as const)('a failure of severity %s has level %s', (effective_severity, level) => {
  const run = runOf(renderSarif(reportOf([ruleResult({ outcome: 'fail', effective_severity })])));
  expect(run.results?.[0]?.level).toBe(level);
});

test('a warning of a critical rule is no error', () => {
  const run = runOf(renderSarif(reportOf([ruleResult({ outcome: 'warn', effective_severity: 'critical' })])));
  expect(run.results?.[0]?.level).toBe('warning');
});

test('only failures and warnings are results, each pointing to its rule', () => {
  const { results = [], tool } = runOf(renderSarif(richReport));
  expect(results).toHaveLength(richReport.summary.failed + richReport.summary.warned);
  for (const { ruleId, ruleIndex = -1 } of results) expect(tool.driver.rules?.[ruleIndex]?.id).toBe(ruleId);
});

test('a rule that could not be judged is a notification with its place, and the run did not succeed', () => {
  const [invocation] = runOf(renderSarif(richReport)).invocations ?? [];
  expect(invocation?.executionSuccessful).toBe(false);
  expect(invocation?.toolExecutionNotifications?.[0]).toMatchObject({
    descriptor: { id: 'plan/missing-column' },
    associatedRule: { id: 'refunds_reason_known', index: 5 },
    locations: [{ physicalLocation: { artifactLocation: { uri: 'rules/refunds%20%26%20co.yaml' } } }],
  });
});

test.each([
  ['rules/ü ber/100%#?.yaml', { uri: 'rules/%C3%BC%20ber/100%25%23%3F.yaml', uriBaseId: '%SRCROOT%' }],
  ['./rules/a.yaml', { uri: 'rules/a.yaml', uriBaseId: '%SRCROOT%' }],
  ['rules\\a.yaml', { uri: 'rules/a.yaml', uriBaseId: '%SRCROOT%' }],
  ['/srv/rules/a b.yaml', { uri: 'file:///srv/rules/a%20b.yaml' }],
  ['C:\\rules\\a.yaml', { uri: 'file:///C:/rules/a.yaml' }],
  ['a:b.yaml', { uri: 'a%3Ab.yaml', uriBaseId: '%SRCROOT%' }],
])('the file %s is located as %j', (file, location) => {
  const result = ruleResult({ outcome: 'fail', location: { file, line: 3, column: 7 } });
  const run = runOf(renderSarif(reportOf([result])));
  expect(run.results?.[0]?.locations?.[0]?.physicalLocation).toEqual({
    artifactLocation: location,
    region: { startLine: 3, startColumn: 7 },
  });
});

test('a fingerprint depends on the rule and its table alone', () => {
  const fingerprint = (overrides: Parameters<typeof ruleResult>[0]) =>
    runOf(renderSarif(reportOf([ruleResult({ outcome: 'fail', ...overrides })]))).results?.[0]?.partialFingerprints;
  expect(fingerprint({ rows_failed: 7, observed: { nulls: 7 }, location: null })).toEqual(fingerprint({}));
  expect(fingerprint({ rule_id: 'other' })).not.toEqual(fingerprint({}));
});

test('data cannot make placeholders or links in a message', () => {
  const error = { code: 'plan/internal', message: 'value {0} of [x](https://evil.example)', hint: null };
  const run = runOf(renderSarif(reportOf([ruleResult({ outcome: 'error', error })])));
  expect(run.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toBe(
    'Could not be judged: value {{0}} of [x] (https://evil.example).',
  );
});

test('the version of the tool is stated when given', () => {
  expect(runOf(renderSarif(emptyReport, { version: '1.2.3' })).tool.driver.version).toBe('1.2.3');
  expect(runOf(renderSarif(emptyReport)).tool.driver).not.toHaveProperty('version');
});

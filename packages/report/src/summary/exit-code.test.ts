import { expect, test } from 'vitest';
import { reportOf } from '../__fixtures__/report-of.js';
import { ruleResult } from '../__fixtures__/rule-result.js';
import { exitCode } from './exit-code.js';

const failure = ruleResult({
  outcome: 'fail',
  severity: 'low',
  effective_severity: 'medium',
  model_severity: 'critical',
});
const warning = ruleResult({ outcome: 'warn' });
const error = ruleResult({ outcome: 'error' });
const notApplicable = ruleResult({ outcome: 'not_applicable' });

test('passed, warned and not applicable rules end with 0', () => {
  expect(exitCode(reportOf([ruleResult(), warning, notApplicable]))).toBe(0);
});

test('an empty run ends with 0', () => {
  expect(exitCode(reportOf([]))).toBe(0);
});

test('a failed rule ends with 1', () => {
  expect(exitCode(reportOf([ruleResult(), failure]))).toBe(1);
});

test('a rule that could not be judged ends with 3, even beside a failure', () => {
  expect(exitCode(reportOf([failure, error]))).toBe(3);
});

test('a cancelled run ends with 3, even if nothing failed so far', () => {
  expect(exitCode(reportOf([ruleResult()], { status: 'cancelled' }))).toBe(3);
});

test.each([
  ['info', 1],
  ['low', 1],
  ['medium', 1],
  ['high', 0],
  ['critical', 0],
] as const)(
  'failOn %s counts a failure of effective severity medium as %i, whatever a model thinks',
  (failOn, code) => {
    expect(exitCode(reportOf([failure]), { failOn })).toBe(code);
  },
);

test('failOn does not excuse a rule that could not be judged', () => {
  expect(exitCode(reportOf([error]), { failOn: 'critical' })).toBe(3);
});

import type { Outcome, RuleResult } from '@aegis/spec';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ruleResult } from '../__fixtures__/rule-result.js';
import { type RunTotals, summarize } from './summarize.js';

const totals: RunTotals = {
  queries: 3,
  bytes_scanned: null,
  llm_calls: 0,
  input_tokens: 0,
  output_tokens: 0,
  cost_usd: 0,
};
const times = (count: number, outcome: Outcome): RuleResult[] =>
  Array.from({ length: count }, () => ruleResult({ outcome }));

test('every outcome is counted once, and errors count as neither passed nor failed', () => {
  const results = [
    ...times(3, 'pass'),
    ...times(1, 'warn'),
    ...times(2, 'fail'),
    ...times(4, 'error'),
    ...times(5, 'not_applicable'),
  ];
  expect(summarize(results, totals)).toEqual({
    total_rules: 15,
    passed: 3,
    warned: 1,
    failed: 2,
    errored: 4,
    not_applicable: 5,
    pass_rate: 66.67,
    severity_breakdown: { critical: 0, high: 0, medium: 2, low: 0, info: 0 },
    ...totals,
  });
});

test('without a judged rule there is no pass rate', () => {
  expect(summarize([...times(2, 'error'), ...times(1, 'not_applicable')], totals).pass_rate).toBeNull();
});

test('severities are broken down by the effective one, for failures only', () => {
  const results = [
    ruleResult({ outcome: 'fail', severity: 'low', effective_severity: 'high' }),
    ruleResult({ outcome: 'warn', effective_severity: 'critical' }),
  ];
  expect(summarize(results, totals).severity_breakdown).toEqual({ critical: 0, high: 1, medium: 0, low: 0, info: 0 });
});

test('one failure among many is never rounded up to 100 %', () => {
  expect(summarize([...times(30_000, 'pass'), ...times(1, 'fail')], totals).pass_rate).toBe(99.99);
});

test('one pass among many failures is never rounded down to 0 %', () => {
  expect(summarize([...times(1, 'pass'), ...times(30_000, 'fail')], totals).pass_rate).toBe(0.01);
});

test('the counts always add up, in any order of the results', () => {
  const outcome = fc.constantFrom<Outcome>('pass', 'warn', 'fail', 'error', 'not_applicable');
  fc.assert(
    fc.property(fc.array(outcome), (outcomes) => {
      const results = outcomes.map((each) => ruleResult({ outcome: each }));
      const { passed, warned, failed, errored, not_applicable, total_rules } = summarize(results, totals);
      expect(passed + warned + failed + errored + not_applicable).toBe(total_rules);
      expect(summarize(results.toReversed(), totals)).toEqual(summarize(results, totals));
    }),
    { seed: 1 },
  );
});

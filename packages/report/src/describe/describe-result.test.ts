import type { JsonObject } from '@aegis/spec';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from '../__fixtures__/any-text.js';
import { ruleResult } from '../__fixtures__/rule-result.js';
import { describeCount, describeFinding, describeOtherFigures, describeResult } from './describe-result.js';

const findings: readonly (readonly [JsonObject, JsonObject, string])[] = [
  [{ null_percent: '1.9', nulls: 19 }, { null_percent_max: '0.5' }, '1.9 % NULL, allowed 0.5 %'],
  [{ mean: '3.5' }, { mean_min: '4', mean_max: '6' }, 'mean 3.5, allowed 4 to 6'],
  [{ row_count: 3 }, { row_count_min: 100 }, 'row count 3, at least 100 required'],
  [{ age_seconds: 7080 }, { age_seconds_max: 3600 }, 'age 1 h 58 min, allowed 1 h'],
  [{ age_seconds: 3601 }, { age_seconds_max: 3600 }, 'age 1 h 1 s, allowed 1 h'],
  [{ age_hours: '25.5' }, { age_hours_max: '24' }, 'age 25.5 hours, allowed 24 hours'],
  [{ value: false }, { value: true }, 'value false, expected true'],
  [{ value: null }, { value: true }, 'value none, expected true'],
  [{ nulls: 19 }, { fail_if: 'rows > 0' }, '19 NULLs'],
  [{ nulls: 0 }, {}, 'no NULLs'],
  [{ duplicate_keys: 1 }, {}, '1 duplicate key'],
  [
    { nulls: 19 },
    { fail_if: 'rows > 10', warn_if: 'percent > 1' },
    '19 NULLs; fails if rows > 10; warns if percent > 1',
  ],
  [{ unmatched_rows: 2 }, { reference: 'customers(id)' }, '2 unmatched rows; reference customers(id)'],
  [{ outliers: 2 }, { zscore_max: '3' }, '2 outliers; zscore allowed 3'],
  [{ rejected: 1 }, { values: ['a', 'b', 'c', 'd', 'e', 'f'] }, 'rejected 1; values a, b, c, d, e and 1 more'],
  [{ extra_columns: [] }, { extra_columns: [] }, 'extra columns none, expected none'],
  [{ a: 0, b: 2 }, { a_max: 0, b_max: 0 }, 'b 2, none allowed; a 0, none allowed'],
  [{ delta_percent: '3' }, { delta_percent_max: '0' }, '3 % delta, allowed 0 %'],
  [{ failed: 36 }, { expression: 'amount >= 0' }, 'expression amount >= 0'],
  [{ failed: 36, non_null: 5 }, { value_min: '0', value_max: '90' }, 'value allowed 0 to 90'],
  [{ failed: 36 }, {}, ''],
  [{ total: '12345678901234567890.123' }, { total_max: '1' }, 'total 12,345,678,901,234,567,890.123, allowed 1'],
  [{}, { value_min: '0' }, 'value at least 0 required'],
  [
    { null_percent: '1.9' },
    { null_percent_max: '0.5', fail_if: 'rows > 3' },
    '1.9 % NULL, allowed 0.5 %; fails if rows > 3',
  ],
  [{}, {}, ''],
];

test.each(findings)('%j with limits %j reads %s', (observed, expected, phrase) => {
  expect(describeFinding({ observed, expected })).toBe(phrase);
});

test('a value just beyond its limit is never rounded onto it', () => {
  const finding = describeFinding({ observed: { mean: '4.00000001' }, expected: { mean_min: '3', mean_max: '4' } });
  expect(finding).toBe('mean 4.00000001, allowed 3 to 4');
});

test('a value just under its lower limit is never rounded onto it', () => {
  const finding = describeFinding({ observed: { mean: '2.99999999' }, expected: { mean_min: '3', mean_max: '4' } });
  expect(finding).toBe('mean 2.99999999, allowed 3 to 4');
});

test('names that every object inherits are figures like any other', () => {
  expect(describeFinding({ observed: { failures: 1 }, expected: { constructor_max: 2 } })).toBe(
    '1 failure; constructor allowed 2',
  );
});

test('a figure whose name says nothing more than its unit reads as the value alone', () => {
  expect(describeFinding({ observed: { percent: '5' }, expected: {} })).toBe('5 %');
});

test('figures that the finding leaves out are told apart', () => {
  const result = { observed: { null_percent: '1.9', nulls: 19, non_null: 981 }, expected: { null_percent_max: '1' } };
  expect(describeOtherFigures(result)).toEqual(['19 NULLs', 'non-NULL 981']);
});

test('the count of violations is no figure of its own, and what stands behind it is told apart', () => {
  const result = ruleResult({
    rows_failed: 36,
    failed_percent: 3.6,
    observed: { failed: 36, non_null: 990 },
    expected: {},
  });
  expect(describeResult(result)).toBe('36 of 1,000 rows failed (3.6 %).');
  expect(describeOtherFigures(result)).toEqual(['non-NULL 990']);
});

test('control characters of names and values are shown, not obeyed', () => {
  const finding = describeFinding({ observed: { 'a\u001b': 'b\nc' }, expected: { reference: '\u202etable' } });
  expect(finding).toBe('a\\x1b b\\nc; reference \\u{202e}table');
});

test.each([
  [{ rows_failed: 19, rows_checked: 1000, failed_percent: 1.9 }, '19 of 1,000 rows failed (1.9 %)'],
  [{ rows_failed: 0, rows_checked: 1000, failed_percent: 0 }, 'none of 1,000 rows failed'],
  [{ rows_failed: 1, rows_checked: 1, failed_percent: 100 }, '1 of 1 row failed (100 %)'],
  [{ rows_failed: 1, rows_checked: 100_000, failed_percent: 0.001 }, '1 of 100,000 rows failed (<0.01 %)'],
  [{ rows_failed: 3, rows_sampled: 500, failed_percent: 0.6 }, '3 of 500 sampled rows failed (0.6 %)'],
  [{ rows_failed: 1, unit: 'keys', failed_percent: 0.1 }, '1 key failed (0.1 %)'],
  [{ rows_failed: 1, unit: 'table' }, undefined],
  [{ rows_failed: null }, undefined],
] as const)('the count of %j reads %s', (overrides, words) => {
  expect(describeCount(ruleResult(overrides))).toBe(words);
});

test('a sentence joins the count and the finding', () => {
  const result = ruleResult({
    outcome: 'fail',
    rows_failed: 19,
    failed_percent: 1.9,
    observed: { null_percent: '1.9' },
    expected: { null_percent_max: '0.5' },
  });
  expect(describeResult(result)).toBe('19 of 1,000 rows failed (1.9 %): 1.9 % NULL, allowed 0.5 %.');
});

test('an error is told as what could not be judged', () => {
  const error = { code: 'plan/missing-column', message: 'orders has no column "x".', hint: null };
  expect(describeResult(ruleResult({ outcome: 'error', error }))).toBe(
    'Could not be judged: orders has no column "x".',
  );
});

test('a rule that did not apply gives its reason', () => {
  const result = ruleResult({ outcome: 'not_applicable', notes: ['no rows in scope'] });
  expect(describeResult(result)).toBe('Not applicable: no rows in scope.');
});

test.each([
  ['pass', 'Holds.'],
  ['fail', 'Does not hold.'],
] as const)('without any figure a %s still makes a sentence', (outcome, sentence) => {
  const result = ruleResult({ outcome, unit: 'table', observed: {}, expected: {} });
  expect(describeResult(result)).toBe(sentence);
});

test('any figures make one line that ends as a sentence', () => {
  const figures = fc.dictionary(anyText(), fc.jsonValue()) as fc.Arbitrary<JsonObject>;
  fc.assert(
    fc.property(figures, figures, (observed, expected) => {
      expect(describeResult(ruleResult({ observed, expected }))).toMatch(/^[^\p{Cc}]+[.!?]$/u);
    }),
    { seed: 1 },
  );
});

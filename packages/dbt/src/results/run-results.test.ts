import type { Report, RuleResult } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { convertManifest } from '../convert/convert-manifest.js';
import { readManifest } from '../manifest/read-manifest.js';
import { manifestText, model, source, test } from '../testing/small-manifest.js';
import { toRunResults } from './run-results.js';

const manifest = readManifest(
  manifestText([
    model('orders'),
    source('orders', { loaded_at_field: 'at', freshness: { error_after: { count: 1, period: 'day' } } }),
    test('unique', {
      column: 'id',
      config: { limit: 7 },
      more: { compiled_code: 'select 1', relation_name: '"a"."b"' },
    }),
    test('accepted_values', {
      column: 'status',
      kwargs: { values: ['a'] },
      config: { warn_if: '> 1', error_if: '> 9' },
    }),
    test('not_null', { column: 'id' }),
    test('expect_table_row_count_to_equal', { namespace: 'dbt_expectations', kwargs: { value: 1 } }),
    test('calculated', { config: { fail_calc: 'sum(n)' }, more: { compiled_code: 'select 5 as n' } }),
  ]),
  'm',
);
const conversion = convertManifest(manifest);

const result = (rule: string, parts: Partial<RuleResult>): RuleResult =>
  ({
    rule_id: rule,
    outcome: 'fail',
    rows_checked: 100,
    rows_failed: 12,
    unit: 'rows',
    failed_by: { rows: 12, keys: 9, values: 4 },
    sample: [],
    duration_ms: 250,
    error: null,
    ...parts,
  }) as RuleResult;

const report = (...results: readonly RuleResult[]): Report =>
  ({ run_id: '20260115-1', finished_at: '2026-01-15T12:00:00Z', duration_ms: 1500, results }) as unknown as Report;

const dbtResult = (rule: string, parts: Partial<RuleResult>) => {
  const { runResults } = toRunResults(report(result(rule, parts)), conversion, manifest);
  return runResults.results[0];
};

describe('a result as dbt writes it', () => {
  it.each([
    ['keys, but no more than the limit', 'unique_orders_id', {}, 'fail', 7],
    ['values', 'accepted_values_orders_status', { outcome: 'warn' }, 'warn', 4],
    ['rows', 'not_null_orders_id', {}, 'fail', 12],
    [
      'a table as one',
      'expect_table_row_count_to_equal_orders',
      { rows_failed: 1, unit: 'table', failed_by: null },
      'fail',
      1,
    ],
    ['what was calculated', 'calculated_orders', { rows_failed: 1, sample: [{ failures: '5' }] }, 'fail', 5],
    [
      'nothing where the calculation is masked',
      'calculated_orders',
      { rows_failed: 1, sample: [{ failures: '<x:1>' }] },
      'fail',
      null,
    ],
    ['none for what passed', 'accepted_values_orders_status', { outcome: 'pass', rows_failed: 1 }, 'pass', 0],
    ['none over no rows', 'not_null_orders_id', { outcome: 'not_applicable', rows_checked: 0 }, 'pass', 0],
    ['nothing for what was skipped', 'not_null_orders_id', { outcome: 'not_applicable' }, 'skipped', null],
  ] as const)('counts %s', (_what, rule, parts, status, failures) => {
    expect(dbtResult(rule, parts)).toMatchObject({ status, failures });
  });

  it('has the words of dbt', () => {
    expect(dbtResult('unique_orders_id', {})).toEqual({
      status: 'fail',
      timing: [],
      thread_id: 'aegis',
      execution_time: 0.25,
      adapter_response: {},
      message: 'Got 7 results, configured to fail if != 0',
      failures: 7,
      unique_id: 'test.shop.unique_orders_id.0123456789',
      compiled: true,
      compiled_code: 'select 1',
      relation_name: '"a"."b"',
      batch_results: null,
    });
    const warned = { outcome: 'warn' } as const;
    expect(dbtResult('accepted_values_orders_status', warned)?.message).toBe(
      'Got 4 results, configured to warn if > 1',
    );
    const error = { code: 'plan/missing-table', message: 'there is no table orders', hint: null };
    expect(dbtResult('not_null_orders_id', { outcome: 'error', error })).toMatchObject({
      status: 'error',
      message: 'there is no table orders',
      failures: null,
    });
  });
});

describe('the results of a run', () => {
  it('leave out what is not from a test, and name it', () => {
    const { runResults, leftOut } = toRunResults(
      report(result('not_null_orders_id', {}), result('mine', {}), result('freshness_raw_orders_error_after', {})),
      conversion,
      manifest,
    );
    expect(runResults.results).toHaveLength(1);
    expect(leftOut).toEqual(['mine', 'freshness_raw_orders_error_after']);
  });

  it('have the same id for the same run', () => {
    const { metadata, elapsed_time: elapsed } = toRunResults(report(), conversion, manifest).runResults;
    expect(metadata).toMatchObject({
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/run-results/v6.json',
      dbt_version: '1.10.0',
      generated_at: '2026-01-15T12:00:00Z',
      invocation_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    });
    expect(elapsed).toBe(1.5);
    expect(toRunResults(report(), conversion, manifest).runResults.metadata).toEqual(metadata);
  });
});

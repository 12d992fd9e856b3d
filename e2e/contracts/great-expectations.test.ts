import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as postgres from '@aegis/warehouse-postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { installPackages } from '../python/install-packages.js';
import { ordersTable } from './orders.js';
import { type ResultOf, resultsOf, runImported } from './run-imported.js';

const installed = await installPackages({
  title: 'Great Expectations',
  packages: ['great_expectations[postgresql]==1.24.1'],
  python: process.env.AEGIS_TEST_GREAT_EXPECTATIONS_PYTHON,
});

interface Case {
  readonly type: string;
  readonly kwargs: { readonly [name: string]: unknown };
  /** What Great Expectations counts, where a rule counts the same: rows, or every row of a repeated key. */
  readonly counted?: 'rows' | 'repeated rows';
}

const rows = (type: string, kwargs: Case['kwargs']): Case => ({ type, kwargs, counted: 'rows' });

const paid = { type: 'comparison', column: { name: 'status' }, operator: '==', parameter: 'paid' };
const pair = { column_A: 'total', column_B: 'net' };

const cases: readonly Case[] = [
  rows('expect_column_values_to_not_be_null', { column: 'email' }),
  rows('expect_column_values_to_not_be_null', { column: 'email', mostly: 0.875 }),
  rows('expect_column_values_to_not_be_null', { column: 'email', mostly: 0.88 }),
  rows('expect_column_values_to_not_be_null', { column: 'net', row_condition: paid }),
  rows('expect_column_values_to_be_null', { column: 'email' }),
  rows('expect_column_values_to_be_null', { column: 'empty_column' }),
  { type: 'expect_column_values_to_be_unique', kwargs: { column: 'id' }, counted: 'repeated rows' },
  rows('expect_column_values_to_be_unique', { column: 'id', mostly: 0.3 }),
  rows('expect_column_values_to_be_unique', { column: 'id', mostly: 0.4 }),
  rows('expect_column_values_to_be_in_set', { column: 'status', value_set: ['paid', 'open'] }),
  rows('expect_column_values_to_be_in_set', { column: 'status', value_set: ['paid', 'open'], mostly: 0.7 }),
  rows('expect_column_values_to_be_in_set', { column: 'status', value_set: ['paid', 'open'], mostly: 0.75 }),
  rows('expect_column_values_to_not_be_in_set', { column: 'status', value_set: ['lost'] }),
  rows('expect_column_values_to_be_between', { column: 'total', min_value: 0, max_value: 100 }),
  rows('expect_column_values_to_be_between', { column: 'total', min_value: 0, strict_min: true }),
  rows('expect_column_values_to_be_between', { column: 'total', max_value: 1000, row_condition: paid }),
  rows('expect_column_values_to_match_regex', { column: 'email', regex: '^[^@]+@[^@]+$' }),
  rows('expect_column_values_to_match_regex_list', {
    column: 'email',
    regex_list: ['@example', '^N'],
    match_on: 'any',
  }),
  rows('expect_column_value_lengths_to_be_between', { column: 'status', min_value: 4, max_value: 4 }),
  rows('expect_column_value_lengths_to_equal', { column: 'email', value: 15 }),
  rows('expect_column_values_to_match_like_pattern', { column: 'email', like_pattern: '%@%' }),
  rows('expect_column_values_to_not_match_like_pattern', { column: 'status', like_pattern: 'P%' }),
  rows('expect_column_pair_values_a_to_be_greater_than_b', pair),
  rows('expect_column_pair_values_a_to_be_greater_than_b', { ...pair, or_equal: true }),
  rows('expect_column_pair_values_to_be_equal', { ...pair, ignore_row_if: 'either_value_is_missing' }),
  rows('expect_column_pair_values_to_be_in_set', {
    column_A: 'id',
    column_B: 'customer_id',
    value_pairs_set: [
      [1, 1],
      [2, 2],
    ],
  }),
  rows('expect_compound_columns_to_be_unique', { column_list: ['id', 'customer_id'] }),
  rows('expect_compound_columns_to_be_unique', { column_list: ['id', 'status'] }),
  {
    type: 'expect_compound_columns_to_be_unique',
    kwargs: { column_list: ['id', 'status'], ignore_row_if: 'any_value_is_missing' },
    counted: 'repeated rows',
  },
  rows('expect_select_column_values_to_be_unique_within_record', { column_list: ['id', 'customer_id'] }),
  rows('expect_multicolumn_sum_to_equal', { column_list: ['id', 'customer_id'], sum_total: 4 }),
  { type: 'expect_table_row_count_to_be_between', kwargs: { min_value: 1, max_value: 8 } },
  { type: 'expect_table_row_count_to_equal', kwargs: { value: 9 } },
  { type: 'expect_table_row_count_to_equal_other_table', kwargs: { other_table_name: 'customers' } },
  { type: 'expect_column_to_exist', kwargs: { column: 'nothing' } },
  { type: 'expect_table_columns_to_match_set', kwargs: { column_set: ['id', 'nothing'], exact_match: false } },
  { type: 'expect_column_mean_to_be_between', kwargs: { column: 'total', min_value: 100, max_value: 200 } },
  { type: 'expect_column_mean_to_be_between', kwargs: { column: 'id', min_value: 3.5, strict_min: true } },
  { type: 'expect_column_sum_to_be_between', kwargs: { column: 'total', max_value: 1070.75 } },
  { type: 'expect_column_min_to_be_between', kwargs: { column: 'total', min_value: 0 } },
  { type: 'expect_column_max_to_be_between', kwargs: { column: 'total', max_value: 1000, strict_max: true } },
  { type: 'expect_column_stdev_to_be_between', kwargs: { column: 'total', max_value: 10 } },
  { type: 'expect_column_unique_value_count_to_be_between', kwargs: { column: 'id', min_value: 5, max_value: 5 } },
  { type: 'expect_column_proportion_of_unique_values_to_be_between', kwargs: { column: 'id', min_value: 0.7 } },
  { type: 'expect_column_proportion_of_non_null_values_to_be_between', kwargs: { column: 'email', min_value: 0.875 } },
  { type: 'expect_column_distinct_values_to_be_in_set', kwargs: { column: 'status', value_set: ['paid', 'open'] } },
  { type: 'expect_column_distinct_values_to_contain_set', kwargs: { column: 'status', value_set: ['paid', 'lost'] } },
  {
    type: 'expect_column_distinct_values_to_equal_set',
    kwargs: { column: 'status', value_set: ['paid', 'open', 'lost', 'PAID'] },
  },
  rows('expect_column_value_z_scores_to_be_less_than', { column: 'total', threshold: 2, double_sided: true }),
  {
    type: 'unexpected_rows_expectation',
    kwargs: { unexpected_rows_query: 'select * from {batch} where net > total' },
  },
];

interface Validated {
  readonly suite: unknown;
  readonly results: readonly {
    readonly success: boolean;
    readonly unexpected: number | null;
    readonly raised: boolean;
  }[];
}

const validate = async (python: string, url: string, folder: string): Promise<Validated> => {
  const settings = join(folder, 'settings.json');
  await writeFile(
    settings,
    JSON.stringify({ url: url.replace('postgresql://', 'postgresql+psycopg2://'), expectations: cases }),
  );
  const { stdout } = await promisify(execFile)(python, [join(import.meta.dirname, 'validate-suite.py'), settings], {
    maxBuffer: 1e8,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Validated;
};

describe('expectations that Great Expectations validated', { timeout: 60_000 }, () => {
  let folder = '';
  let validated: Validated | undefined;
  let results: ResultOf = () => [];

  beforeAll(async () => {
    if ('missing' in installed) return;
    folder = await mkdtemp(join(tmpdir(), 'aegis-expectations-'));
    const url = await (await fetch(`${inject('testServersUrl')}/postgres`)).text();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    for (const statement of ordersTable('text')) await client.query(statement);
    await client.end();
    validated = await validate(installed.python, url, folder);
    const text = JSON.stringify(validated.suite, null, 2);
    const warehouse = { type: 'postgres', url: '${env:SHOP_URL}' };
    results = resultsOf(
      await runImported({
        text,
        file: 'orders.json',
        table: 'orders',
        warehouse,
        env: { SHOP_URL: url },
        adapter: postgres,
      }),
    );
  }, 300_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('had no errors', ({ skip }) => {
    if ('missing' in installed) skip(installed.missing);
    expect(validated?.results.flatMap(({ raised }, index) => (raised ? [cases[index]] : []))).toEqual([]);
  });

  it.for(cases.map((each, index) => ({ ...each, index })))('$type $kwargs comes out the same', (each, { skip }) => {
    if ('missing' in installed) skip(installed.missing);
    const theirs = validated?.results[each.index];
    const ours = results(`orders_suite/${each.index + 1}`);
    expect(ours.length).toBeGreaterThan(0);
    expect(ours.every(({ outcome }) => outcome === 'pass')).toBe(theirs?.success);
    expect(ours.filter(({ outcome }) => outcome === 'error' || outcome === 'not_applicable')).toEqual([]);
    if (each.counted === undefined) return;
    const [one] = ours;
    const surplus = each.counted === 'repeated rows' ? (one?.failed_by?.keys ?? 0) : 0;
    expect((one?.rows_failed ?? 0) + surplus).toBe(theirs?.unexpected);
  });
});

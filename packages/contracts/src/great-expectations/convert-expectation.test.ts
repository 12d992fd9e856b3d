import { duckdbDialect } from '@aegis/sql';
import { describe, expect, it } from 'vitest';
import { sqlWords } from '../words/sql-words.js';
import { convertExpectation } from './convert-expectation.js';
import { suiteSchema } from './suite.js';

const place = { suite: 'orders_suite', number: 3, table: 'orders', words: sqlWords(duckdbDialect) };

const drafted = (type: string, kwargs: object = {}, more: object = {}) => {
  const [expectation] = suiteSchema.parse({ name: 's', expectations: [{ type, kwargs, ...more }] }).expectations;
  return expectation === undefined ? [] : convertExpectation(expectation, place);
};

const rules = (type: string, kwargs: object = {}) =>
  drafted(type, kwargs).map((each) =>
    each.kind === 'draft' ? { ...each.logic, where: each.scope.where } : each.reason,
  );

const column = 'total';

describe('values of a column', () => {
  it.each([
    ['expect_column_values_to_not_be_null', {}, { type: 'not_null', column }],
    ['expect_column_values_to_be_null', {}, { type: 'sql_expression', expression: 'total is null' }],
    ['expect_column_values_to_be_unique', {}, { type: 'unique', column }],
    [
      'expect_column_values_to_be_in_set',
      { value_set: [1, null, 2] },
      { type: 'accepted_values', column, values: [1, 2] },
    ],
    [
      'expect_column_values_to_not_be_in_set',
      { value_set: ['x'] },
      { type: 'not_accepted_values', column, values: ['x'] },
    ],
    [
      'expect_column_values_to_be_between',
      { min_value: 1, max_value: 5 },
      { type: 'between', column, min_value: 1, max_value: 5 },
    ],
    [
      'expect_column_values_to_be_between',
      { min_value: '2026-01-01' },
      { type: 'between', column, min_value: '2026-01-01' },
    ],
    [
      'expect_column_values_to_be_between',
      { min_value: 1, max_value: 5, strict_max: true },
      { type: 'sql_expression', expression: 'total >= 1 and total < 5' },
    ],
    ['expect_column_values_to_match_regex', { regex: '^a' }, { type: 'regex_match', column, pattern: '^a' }],
    [
      'expect_column_values_to_match_regex_list',
      { regex_list: ['^a', 'b$'] },
      { type: 'regex_match', column, pattern: '(?:^a)|(?:b$)' },
    ],
    [
      'expect_column_value_lengths_to_equal',
      { value: 3 },
      { type: 'sql_expression', expression: 'length(total) >= 3 and length(total) <= 3' },
    ],
    [
      'expect_column_value_lengths_to_be_between',
      { min_value: 2, strict_min: true },
      { type: 'sql_expression', expression: 'length(total) > 2' },
    ],
    [
      'expect_column_values_to_match_like_pattern',
      { like_pattern: 'A%' },
      { type: 'sql_expression', expression: "total like 'A%'" },
    ],
    [
      'expect_column_values_to_match_like_pattern_list',
      { like_pattern_list: ['A%', 'B%'], match_on: 'all' },
      { type: 'sql_expression', expression: "total like 'A%' and total like 'B%'" },
    ],
    [
      'expect_column_values_to_not_match_like_pattern_list',
      { like_pattern_list: ['A%', 'B%'] },
      { type: 'sql_expression', expression: "total not like 'A%' and total not like 'B%'" },
    ],
  ])('%s %o', (type, kwargs, logic) => {
    expect(rules(type, { column, ...kwargs })).toEqual([{ ...logic, where: undefined }]);
  });

  it('are a share of those that are not NULL', () => {
    expect(rules('expect_column_values_to_match_regex', { column: 'Sku', regex: 'x', mostly: 0.9 })).toEqual([
      { type: 'regex_match', column: 'Sku', pattern: 'x', fail_if: 'percent > 10', where: '"Sku" is not null' },
    ]);
    expect(rules('expect_column_values_to_not_be_null', { column, mostly: 0.995 })).toEqual([
      { type: 'not_null', column, fail_if: 'percent > 0.5', where: undefined },
    ]);
  });

  it('make a rule for each pattern that all must match', () => {
    expect(
      rules('expect_column_values_to_match_regex_list', { column, regex_list: ['a', 'b'], match_on: 'all' }),
    ).toHaveLength(2);
  });

  it('stand beside the condition on rows', () => {
    const condition = { type: 'nullity', column: { name: 'paid_at' }, is_null: false };
    expect(
      rules('expect_column_values_to_be_in_set', { column, value_set: [1], mostly: 0.5, row_condition: condition }),
    ).toEqual([
      {
        type: 'accepted_values',
        column,
        values: [1],
        fail_if: 'percent > 50',
        where: '(paid_at is not null) and (total is not null)',
      },
    ]);
  });
});

describe('figures', () => {
  it.each([
    ['expect_column_mean_to_be_between', { min_value: 1 }, { type: 'mean_between', column, min_value: 1 }],
    ['expect_column_sum_to_be_between', { max_value: 9 }, { type: 'column_sum_between', column, max_value: 9 }],
    ['expect_column_stdev_to_be_between', { max_value: 9 }, { type: 'stddev_below', column, threshold: 9 }],
    [
      'expect_column_distinct_values_to_be_in_set',
      { value_set: ['a'] },
      { type: 'accepted_values', column, values: ['a'] },
    ],
  ])('%s has a rule type', (type, kwargs, logic) => {
    expect(rules(type, { column, ...kwargs })).toEqual([{ ...logic, where: undefined }]);
  });

  it.each([
    [
      'expect_column_max_to_be_between',
      { max_value: 9, strict_max: true },
      'select figure < 9 from (select max(total) as figure from {table}) as figures',
    ],
    [
      'expect_column_stdev_to_be_between',
      { min_value: 1 },
      'select figure >= 1 from (select stddev_samp(total) as figure from {table}) as figures',
    ],
    [
      'expect_column_distinct_values_to_contain_set',
      { value_set: [1, 2, 2] },
      'select count(distinct case when total in (1, 2) then total end) = 2 from {table}',
    ],
  ])('%s is a query that must be true', (type, kwargs, query) => {
    expect(rules(type, { column, ...kwargs })).toEqual([{ type: 'custom_sql', expect: true, query, where: undefined }]);
  });
});

describe('several columns', () => {
  it.each([
    [
      'expect_column_pair_values_A_to_be_greater_than_B',
      { column_A: 'a', column_B: 'B', or_equal: true },
      'a >= "B"',
      'a is not null or "B" is not null',
    ],
    [
      'expect_column_pair_values_to_be_equal',
      { column_A: 'a', column_B: 'b', ignore_row_if: 'either_value_is_missing' },
      'a = b',
      'a is not null and b is not null',
    ],
    [
      'expect_column_pair_values_to_be_in_set',
      {
        column_A: 'a',
        column_B: 'b',
        value_pairs_set: [
          [1, 'x'],
          [2, 'y'],
        ],
        ignore_row_if: 'never',
      },
      "(a = 1 and b = 'x') or (a = 2 and b = 'y')",
      undefined,
    ],
    [
      'expect_select_column_values_to_be_unique_within_record',
      { column_list: ['a', 'b', 'c'] },
      'not (a = b or a = c or b = c)',
      'a is not null or b is not null or c is not null',
    ],
    [
      'expect_multicolumn_sum_to_equal',
      { column_list: ['a', 'b'], sum_total: 10, ignore_row_if: 'never' },
      'a + b = 10',
      undefined,
    ],
    [
      'expect_multicolumn_values_to_be_equal',
      { column_list: ['a', 'b', 'c'], ignore_row_if: 'never' },
      'a = b and a = c',
      undefined,
    ],
  ])('%s', (type, kwargs, expression, where) => {
    expect(rules(type, kwargs)).toEqual([{ type: 'sql_expression', expression, where }]);
  });

  it('are a key where NULL is left out, and a query where it is compared', () => {
    const columns = ['a', 'b'];
    expect(
      rules('expect_compound_columns_to_be_unique', { column_list: columns, ignore_row_if: 'any_value_is_missing' }),
    ).toEqual([{ type: 'composite_unique', columns, where: undefined }]);
    expect(rules('expect_compound_columns_to_be_unique', { column_list: columns })).toEqual([
      expect.objectContaining({ type: 'custom_sql', where: 'a is not null or b is not null' }),
    ]);
  });
});

describe('tables', () => {
  it.each([
    ['expect_table_row_count_to_be_between', { min_value: 1 }, { type: 'row_count_between', min_value: 1 }],
    ['expect_table_row_count_to_equal', { value: 0 }, { type: 'row_count_between', min_value: 0, max_value: 0 }],
    [
      'expect_table_row_count_to_equal_other_table',
      { other_table_name: 'raw' },
      { type: 'reconcile_row_count', source_table: 'raw', tolerance_pct: 0 },
    ],
    ['expect_column_to_exist', { column }, { type: 'column_exists', column }],
    [
      'unexpected_rows_expectation',
      { unexpected_rows_query: 'select * from {batch} where a > 1' },
      { type: 'custom_sql', query: 'select * from {table} where a > 1' },
    ],
  ])('%s', (type, kwargs, logic) => {
    expect(rules(type, kwargs)).toEqual([{ ...logic, where: undefined }]);
  });

  it('name each column of a set that may have others', () => {
    expect(rules('expect_table_columns_to_match_set', { column_set: ['a', 'b', 'a'], exact_match: false })).toEqual([
      { type: 'column_exists', column: 'a', where: undefined },
      { type: 'column_exists', column: 'b', where: undefined },
    ]);
  });
});

describe('what is not converted', () => {
  it.each([
    ['expect_column_median_to_be_between', { column, min_value: 1 }, 'no rule type is about a median'],
    ['expect_table_columns_to_match_set', { column_set: ['a'] }, 'no rule forbids other columns'],
    ['expect_column_values_to_be_in_set', { column, value_set: [] }, 'it lists no values'],
    [
      'expect_column_values_to_be_in_set',
      { column, value_set: { $PARAMETER: 'v' } },
      'a parameter gets its value only when the suite runs',
    ],
    ['expect_column_values_to_be_between', { column }, 'it has no bounds'],
    ['expect_column_values_to_be_between', { min_value: 1 }, 'it names no column'],
    ['expect_my_own_thing', { column }, 'no rule type is known to mean the same'],
    ['constructor', { column }, 'no rule type is known to mean the same'],
    [
      'expect_column_values_to_not_be_null',
      { column, row_condition: 'a==1', condition_parser: 'pandas' },
      'its row_condition is written for the parser pandas',
    ],
    ['expect_compound_columns_to_be_unique', { column_list: [] }, 'it lists no columns'],
  ])('%s %o', (type, kwargs, reason) => {
    expect(rules(type, kwargs)).toEqual([reason]);
  });

  it('is said in the words of the rule where the rule refuses it', () => {
    expect(rules('expect_column_values_to_match_regex', { column, regex: '(?=a)' })).toEqual([
      expect.stringContaining('pattern'),
    ]);
  });
});

describe('what is written beside the rule', () => {
  it('keeps severity and notes', () => {
    const [draft] = drafted(
      'expect_column_values_to_not_be_null',
      { column },
      { severity: 'warning', meta: { notes: { content: ['Why it matters.'] } } },
    );
    expect(draft).toMatchObject({
      severity: 'medium',
      description: 'Why it matters.',
      name: 'orders.total.values_to_not_be_null',
      source: 'orders_suite/3',
    });
  });

  it('has an own severity for suites that know none', () => {
    const [draft] = drafted('expect_column_values_to_not_be_null', { column });
    expect(draft).toMatchObject({
      severity: 'high',
      description: expect.stringContaining('expect_column_values_to_not_be_null'),
    });
  });
});

import { describe, expect, it } from 'vitest';
import { convertManifest } from '../convert/convert-manifest.js';
import { readManifest } from '../manifest/read-manifest.js';
import { manifestText, model, type TestParts, test } from '../testing/small-manifest.js';

const sql = 'select 1 from x';

/** `logic` and `where` of the rule that a test becomes. */
const ruleOf = (kind: string, parts: TestParts) => {
  const nodes = [model('orders'), model('customers'), test(kind, { ...parts, more: { compiled_code: sql } })];
  const { rules, notConverted } = convertManifest(readManifest(manifestText(nodes), 'm'));
  const [rule] = rules;
  if (!rule) throw new Error(notConverted[0]?.reason);
  return { logic: rule.document.logic, where: rule.document.scope.where, unit: rule.unit, asQuery: rule.asQuery };
};

type Expected = object | RegExp;

const expectRule = (kind: string, parts: TestParts, expected: Expected): void => {
  const rule = ruleOf(kind, parts);
  if (expected instanceof RegExp)
    expect(rule).toMatchObject({ logic: { query: sql }, asQuery: expect.stringMatching(expected) });
  else expect(rule).toMatchObject({ ...expected, asQuery: undefined });
};

const column = 'amount';
const onOther = { reads: ['model.shop.orders', 'model.shop.customers'] };

describe('tests of dbt_utils', () => {
  it.each<readonly [string, TestParts, Expected]>([
    [
      'expression_is_true',
      { kwargs: { expression: 'a + b = c' } },
      { logic: { type: 'sql_expression', expression: 'a + b = c' } },
    ],
    ['expression_is_true', { column, kwargs: { expression: '>= 0' } }, { logic: { expression: 'amount >= 0' } }],
    ['expression_is_true', { kwargs: { expression: 'a > 0', condition: 'b' } }, { where: 'b' }],
    ['expression_is_true', { kwargs: { expression: 'sum(a) > 0' } }, /more than one row/],
    [
      'unique_combination_of_columns',
      { kwargs: { combination_of_columns: ['a', 'b'] } },
      { logic: { type: 'custom_sql', query: 'select a, b from {table} group by a, b having count(*) > 1' } },
    ],
    ['unique_combination_of_columns', { kwargs: { combination_of_columns: ['a', 'lower(b)'] } }, /expressions/],
    [
      'not_null_proportion',
      { column, kwargs: { at_least: 0.95 } },
      { logic: { type: 'null_percentage_below', threshold: 5 }, unit: 'table' },
    ],
    ['not_null_proportion', { column, kwargs: { at_least: 0.5, at_most: 0.9 } }, /upper bound/],
    ['not_null_proportion', { column, kwargs: { at_least: 0.5 }, config: { severity: 'warn' } }, /no words/],
    [
      'accepted_range',
      { column, kwargs: { min_value: 0, max_value: 10 } },
      { logic: { type: 'between', min_value: 0, max_value: 10 } },
    ],
    [
      'accepted_range',
      { column, kwargs: { max_value: '1.5' } },
      { logic: { type: 'max_value_check', max_value: 1.5 } },
    ],
    [
      'accepted_range',
      { column, kwargs: { min_value: 0 } },
      { logic: { type: 'sql_expression', expression: 'amount >= 0' } },
    ],
    [
      'accepted_range',
      { column, kwargs: { min_value: 0, max_value: 9, inclusive: false } },
      { logic: { expression: 'amount > 0 and amount < 9' } },
    ],
    [
      'accepted_range',
      { column, kwargs: { max_value: "date '2026-01-01'" } },
      { logic: { expression: "amount <= date '2026-01-01'" } },
    ],
    [
      'not_accepted_values',
      { column, kwargs: { values: ['x'] } },
      { logic: { type: 'not_accepted_values' }, unit: 'values' },
    ],
    [
      'equal_rowcount',
      {
        kwargs: { compare_model: "ref('customers')" },
        config: { fail_calc: 'sum(coalesce(diff_count, 0))' },
        ...onOther,
      },
      { logic: { type: 'reconcile_row_count', source_table: 'shop.main.customers', tolerance_pct: 0 } },
    ],
    [
      'relationships_where',
      {
        column: 'c',
        kwargs: { to: "ref('customers')", field: 'id', from_condition: 'a = 1' },
        config: { where: 'b = 2' },
        ...onOther,
      },
      { logic: { type: 'foreign_key', reference_column: 'id' }, where: '(b = 2) and (a = 1)' },
    ],
    [
      'relationships_where',
      { column: 'c', kwargs: { to: "ref('customers')", field: 'id', to_condition: 'x' }, ...onOther },
      /condition on the other table/,
    ],
    ['recency', { kwargs: { field: 'at', datepart: 'day', interval: 1 } }, /no rule type/],
    ['not_empty_string', { column }, /no rule type/],
  ])('%s with %j', (kind, parts, expected) => expectRule(kind, { namespace: 'dbt_utils', ...parts }, expected));
});

describe('tests of dbt_expectations', () => {
  const row_condition = 'status = 1';

  it.each<readonly [string, TestParts, Expected]>([
    [
      'expect_column_values_to_not_be_null',
      { column, kwargs: { row_condition } },
      { logic: { type: 'not_null' }, where: row_condition },
    ],
    ['expect_column_values_to_be_null', { column }, { logic: { expression: 'amount is null' } }],
    ['expect_column_values_to_be_unique', { column }, { logic: { type: 'unique' }, unit: 'keys' }],
    [
      'expect_column_values_to_be_in_set',
      { column, kwargs: { value_set: ['a'] } },
      { logic: { type: 'accepted_values', nulls: 'fail' }, unit: 'rows' },
    ],
    [
      'expect_column_values_to_not_be_in_set',
      { column, kwargs: { value_set: [1] } },
      { logic: { type: 'not_accepted_values' }, unit: 'rows' },
    ],
    [
      'expect_column_values_to_match_regex',
      { column, kwargs: { regex: '^[a-z]+$' } },
      { logic: { type: 'regex_match', pattern: '^[a-z]+$' } },
    ],
    ['expect_column_values_to_match_regex', { column, kwargs: { regex: '(?=x)' } }, /pattern/],
    [
      'expect_column_values_to_be_between',
      { column, kwargs: { min_value: 1, max_value: 2 } },
      { logic: { type: 'between' } },
    ],
    [
      'expect_column_values_to_be_between',
      { column, kwargs: { min_value: 1, strictly: true } },
      { logic: { expression: 'amount > 1' } },
    ],
    [
      'expect_table_row_count_to_be_between',
      { kwargs: { min_value: 1, max_value: 9 } },
      { logic: { type: 'row_count_between', min_value: 1 }, unit: 'table' },
    ],
    ['expect_table_row_count_to_be_between', { kwargs: { min_value: 1, group_by: ['a'] } }, /groups/],
    ['expect_table_row_count_to_equal', { kwargs: { value: 4 } }, { logic: { min_value: 4, max_value: 4 } }],
    [
      'expect_column_mean_to_be_between',
      { column, kwargs: { min_value: 1 } },
      { logic: { type: 'mean_between', min_value: 1 } },
    ],
    [
      'expect_column_sum_to_be_between',
      { column, kwargs: { max_value: 7 } },
      { logic: { type: 'column_sum_between' } },
    ],
    [
      'expect_column_stdev_to_be_between',
      { column, kwargs: { max_value: 7 } },
      { logic: { type: 'stddev_below', threshold: 7 } },
    ],
    ['expect_column_stdev_to_be_between', { column, kwargs: { min_value: 1 } }, /lower bound/],
    ['expect_column_to_exist', { column }, { logic: { type: 'column_exists' } }],
    [
      'expect_column_pair_values_A_to_be_greater_than_B',
      { kwargs: { column_A: 'a', column_B: 'b', or_equal: true } },
      { logic: { expression: 'a >= b' } },
    ],
    [
      'expect_column_pair_values_to_be_equal',
      { kwargs: { column_A: 'a', column_B: 'b' } },
      { logic: { expression: 'a = b' } },
    ],
    [
      'expect_compound_columns_to_be_unique',
      { kwargs: { column_list: ['a', 'b'], ignore_row_if: 'any_value_is_missing' } },
      { logic: { type: 'composite_unique' }, unit: 'keys' },
    ],
    ['expect_compound_columns_to_be_unique', { kwargs: { column_list: ['a', 'b'] } }, /NULL/],
    [
      'expression_is_true',
      { kwargs: { expression: 'a > 1', row_condition } },
      { logic: { expression: 'a > 1' }, where: row_condition },
    ],
    ['expect_column_median_to_be_between', { column, kwargs: { min_value: 1 } }, /no rule type/],
  ])('%s with %j', (kind, parts, expected) => expectRule(kind, { namespace: 'dbt_expectations', ...parts }, expected));
});

describe('tests that are written otherwise', () => {
  it.each<readonly [string, TestParts, Expected]>([
    ['accepted_values', { column, kwargs: { values: [1, 2], quote: false } }, { logic: { values: [1, 2] } }],
    [
      'accepted_values',
      { column, kwargs: { values: [true, false], quote: false } },
      { logic: { values: [true, false] } },
    ],
    ['accepted_values', { column, kwargs: { values: [true] } }, /truth value/],
    ['accepted_values', { column, kwargs: { values: ['current_date'], quote: false } }, /expression/],
    ['accepted_values', { column, kwargs: { values: [2 ** 53] } }, /2\^53/],
    ['accepted_values', { column, kwargs: { values: [] } }, /lists no values/],
    ['accepted_values', { column, kwargs: { values: ["{{ var('x') }}"] } }, /filled in by dbt/],
    ['accepted_values', { column, kwargs: { arguments: { values: ['x'] } } }, { logic: { values: ['x'] } }],
    ['unique', { column: '"Order ID"' }, { logic: { column: 'Order ID' } }],
    ['unique', { column: '`order`' }, { logic: { column: 'order' } }],
    ['unique', { column: "id || '-' || status" }, /expression/],
    ['unique', { column, namespace: 'my_package' }, /no rule type/],
    ['constructor', { column }, /no rule type/],
  ])('%s with %j', (kind, parts, expected) => expectRule(kind, parts, expected));

  it('stay the query where the project replaces the macro', () => {
    for (const macro of ['macro.shop.test_unique', 'macro.shop.get_where_subquery']) {
      const nodes = { nodes: ['model.shop.orders'], macros: ['macro.dbt.test_unique', macro] };
      const replaced = test('unique', { column: 'id', more: { compiled_code: sql, depends_on: nodes } });
      const { rules } = convertManifest(readManifest(manifestText([model('orders'), replaced]), 'm'));
      expect(rules).toMatchObject([
        { asQuery: `the project replaces it by ${macro}`, document: { logic: { query: sql } } },
      ]);
    }
  });

  it('count in their own query before dbt 0.20', () => {
    const older = test('recency', {
      namespace: 'dbt_utils',
      more: { config: { enabled: true }, compiled_sql: 'select count(*) as validation_errors from (select 1) as v' },
    });
    const { rules } = convertManifest(readManifest(manifestText([model('orders'), older]), 'm'));
    expect(rules[0]?.document.logic).toEqual({
      type: 'custom_sql',
      query: 'select (select count(*) as validation_errors from (select 1) as v) = 0',
      expect: true,
    });
  });
});

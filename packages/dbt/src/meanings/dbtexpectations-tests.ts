import { figureBounds, numberText } from '@aegis/rules/conversion';
import { listedValues } from './listed-values.js';
import { withinRange } from './ranges.js';
import {
  condition,
  expression,
  onColumn,
  onlyQuery,
  type SameRule,
  type TestCase,
  type TestMeaning,
  type TestMeanings,
} from './test-meaning.js';

const rowCondition = ({ params }: TestCase): string | undefined => condition(params.row_condition);

const isSet = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0);

/** A figure of the whole table, without groups and with bounds that belong to it. */
const figure = (
  test: TestCase,
  rule: (bounds: { min_value?: number | string; max_value?: number | string }) => TestMeaning,
): TestMeaning => {
  const { min_value: min, max_value: max, group_by: groups, group_by_columns: columns, strictly } = test.params;
  if (isSet(groups) || isSet(columns)) return onlyQuery('it has groups');
  if (isSet(strictly)) return onlyQuery('its bounds do not belong to the range');
  const bounds = figureBounds(min, max);
  return bounds === undefined ? onlyQuery('its bounds are no numbers') : rule(bounds);
};

const rowCount = (test: TestCase, logic: { readonly [param: string]: unknown }): SameRule => ({
  kind: 'rule',
  type: 'row_count_between',
  logic,
  unit: 'table',
  where: rowCondition(test),
});

const deviation = (test: TestCase): TestMeaning =>
  figure(test, ({ min_value: min, max_value: max }) =>
    min === undefined && max !== undefined
      ? onColumn(test, 'stddev_below', 'table', { threshold: max }, rowCondition(test))
      : onlyQuery('a deviation has no lower bound as a rule'),
  );

/** Each row outside the set, NULL included, is a failure. */
const inSet = (test: TestCase): TestMeaning => {
  const values = listedValues(test.params.value_set, test.params.quote_values);
  if (values.kind === 'query') return values;
  return onColumn(test, 'accepted_values', 'rows', { values: values.values, nulls: 'fail' }, rowCondition(test));
};

const notInSet = (test: TestCase): TestMeaning => {
  const values = listedValues(test.params.value_set, test.params.quote_values);
  if (values.kind === 'query') return values;
  return onColumn(test, 'not_accepted_values', 'rows', { values: values.values }, rowCondition(test));
};

const matchesRegex = (test: TestCase): TestMeaning => {
  const { regex, is_raw: isRaw, flags } = test.params;
  if (typeof regex !== 'string' || isSet(isRaw) || isSet(flags)) return onlyQuery('its pattern has flags');
  return onColumn(test, 'regex_match', 'rows', { pattern: regex }, rowCondition(test));
};

const compoundUnique = (test: TestCase): TestMeaning => {
  const { column_list: list, ignore_row_if: ignored, quote_columns: quotes } = test.params;
  const columns = Array.isArray(list) ? list.map(test.plain) : [];
  if (ignored !== 'any_value_is_missing' || isSet(quotes) || columns.length === 0 || columns.includes(undefined))
    return onlyQuery('combinations with a NULL are compared');
  return { kind: 'rule', type: 'composite_unique', logic: { columns }, unit: 'keys', where: rowCondition(test) };
};

const pair = (test: TestCase, operator: string): TestMeaning => {
  const { column_A: a, column_B: b } = test.params;
  if (typeof a !== 'string' || typeof b !== 'string') return onlyQuery('it names no pair of columns');
  return expression(`${a} ${operator} ${b}`, rowCondition(test));
};

const trueExpression = (test: TestCase): TestMeaning => {
  const { expression: sql, group_by_columns: groups, test_condition: tested } = test.params;
  if (typeof sql !== 'string' || isSet(groups) || isSet(tested)) return onlyQuery('it has groups or a test of its own');
  return expression(sql, rowCondition(test));
};

/** Tests of dbt_expectations that a rule can say in the same words; what is not here becomes the query that dbt compiled. */
export const dbtExpectationsTests: TestMeanings = {
  expect_column_values_to_not_be_null: (test) => onColumn(test, 'not_null', 'rows', {}, rowCondition(test)),
  expect_column_values_to_be_null: (test) =>
    test.columnSql === undefined
      ? onlyQuery('it names no column')
      : expression(`${test.columnSql} is null`, rowCondition(test)),
  expect_column_values_to_be_unique: (test) => onColumn(test, 'unique', 'keys', {}, rowCondition(test)),
  expect_column_values_to_be_in_set: inSet,
  expect_column_values_to_not_be_in_set: notInSet,
  expect_column_values_to_match_regex: matchesRegex,
  expect_column_values_to_be_between: (test) => {
    const { min_value: min, max_value: max, strictly } = test.params;
    return withinRange(test, { min, max, isInclusive: !isSet(strictly), where: rowCondition(test) });
  },
  expect_compound_columns_to_be_unique: compoundUnique,
  expect_column_pair_values_A_to_be_greater_than_B: (test) => pair(test, isSet(test.params.or_equal) ? '>=' : '>'),
  expect_column_pair_values_to_be_equal: (test) => pair(test, '='),
  expression_is_true: trueExpression,
  expect_table_row_count_to_be_between: (test) => figure(test, (bounds) => rowCount(test, bounds)),
  expect_table_row_count_to_equal: (test) => {
    const value = numberText(test.params.value);
    if (value === undefined || isSet(test.params.group_by)) return onlyQuery('its bounds are no numbers');
    return rowCount(test, { min_value: Number(value), max_value: Number(value) });
  },
  expect_column_mean_to_be_between: (test) =>
    figure(test, (bounds) => onColumn(test, 'mean_between', 'table', bounds, rowCondition(test))),
  expect_column_sum_to_be_between: (test) =>
    figure(test, (bounds) => onColumn(test, 'column_sum_between', 'table', bounds, rowCondition(test))),
  expect_column_stdev_to_be_between: deviation,
  expect_column_to_exist: (test) =>
    isSet(test.params.column_index) ? onlyQuery('it wants a position') : onColumn(test, 'column_exists', 'table'),
};

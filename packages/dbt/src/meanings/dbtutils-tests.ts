import { numberText } from '@aegis/rules/conversion';
import { listedValues } from './listed-values.js';
import { withinRange } from './ranges.js';
import {
  condition,
  expression,
  onColumn,
  onlyQuery,
  type TestCase,
  type TestMeaning,
  type TestMeanings,
} from './test-meaning.js';

const expressionIsTrue = ({ params, columnSql }: TestCase): TestMeaning => {
  const sql = condition(params.expression);
  if (sql === undefined) return onlyQuery('it has no expression');
  return expression(columnSql === undefined ? sql : `${columnSql} ${sql}`, condition(params.condition));
};

/** Combinations with a NULL are compared, too: a rule over columns would leave them out. */
const uniqueCombination = ({ params, plain }: TestCase): TestMeaning => {
  const { combination_of_columns: columns, quote_columns: quotes } = params;
  const names = Array.isArray(columns) ? columns : [];
  if (names.length === 0 || quotes === true || names.some((name) => plain(name) === undefined))
    return onlyQuery('its columns are expressions or quoted');
  const list = names.join(', ');
  return {
    kind: 'rule',
    type: 'custom_sql',
    logic: { query: `select ${list} from {table} group by ${list} having count(*) > 1` },
    unit: 'rows',
  };
};

const notNullProportion = (test: TestCase): TestMeaning => {
  const { at_least: least, at_most: most = 1, group_by_columns: groups = [] } = test.params;
  const share = numberText(least);
  if (share === undefined || numberText(most) !== '1' || !isEmptyList(groups))
    return onlyQuery('it has groups or an upper bound');
  const threshold = Number((100 - Number(share) * 100).toFixed(10));
  return onColumn(test, 'null_percentage_below', 'table', { threshold });
};

const isEmptyList = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

const equalRowCount = ({ params, table }: TestCase): TestMeaning => {
  if (!isEmptyList(params.group_by_columns ?? [])) return onlyQuery('it counts by groups');
  const other = table(params.compare_model);
  if (other.kind === 'impossible') return other;
  return {
    kind: 'rule',
    type: 'reconcile_row_count',
    logic: { source_table: other.name, tolerance_pct: 0 },
    unit: 'rows',
    failCalc: 'sum(coalesce(diff_count, 0))',
  };
};

const relationshipsWhere = (test: TestCase): TestMeaning => {
  const { to, field, from_condition: from, to_condition: toCondition } = test.params;
  if ((condition(toCondition) ?? '1=1') !== '1=1') return onlyQuery('it has a condition on the other table');
  const parent = test.table(to);
  if (parent.kind === 'impossible') return parent;
  const column = test.plain(field);
  if (column === undefined) return onlyQuery('the referenced column is an expression');
  const where = condition(from) === '1=1' ? undefined : condition(from);
  return onColumn(test, 'foreign_key', 'rows', { reference_table: parent.name, reference_column: column }, where);
};

/** Tests of dbt_utils that a rule can say in the same words; what is not here becomes the query that dbt compiled. */
export const dbtUtilsTests: TestMeanings = {
  expression_is_true: expressionIsTrue,
  unique_combination_of_columns: uniqueCombination,
  not_null_proportion: notNullProportion,
  equal_rowcount: equalRowCount,
  relationships_where: relationshipsWhere,
  accepted_range: (test) => {
    const { min_value: min, max_value: max, inclusive = true } = test.params;
    return withinRange(test, { min, max, isInclusive: inclusive !== false });
  },
  not_accepted_values: (test) => {
    const values = listedValues(test.params.values, test.params.quote);
    return values.kind === 'query'
      ? values
      : onColumn(test, 'not_accepted_values', 'values', { values: values.values });
  },
};

import { boundsOf } from './bounds.js';
import {
  type ExpectationCase,
  isGiven,
  type Meaning,
  type Meanings,
  namesOf,
  none,
  onColumn,
  rowsOf,
  rule,
  truth,
} from './meaning.js';

const rowCount = (expectation: ExpectationCase): Meaning => {
  const bounds = boundsOf(expectation);
  if (bounds === undefined) return none('it has no bounds');
  if (!bounds.isStrict) return rule('row_count_between', bounds.params);
  const condition = bounds.holds('count(*)');
  return condition === undefined
    ? none('a bound is no number')
    : truth(`select ${condition} from {table}`, 'its bounds do not belong to the range');
};

/** Other columns are allowed: each that is named is a rule. */
const columnSet = ({ kwargs }: ExpectationCase): Meaning => {
  const names = namesOf(kwargs.column_set);
  if (names === undefined) return none('it lists no columns');
  if (kwargs.exact_match !== false)
    return none(
      'no rule forbids other columns',
      'Make a data contract of the table: `aegis contract check` compares all of its columns.',
    );
  const columns = [...new Set(names)];
  return {
    kind: 'several',
    rules: columns.map((column) => ({ part: column, rule: rule('column_exists', { column }) })),
  };
};

const ofWholeSchema = () =>
  none(
    'no rule is about all columns of a table',
    'Make a data contract of the table: `aegis contract check` compares all of its columns.',
  );

const ofType = () =>
  none('types are not compared by rules', 'Make a data contract of the table: `aegis contract check` compares types.');

const rowsOfQuery = ({ kwargs }: ExpectationCase): Meaning => {
  const { unexpected_rows_query: query } = kwargs;
  if (typeof query !== 'string' || query.trim() === '') return none('it has no query');
  return rowsOf(query.replaceAll('{batch}', '{table}'), 'it is a query of its own');
};

/** Expectations on a table as a whole. */
export const tables: Meanings = {
  expect_table_row_count_to_be_between: rowCount,
  expect_table_row_count_to_equal: ({ kwargs: { value } }) =>
    isGiven(value) ? rule('row_count_between', { min_value: value, max_value: value }) : none('it has no value'),
  expect_table_row_count_to_equal_other_table: ({ kwargs: { other_table_name: other } }) =>
    typeof other === 'string' && other !== ''
      ? rule('reconcile_row_count', { source_table: other, tolerance_pct: 0 })
      : none('it names no other table'),
  expect_column_to_exist: (expectation) =>
    isGiven(expectation.kwargs.column_index)
      ? none('no rule is about the position of a column')
      : onColumn(expectation, (column) => rule('column_exists', { column })),
  expect_table_columns_to_match_set: columnSet,
  expect_table_columns_to_match_ordered_list: ofWholeSchema,
  expect_table_column_count_to_be_between: ofWholeSchema,
  expect_table_column_count_to_equal: ofWholeSchema,
  expect_column_values_to_be_of_type: ofType,
  expect_column_values_to_be_in_type_list: ofType,
  expect_column_type_to_be: ofType,
  expect_query_results_to_match_comparison: () =>
    none('it compares two queries', 'Write a rule of a reconcile type, or of type custom_sql.'),
  unexpected_rows_expectation: rowsOfQuery,
};

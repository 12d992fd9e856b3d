import { boundsOf } from './bounds.js';
import {
  type ExpectationCase,
  expression,
  listOf,
  type Meaning,
  type Meanings,
  namesOf,
  none,
  onColumn,
  rowsOf,
  rule,
  type SameRule,
} from './meaning.js';

const unwritable = 'a value is neither a number, a text nor a truth value';

const ofValues = { share: 'values' } as const;

const within = (expectation: ExpectationCase): Meaning =>
  onColumn(expectation, (column, sql) => {
    const bounds = boundsOf(expectation);
    if (bounds === undefined) return none('it has no bounds');
    if (!bounds.isStrict) return rule('between', { column, ...bounds.params }, ofValues);
    const condition = bounds.holds(sql);
    return condition === undefined ? none(unwritable) : expression(condition, ofValues);
  });

/** A NULL in the list neither accepts nor refuses anything: expectations leave NULL out. */
const listed = (value: unknown): readonly unknown[] => (listOf(value) ?? []).filter((each) => each !== null);

const inList =
  (type: string) =>
  (expectation: ExpectationCase): Meaning =>
    onColumn(expectation, (column) => {
      const values = listed(expectation.kwargs.value_set);
      if (values.length === 0) return none('it lists no values');
      return expectation.words.literals(values) === undefined
        ? none(unwritable)
        : rule(type, { column, values }, ofValues);
    });

const unique = (expectation: ExpectationCase): Meaning =>
  onColumn(expectation, (column, sql) =>
    expectation.kwargs.mostly === undefined || expectation.kwargs.mostly === 1
      ? rule('unique', { column })
      : {
          ...rowsOf(
            `select ${sql} from (select ${sql}, count(*) over (partition by ${sql}) as copies from {table}) as counted where copies > 1`,
            'every row of a repeated value is counted, the first one too',
          ),
          share: 'values',
        },
  );

const lengths = (expectation: ExpectationCase): Meaning =>
  onColumn(expectation, (_, sql) => {
    const { value } = expectation.kwargs;
    const bounds = value === undefined ? boundsOf(expectation) : boundsOf(exactly(expectation, value));
    if (bounds === undefined) return none('it has no bounds');
    const condition = bounds.holds(`length(${sql})`);
    return condition === undefined ? none('a bound is no number') : expression(condition, ofValues);
  });

const exactly = (expectation: ExpectationCase, value: unknown): ExpectationCase => ({
  ...expectation,
  kwargs: { min_value: value, max_value: value },
});

const regex = (column: string, pattern: unknown): SameRule => rule('regex_match', { column, pattern }, ofValues);

const anyRegex = (expectation: ExpectationCase): Meaning =>
  onColumn(expectation, (column) => {
    const patterns = namesOf(expectation.kwargs.regex_list);
    if (patterns === undefined) return none('it lists no patterns');
    if (expectation.kwargs.match_on !== 'all')
      return regex(column, patterns.map((pattern) => `(?:${pattern})`).join('|'));
    return patterns.length === 1 ? regex(column, patterns[0]) : allRegexes(expectation, column, patterns);
  });

/** Each pattern is a rule of its own; how many rows miss any of them, no rule can say. */
const allRegexes = ({ kwargs }: ExpectationCase, column: string, patterns: readonly string[]): Meaning =>
  kwargs.mostly === undefined || kwargs.mostly === 1
    ? {
        kind: 'several',
        rules: patterns.map((pattern, index) => ({ part: `pattern ${index + 1}`, rule: regex(column, pattern) })),
      }
    : none('how many rows miss one of several patterns is no rule');

interface Like {
  readonly isNegated: boolean;
  readonly isAll: boolean;
}

const like =
  ({ isNegated, isAll }: Like) =>
  (expectation: ExpectationCase): Meaning =>
    onColumn(expectation, (_, sql) => {
      const { like_pattern: one, like_pattern_list: several, match_on: on, escape: escapeWith } = expectation.kwargs;
      if (typeof escapeWith === 'string') return none('its patterns have an escape character');
      const patterns = expectation.words.literals(listOf(several) ?? [one]);
      if (patterns === undefined || patterns.length === 0) return none('it lists no patterns');
      const each = patterns.map((pattern) => `${sql} ${isNegated ? 'not like' : 'like'} ${pattern}`);
      return expression(each.join(isAll || on === 'all' ? ' and ' : ' or '), ofValues);
    });

const portable = 'no rule says that a pattern must be absent in the SQL of every warehouse';

const unknownFormat = (format: string) => (): Meaning => none(`no rule type reads ${format}`);

/** Expectations on each value of a column. NULL is left out of all but those about NULL. */
export const columnValues: Meanings = {
  expect_column_values_to_not_be_null: (expectation) =>
    onColumn(expectation, (column) => rule('not_null', { column }, { share: 'rows' })),
  expect_column_values_to_be_null: (expectation) =>
    onColumn(expectation, (_, sql) => expression(`${sql} is null`, { share: 'rows' })),
  expect_column_values_to_be_unique: unique,
  expect_column_values_to_be_in_set: inList('accepted_values'),
  expect_column_values_to_not_be_in_set: inList('not_accepted_values'),
  expect_column_values_to_be_between: within,
  expect_column_value_lengths_to_be_between: lengths,
  expect_column_value_lengths_to_equal: lengths,
  expect_column_values_to_match_regex: (expectation) =>
    onColumn(expectation, (column) => regex(column, expectation.kwargs.regex)),
  expect_column_values_to_match_regex_list: anyRegex,
  expect_column_values_to_not_match_regex: () =>
    none(portable, 'Write a rule of type sql_expression with the function of your warehouse.'),
  expect_column_values_to_not_match_regex_list: () =>
    none(portable, 'Write a rule of type sql_expression with the function of your warehouse.'),
  expect_column_values_to_match_like_pattern: like({ isNegated: false, isAll: false }),
  expect_column_values_to_match_like_pattern_list: like({ isNegated: false, isAll: false }),
  expect_column_values_to_not_match_like_pattern: like({ isNegated: true, isAll: true }),
  expect_column_values_to_not_match_like_pattern_list: like({ isNegated: true, isAll: true }),
  expect_column_values_to_be_increasing: () => none('a table of a warehouse has no order of rows'),
  expect_column_values_to_be_decreasing: () => none('a table of a warehouse has no order of rows'),
  expect_column_values_to_match_strftime_format: unknownFormat('dates by a format of Python'),
  expect_column_values_to_be_dateutil_parseable: unknownFormat('dates as dateutil does'),
  expect_column_values_to_be_json_parseable: unknownFormat('JSON'),
  expect_column_values_to_match_json_schema: unknownFormat('JSON by a schema'),
};

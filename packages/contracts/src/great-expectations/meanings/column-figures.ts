import { boundsOf } from './bounds.js';
import {
  type ExpectationCase,
  listOf,
  type Meaning,
  type Meanings,
  none,
  onColumn,
  rowsOf,
  rule,
  truth,
} from './meaning.js';

/** A figure of the column that SQL can compute everywhere, held against bounds. */
const figure =
  (compute: (sql: string) => string) =>
  (expectation: ExpectationCase): Meaning =>
    onColumn(expectation, (_, sql) => {
      const bounds = boundsOf(expectation);
      if (bounds === undefined) return none('it has no bounds');
      const condition = bounds.holds('figure');
      if (condition === undefined) return none('a bound is neither a number nor a text');
      return truth(
        `select ${condition} from (select ${compute(sql)} as figure from {table}) as figures`,
        'no rule type is about this figure',
      );
    });

/** The rule type of the figure, where its bounds belong to the range. */
const ruled =
  (type: string, compute: (sql: string) => string) =>
  (expectation: ExpectationCase): Meaning => {
    const bounds = boundsOf(expectation);
    if (bounds === undefined || bounds.isStrict) return figure(compute)(expectation);
    return onColumn(expectation, (column) => rule(type, { column, ...bounds.params }));
  };

const deviation = (expectation: ExpectationCase): Meaning => {
  const bounds = boundsOf(expectation);
  if (bounds === undefined || bounds.isStrict || bounds.min !== undefined)
    return figure((sql) => `stddev_samp(${sql})`)(expectation);
  return onColumn(expectation, (column) => rule('stddev_below', { column, threshold: bounds.max }));
};

/** Values that are listed, each once, in SQL. */
const wanted = ({ kwargs, words }: ExpectationCase): readonly string[] | undefined => {
  const values = (listOf(kwargs.value_set) ?? []).filter((value) => value !== null);
  const written = words.literals(values);
  return written === undefined || written.length === 0 ? undefined : [...new Set(written)];
};

const valuesThere = (expectation: ExpectationCase, areOthersAllowed: boolean): Meaning =>
  onColumn(expectation, (_, sql) => {
    const values = wanted(expectation);
    if (values === undefined) return none('it lists no values that SQL can write');
    const list = values.join(', ');
    const found = `count(distinct case when ${sql} in (${list}) then ${sql} end) = ${values.length}`;
    const others = areOthersAllowed ? '' : ` and count(case when ${sql} not in (${list}) then 1 end) = 0`;
    return truth(`select ${found}${others} from {table}`, 'no rule type wants each of the values to occur');
  });

const onlyListed = (expectation: ExpectationCase): Meaning =>
  onColumn(expectation, (column) => {
    const values = (listOf(expectation.kwargs.value_set) ?? []).filter((value) => value !== null);
    return expectation.words.literals(values) === undefined || values.length === 0
      ? none('it lists no values that SQL can write')
      : rule('accepted_values', { column, values });
  });

/** The sample deviation, where zscore_outlier takes that of the population. */
const zScores = (expectation: ExpectationCase): Meaning =>
  onColumn(expectation, (_, sql) => {
    const { threshold, double_sided: isDouble } = expectation.kwargs;
    if (typeof threshold !== 'number') return none('its threshold is no number');
    const score = `(${sql} - mean) / nullif(deviation, 0)`;
    const outside = isDouble === false ? score : `abs(${score})`;
    return {
      ...rowsOf(
        `select ${sql} from {table} cross join (select avg(${sql}) as mean, stddev_samp(${sql}) as deviation from {table}) as figures where ${outside} >= ${threshold}`,
        'zscore_outlier takes the deviation of the population',
      ),
      share: 'values',
    };
  });

const unsupported = (what: string) => (): Meaning => none(`no rule type is about ${what}`);

/** Expectations on a figure of a whole column. */
export const columnFigures: Meanings = {
  expect_column_mean_to_be_between: ruled('mean_between', (sql) => `avg(${sql})`),
  expect_column_sum_to_be_between: ruled('column_sum_between', (sql) => `sum(${sql})`),
  expect_column_min_to_be_between: figure((sql) => `min(${sql})`),
  expect_column_max_to_be_between: figure((sql) => `max(${sql})`),
  expect_column_stdev_to_be_between: deviation,
  expect_column_unique_value_count_to_be_between: figure((sql) => `count(distinct ${sql})`),
  expect_column_proportion_of_unique_values_to_be_between: figure(
    (sql) => `count(distinct ${sql}) * 1.0 / nullif(count(${sql}), 0)`,
  ),
  expect_column_proportion_of_non_null_values_to_be_between: figure(
    (sql) => `count(${sql}) * 1.0 / nullif(count(*), 0)`,
  ),
  expect_column_distinct_values_to_be_in_set: onlyListed,
  expect_column_distinct_values_to_contain_set: (expectation) => valuesThere(expectation, true),
  expect_column_distinct_values_to_equal_set: (expectation) => valuesThere(expectation, false),
  expect_column_value_z_scores_to_be_less_than: zScores,
  expect_column_median_to_be_between: unsupported('a median'),
  expect_column_quantile_values_to_be_between: unsupported('quantiles'),
  expect_column_most_common_value_to_be_in_set: unsupported('the commonest value'),
  expect_column_values_to_not_be_outliers: unsupported('outliers by quartiles'),
  expect_column_kl_divergence_to_be_less_than: unsupported('a distribution'),
  expect_column_chisquare_test_p_value_to_be_greater_than: unsupported('a distribution'),
  expect_column_bootstrapped_ks_test_p_value_to_be_greater_than: unsupported('a distribution'),
  expect_column_parameterized_distribution_ks_test_p_value_to_be_greater_than: unsupported('a distribution'),
  expect_column_pair_cramers_phi_value_to_be_less_than: unsupported('a correlation'),
};

import type { RuleType } from '../type/rule-type.js';
import { acceptedValues } from './accepted_values/accepted-values.js';
import { between } from './between/between.js';
import { columnExists } from './column_exists/column-exists.js';
import { columnSumBetween } from './column_sum_between/column-sum-between.js';
import { compositeUnique } from './composite_unique/composite-unique.js';
import { conditionalNotNull } from './conditional_not_null/conditional-not-null.js';
import { customSql } from './custom_sql/custom-sql.js';
import { dateOrder } from './date_order/date-order.js';
import { duplicatePercentageBelow } from './duplicate_percentage_below/duplicate-percentage-below.js';
import { foreignKey } from './foreign_key/foreign-key.js';
import { freshness } from './freshness/freshness.js';
import { isolationForest } from './isolation_forest/isolation-forest.js';
import { learnedThreshold } from './learned_threshold/learned-threshold.js';
import { maxValueCheck } from './max_value_check/max-value-check.js';
import { meanBetween } from './mean_between/mean-between.js';
import { minValueCheck } from './min_value_check/min-value-check.js';
import { noFutureDates } from './no_future_dates/no-future-dates.js';
import { notAcceptedValues } from './not_accepted_values/not-accepted-values.js';
import { notEmptyString } from './not_empty_string/not-empty-string.js';
import { notNull } from './not_null/not-null.js';
import { nullPercentageBelow } from './null_percentage_below/null-percentage-below.js';
import { reconcileColumnSum } from './reconcile_column_sum/reconcile-column-sum.js';
import { reconcileKeyMatch } from './reconcile_key_match/reconcile-key-match.js';
import { reconcileRowCount } from './reconcile_row_count/reconcile-row-count.js';
import { reconcileRows } from './reconcile_rows/reconcile-rows.js';
import { regexMatch } from './regex_match/regex-match.js';
import { rowCount } from './row_count/row-count.js';
import { rowCountBetween } from './row_count_between/row-count-between.js';
import { sqlExpression } from './sql_expression/sql-expression.js';
import { stddevBelow } from './stddev_below/stddev-below.js';
import { unique } from './unique/unique.js';
import { zscoreOutlier } from './zscore_outlier/zscore-outlier.js';

/** Every built-in rule type, in the order of the reference. A new type is its folder and one line here and above. */
export const ruleTypes = [
  acceptedValues,
  between,
  columnExists,
  columnSumBetween,
  compositeUnique,
  conditionalNotNull,
  customSql,
  dateOrder,
  duplicatePercentageBelow,
  foreignKey,
  freshness,
  isolationForest,
  learnedThreshold,
  maxValueCheck,
  meanBetween,
  minValueCheck,
  noFutureDates,
  notAcceptedValues,
  notEmptyString,
  notNull,
  nullPercentageBelow,
  reconcileColumnSum,
  reconcileKeyMatch,
  reconcileRowCount,
  reconcileRows,
  regexMatch,
  rowCount,
  rowCountBetween,
  sqlExpression,
  stddevBelow,
  unique,
  zscoreOutlier,
] as const satisfies readonly RuleType[];

import type { RuleType } from '../type/rule-type.js';
import { customSql } from './custom_sql/custom-sql.js';
import { foreignKey } from './foreign_key/foreign-key.js';
import { notNull } from './not_null/not-null.js';
import { reconcileKeyMatch } from './reconcile_key_match/reconcile-key-match.js';
import { unique } from './unique/unique.js';
import { zscoreOutlier } from './zscore_outlier/zscore-outlier.js';

/** Every built-in rule type. A new type is its folder and one line here. */
export const ruleTypes: readonly RuleType[] = [
  notNull,
  unique,
  foreignKey,
  zscoreOutlier,
  customSql,
  reconcileKeyMatch,
];

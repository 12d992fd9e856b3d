import type { Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { type KeySide, missingKeys, totals } from './missing-keys.js';

/**
 * Two anti-joins, whose distinct count touches only the keys that are missing, and one count of each side. Several
 * scans, but no grouping of all keys: for engines where a scan is cheap and not billed.
 */
export const keyDifferenceByAntiJoin = (
  { target, targetKeys, source, sourceKeys }: Extract<Statement, { kind: 'key_difference_counts' }>,
  dialect: BaseDialect,
): string => {
  const inSource = { from: source, keys: sourceKeys };
  const inTarget = { from: target, keys: targetKeys };
  const missing = (present: KeySide, absent: KeySide) =>
    `(SELECT count(*) AS n FROM (${missingKeys(present, absent, dialect)}) AS d)`;
  return (
    `SELECT mt.n AS missing_in_target, ms.n AS missing_in_source, s.incomplete AS null_in_source, ` +
    `t.incomplete AS null_in_target, s.n AS rows_in_source, t.n AS rows_in_target ` +
    `FROM ${missing(inSource, inTarget)} AS mt, ${missing(inTarget, inSource)} AS ms, ` +
    `${totals(inSource, dialect)} AS s, ${totals(inTarget, dialect)} AS t`
  );
};

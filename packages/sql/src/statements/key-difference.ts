import type { ColumnExpression, ScopedRelation, Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { type KeySide, missingKeys } from './missing-keys.js';
import { fromScope, keyAliases, selectList } from './relation.js';

/**
 * One scan of each side: keys with their numbers of rows, those with a NULL among them, joined in full. A key with a
 * NULL equals nothing, so it stays on its own side and is counted apart.
 */
export const keyDifferenceCounts = (
  { target, targetKeys, source, sourceKeys }: Extract<Statement, { kind: 'key_difference_counts' }>,
  dialect: BaseDialect,
): string => {
  const aliases = keyAliases(targetKeys);
  const on = aliases.map((alias) => `s.${alias} = t.${alias}`).join(' AND ');
  const hasNull = (side: string) => aliases.map((alias) => `${side}.${alias} IS NULL`).join(' OR ');
  const missing = (side: string, other: string) =>
    dialect.countIf(`${side}.n IS NOT NULL AND ${other}.n IS NULL AND NOT (${hasNull(side)})`);
  const rows = (side: string, condition?: string) =>
    dialect.asBigint(`coalesce(${dialect.filtered('sum', `${side}.n`, condition)}, 0)`);
  return (
    `SELECT ${missing('s', 't')} AS missing_in_target, ${missing('t', 's')} AS missing_in_source, ` +
    `${rows('s', hasNull('s'))} AS null_in_source, ${rows('t', hasNull('t'))} AS null_in_target, ` +
    `${rows('s')} AS rows_in_source, ${rows('t')} AS rows_in_target ` +
    `FROM (${counted(source, sourceKeys, dialect)}) AS s FULL JOIN (${counted(target, targetKeys, dialect)}) AS t ON ${on}`
  );
};

const counted = (from: ScopedRelation, keys: readonly ColumnExpression[], dialect: BaseDialect): string => {
  const expressions = keys.map((key) => dialect.joinKey(dialect.quoteIdentifier(key.name), key.type));
  return (
    `SELECT ${selectList(expressions, keyAliases(keys))}, count(*) AS n ` +
    `${fromScope(from, dialect)} GROUP BY ${expressions.join(', ')}`
  );
};

/** Both sides by turns, so that many missing keys on one side do not hide those of the other. */
export const keyDifferenceRows = (
  { target, targetKeys, source, sourceKeys, limit }: Extract<Statement, { kind: 'key_difference_rows' }>,
  dialect: BaseDialect,
): string => {
  const list = keyAliases(targetKeys).join(', ');
  const names = targetKeys.map(({ name }) => dialect.quoteIdentifier(name));
  const inSource = { from: source, keys: sourceKeys };
  const inTarget = { from: target, keys: targetKeys };
  const numbered = (side: string, present: KeySide, absent: KeySide) =>
    `SELECT '${side}' AS side, ${list}, row_number() OVER (ORDER BY ${list}) AS place ` +
    `FROM (${missingKeys(present, absent, dialect)} ORDER BY ${list} LIMIT ${limit}) AS ${side}`;
  return (
    `SELECT side, ${selectList(keyAliases(targetKeys), names)} FROM (` +
    `${numbered('missing_in_target', inSource, inTarget)} UNION ALL ` +
    `${numbered('missing_in_source', inTarget, inSource)}) AS d ORDER BY place, side LIMIT ${limit}`
  );
};

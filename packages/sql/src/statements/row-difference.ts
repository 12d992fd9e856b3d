import type { ColumnExpression, ComparedColumns, RowPair, ScopedRelation, Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { literal } from '../build.js';
import { canonicalText, finiteMicroseconds, orderedValue } from '../canonical/canonical-text.js';
import { type KeySide, totals } from './missing-keys.js';
import { complete, fromScope, keyAliases, selectList } from './relation.js';

type Side = 'target' | 'source';

/** Both sides joined in full: a row without a partner has NULL for `present` of the other side. */
export const rowDifferenceCounts = (
  statement: Extract<Statement, { kind: 'row_difference_counts' }>,
  dialect: BaseDialect,
): string => {
  const figures = [
    `${dialect.countIf('t.present IS NULL')} AS missing_in_target`,
    `${dialect.countIf('s.present IS NULL')} AS missing_in_source`,
    `${dialect.countIf(bothPresent(anyDiffers(statement, dialect)))} AS different`,
    ...statement.values.map(
      (value, index) => `${dialect.countIf(bothPresent(differs(value, index, dialect)))} AS different_${index}`,
    ),
    'count(t.present) AS joined_in_target',
    'count(s.present) AS joined_in_source',
  ];
  return (
    'SELECT d.*, s.incomplete AS null_in_source, t.incomplete AS null_in_target, s.n AS rows_in_source, t.n AS rows_in_target ' +
    `FROM (SELECT ${figures.join(', ')} FROM ${joined(statement, dialect)}) AS d, ` +
    `${totals(sideOf(statement, 'source'), dialect)} AS s, ${totals(sideOf(statement, 'target'), dialect)} AS t`
  );
};

/** The three kinds of difference by turns, so that many of one do not hide the others. */
export const rowDifferenceRows = (
  statement: Extract<Statement, { kind: 'row_difference_rows' }>,
  dialect: BaseDialect,
): string => {
  const { values, targetKeys, limit } = statement;
  const aliases = keyAliases(targetKeys);
  const shown = [...aliases, ...values.map((_, index) => `t${index}`), ...values.map((_, index) => `s${index}`)].join(
    ', ',
  );
  const list = [
    ...aliases.map((alias) => `coalesce(t.${alias}, s.${alias}) AS ${alias}`),
    ...values.map((_, index) => `t.r${index} AS t${index}`),
    ...values.map((_, index) => `s.r${index} AS s${index}`),
  ];
  const difference =
    "CASE WHEN t.present IS NULL THEN 'missing_in_target' WHEN s.present IS NULL THEN 'missing_in_source' ELSE 'different' END";
  const found =
    `SELECT ${difference} AS difference, ${list.join(', ')} FROM ${joined(statement, dialect)} ` +
    `WHERE t.present IS NULL OR s.present IS NULL OR ${anyDiffers(statement, dialect)}`;
  const numbered = `SELECT difference, ${shown}, row_number() OVER (PARTITION BY difference ORDER BY ${aliases.join(', ')}) AS nth FROM (${found}) AS f`;
  return `SELECT difference, ${shown} FROM (${numbered}) AS n ORDER BY nth, difference LIMIT ${limit}`;
};

const sideOf = (pair: RowPair, side: Side): KeySide =>
  side === 'target' ? { from: pair.target, keys: pair.targetKeys } : { from: pair.source, keys: pair.sourceKeys };

const joined = (pair: RowPair, dialect: BaseDialect): string => {
  const names = [...keyAliases(pair.targetKeys), ...(pair.inOrder ? ['place'] : [])];
  const on = names.map((name) => `s.${name} = t.${name}`).join(' AND ');
  return `(${rowsOf(pair, 'target', dialect)}) AS t FULL JOIN (${rowsOf(pair, 'source', dialect)}) AS s ON ${on}`;
};

/** Keys as `k0`, values to compare as `v0`, to subtract as `m0`, to order by as `o0`, to show as `r0`. */
const rowsOf = (pair: RowPair, side: Side, dialect: BaseDialect): string => {
  const { from, keys } = sideOf(pair, side);
  const rows = `SELECT ${columnsOf(pair, side, keys, dialect).join(', ')}, 1 AS present ${completeRows(from, keys, dialect)}`;
  if (!pair.inOrder) return rows;
  const order = orderOf(pair.values).flatMap((index) => [`o${index} IS NULL`, `o${index}`]);
  const place = `row_number() OVER (PARTITION BY ${keyAliases(keys).join(', ')} ORDER BY ${order.join(', ')})`;
  return `SELECT q.*, ${place} AS place FROM (${rows}) AS q`;
};

const completeRows = (from: ScopedRelation, keys: readonly ColumnExpression[], dialect: BaseDialect): string =>
  fromScope(from, dialect, complete(keys, dialect));

const columnsOf = (
  { values, inOrder }: RowPair,
  side: Side,
  keys: readonly ColumnExpression[],
  dialect: BaseDialect,
): readonly string[] => {
  const expressions = keys.map((key) => dialect.joinKey(dialect.quoteIdentifier(key.name), key.type));
  return [
    selectList(expressions, keyAliases(keys)),
    ...values.flatMap((value, index) => [
      `${comparedValue(value, side, dialect)} AS v${index}`,
      ...(value.tolerance === undefined ? [] : [`${measuredValue(value, side, dialect)} AS m${index}`]),
      ...(inOrder ? [`${orderedValue({ column: value[side], form: value.form }, dialect)} AS o${index}`] : []),
      `${dialect.quoteIdentifier(value[side].name)} AS r${index}`,
    ]),
  ];
};

/** Values that must be equal first: rows that agree in them stay together when others differ a little. */
const orderOf = (values: readonly ComparedColumns[]): readonly number[] => {
  const places = [...values.keys()];
  const isExact = (index: number) => values[index]?.tolerance === undefined;
  return [...places.filter(isExact), ...places.filter((index) => !isExact(index))];
};

const comparedValue = (value: ComparedColumns, side: Side, dialect: BaseDialect): string => {
  const { form } = value;
  const column = value[side];
  const sql = dialect.quoteIdentifier(column.name);
  if ('digits' in form && form.digits !== undefined) return canonicalText({ column, form }, dialect);
  if (form.kind === 'double') return dialect.joinKey(dialect.exactDouble(sql, column.type), double);
  return dialect.joinKey(sql, column.type);
};

const double = { kind: 'float', native: 'double' } as const;

const measuredValue = ({ form, ...columns }: ComparedColumns, side: Side, dialect: BaseDialect): string => {
  const { name, type } = columns[side];
  const sql = dialect.quoteIdentifier(name);
  if (form.kind === 'double') return dialect.exactDouble(sql, type);
  if (form.kind === 'number') return dialect.widened(sql, type);
  return dialect.widened(finiteMicroseconds(sql, type, dialect), wholeMicroseconds);
};

/** The distance between the first and the last moment of some engines is more than 64 bits hold. */
const wholeMicroseconds = { kind: 'integer', native: 'bigint' } as const;

const bothPresent = (condition: string): string => `t.present = 1 AND s.present = 1 AND (${condition})`;

const anyDiffers = ({ values }: RowPair, dialect: BaseDialect): string =>
  values.map((value, index) => differs(value, index, dialect)).join(' OR ');

const differs = ({ form, tolerance }: ComparedColumns, index: number, dialect: BaseDialect): string => {
  const isDistinct = `t.v${index} IS DISTINCT FROM s.v${index}`;
  if (tolerance === undefined) return isDistinct;
  const largest = largestDifference(form.kind, tolerance, dialect);
  const isNear = dialect.isNear(`t.m${index}`, `s.m${index}`, largest, form.kind === 'number');
  return `(${isDistinct} AND NOT coalesce(${isNear}, FALSE))`;
};

const largestDifference = (kind: ComparedColumns['form']['kind'], tolerance: string, dialect: BaseDialect): string => {
  if (kind === 'double') return dialect.literal(literal('float', tolerance));
  const isMoment = kind === 'instant' || kind === 'time';
  return dialect.literal(literal('decimal', isMoment ? inMicroseconds(tolerance) : tolerance));
};

/** Moves the decimal point six places; what is finer than a microsecond is cut. */
const inMicroseconds = (seconds: string): string => {
  const [whole = '', fraction = ''] = seconds.split('.');
  return `${whole}${fraction.slice(0, 6).padEnd(6, '0')}`;
};

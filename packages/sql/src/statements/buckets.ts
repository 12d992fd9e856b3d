import type { Bucketed, Bucketing, BucketSelection, CanonicalColumn, ColumnExpression, Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { literal } from '../build.js';
import { keyPosition } from '../canonical/canonical-text.js';
import { keyHash, rowHash } from '../canonical/key-hash.js';
import { complete, fromScope, keyAliases, selectList } from './relation.js';

type Of<Kind extends Statement['kind']> = Extract<Statement, { kind: Kind }>;

/** Hashes are made in a sub-select, so that each is made once a row. */
export const bucketChecksums = (statement: Of<'bucket_checksums'>, dialect: BaseDialect): string => {
  const { buckets, within, values } = statement;
  const bucket = bucketOf(buckets, dialect);
  const hash = values.length === 0 ? 'key_hash' : 'row_hash';
  return (
    `SELECT ${bucket} AS bucket, count(*) AS n, sum(${dialect.summable(hash, hashType)}) AS checksum ` +
    `FROM ${dialect.derived(hashes(statement, dialect), 'h')}${whereBucket(within, dialect)} GROUP BY 1`
  );
};

export const bucketRows = (statement: Of<'bucket_rows'>, dialect: BaseDialect): string => {
  const { keys, values, within, distinct, limit } = statement;
  const names = [...keyAliases(columnsOf(keys)), ...values.map((_, index) => `v${index}`)];
  const list = selectList(
    [...keys, ...values].map((column) => comparedValue(column, dialect)),
    names,
  );
  const select = `SELECT ${distinct ? 'DISTINCT ' : ''}`;
  if (within === undefined || within.by === 'range')
    return `${select}${list} ${scopeOf(statement, dialect)} LIMIT ${limit}`;
  const rows = `SELECT ${list}, ${keyHash(keys, dialect)} AS key_hash ${scopeOf(statement, dialect)}`;
  return `${select}${names.join(', ')} FROM ${dialect.derived(rows, 'h')}${whereBucket(within, dialect)} LIMIT ${limit}`;
};

const hashType = { kind: 'integer', native: 'bigint' } as const;
const columnsOf = (columns: readonly CanonicalColumn[]) => columns.map(({ column }) => column);

/** The value as it is compared once it was read. */
const comparedValue = ({ column, form }: CanonicalColumn, dialect: BaseDialect): string => {
  const sql = dialect.quoteIdentifier(column.name);
  return form.kind === 'double' && form.digits === undefined
    ? dialect.exactDouble(sql, column.type)
    : dialect.key(sql, column.type);
};

/** `key_hash`, `row_hash` where there are values, and `position` where buckets are ranges. */
const hashes = (statement: Of<'bucket_checksums'>, dialect: BaseDialect): string => {
  const { keys, values, buckets, distinct } = statement;
  if (distinct) return distinctHashes(statement, dialect);
  const list = hashList(keys, values, buckets, dialect);
  return `SELECT ${list} ${scopeOf(statement, dialect)}`;
};

const distinctHashes = (statement: Of<'bucket_checksums'>, dialect: BaseDialect): string => {
  const { keys, buckets } = statement;
  const aliases = keyAliases(columnsOf(keys));
  const expressions = keys.map(({ column }) => dialect.key(dialect.quoteIdentifier(column.name), column.type));
  const rows = `SELECT DISTINCT ${selectList(expressions, aliases)} ${scopeOf(statement, dialect)}`;
  const renamed = keys.map(({ column, form }, index) => ({ form, column: named(column, aliases[index] ?? '') }));
  return `SELECT ${hashList(renamed, [], buckets, dialect)} FROM (${rows}) AS d`;
};

const named = (column: ColumnExpression, name: string): ColumnExpression => ({ ...column, name });

const hashList = (
  keys: readonly CanonicalColumn[],
  values: readonly CanonicalColumn[],
  buckets: Bucketing,
  dialect: BaseDialect,
): string =>
  [
    `${keyHash(keys, dialect)} AS key_hash`,
    ...(values.length === 0 ? [] : [`${rowHash(keys, values, dialect)} AS row_hash`]),
    ...(buckets.by === 'hash' ? [] : [`${firstPosition(keys, dialect)} AS key_position`]),
  ].join(', ');

const firstPosition = ([first]: readonly CanonicalColumn[], dialect: BaseDialect): string => {
  if (!first) throw new RangeError('there is no key to cut ranges of');
  return keyPosition(first, dialect);
};

const bucketOf = (buckets: Bucketing, dialect: BaseDialect): string => {
  if (buckets.by === 'hash') return `mod(key_hash, ${buckets.count})`;
  const distance = `key_position - ${integer(buckets.from, dialect)}`;
  return `${distance} - mod(${distance}, ${integer(buckets.width, dialect)})`;
};

const integer = (value: string, dialect: BaseDialect): string => dialect.literal(literal('integer', value));

/** The rows with complete keys; ranges of keys are cut here, where an index may help. */
const scopeOf = ({ from, keys, within }: Bucketed, dialect: BaseDialect): string => {
  const isInRange = within?.by === 'range' ? rangesOf(within, firstPosition(keys, dialect), dialect) : undefined;
  return fromScope(from, dialect, [...complete(columnsOf(keys), dialect), isInRange]);
};

const rangesOf = (
  { ranges }: Extract<BucketSelection, { by: 'range' }>,
  position: string,
  dialect: BaseDialect,
): string => {
  const parts = ranges.map(
    ({ from, below }) => `${position} >= ${integer(from, dialect)} AND ${position} < ${integer(below, dialect)}`,
  );
  return `(${parts.join(' OR ')})`;
};

const whereBucket = (within: BucketSelection | undefined, dialect: BaseDialect): string => {
  if (within === undefined || within.by === 'range') return '';
  const bucket = bucketOf({ by: 'hash', count: within.count }, dialect);
  if (within.by === 'hash') return ` WHERE ${bucket} IN (${within.chosen.join(', ')})`;
  return ` WHERE ${bucket} >= ${within.from} AND ${bucket} < ${within.below}`;
};

import type { CanonicalColumn, CanonicalForm, ColumnType } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { literal } from '../build.js';
import { decimalSize } from '../native-type.js';

/** A value as a text that equal values of every engine share and no others; NULL for NULL. */
export const canonicalText = ({ column, form }: CanonicalColumn, dialect: BaseDialect): string => {
  const { type } = column;
  const sql = dialect.quoteIdentifier(column.name);
  switch (form.kind) {
    case 'number':
      return numberText(sql, type, form.digits, dialect);
    case 'double':
      return doubleText(dialect.exactDouble(sql, type), form, dialect);
    case 'instant':
    case 'time':
      return momentText(sql, type, form, dialect);
    case 'text':
      return dialect.plainText(sql, type);
    case 'bytes':
      return dialect.hexText(sql);
    case 'boolean':
      return `CASE WHEN ${sql} THEN 'true' WHEN NOT ${sql} THEN 'false' END`;
    case 'uuid':
      return `lower(${dialect.asText(sql)})`;
  }
};

/** An integer, date or timestamp as a 64-bit integer, under which ranges of keys are cut. */
export const keyPosition = ({ column: { name, type } }: CanonicalColumn, dialect: BaseDialect): string => {
  const sql = dialect.quoteIdentifier(name);
  return dialect.asBigint(type.kind === 'integer' ? sql : dialect.microseconds(sql, type));
};

const numberText = (sql: string, type: ColumnType, digits: number | undefined, dialect: BaseDialect): string => {
  if (type.kind === 'integer') return dialect.asText(sql);
  if (type.kind === 'float') return roundedFloatText(sql, digits ?? 0, dialect);
  const scale = decimalSize(type)?.scale;
  if (digits === undefined || (scale !== undefined && scale <= digits)) return dialect.decimalText(sql, scale, type);
  return dialect.decimalText(dialect.roundedDecimal(sql, digits), digits);
};

/** Below, doubles have digits after the point that may be rounded away, and fit into an exact number with 15 of them. */
const largestRounded = '1e15';

const roundedFloatText = (sql: string, digits: number, dialect: BaseDialect): string => {
  const rounded = dialect.decimalText(dialect.roundedFloat(sql, digits), digits);
  const large = dialect.doubleBits(dialect.asDouble(sql)) ?? sql;
  return `CASE WHEN abs(${sql}) < ${float(largestRounded, dialect)} THEN ${rounded} ELSE ${dialect.asText(large)} END`;
};

const float = (value: string, dialect: BaseDialect): string => dialect.literal(literal('float', value));

const double: ColumnType = { kind: 'float', native: 'double' };

/** Adding 0 turns −0 into 0. Multiplying by a power of two is exact, and so is rounding down. */
const doubleText = (
  sql: string,
  { coarse }: Extract<CanonicalForm, { kind: 'double' }>,
  dialect: BaseDialect,
): string => {
  if (coarse) {
    const near = dialect.asText(dialect.asBigint(`floor(${sql} * 1048576)`));
    return `CASE WHEN abs(${sql}) < ${float('1e12', dialect)} THEN ${near} WHEN ${sql} IS NOT NULL THEN 'large' END`;
  }
  const bits = dialect.doubleBits(`(${sql} + 0)`);
  if (bits === undefined) throw dialect.cannotWrite('the bits of a double');
  return `CASE WHEN ${dialect.isNan(sql, double)} THEN 'NaN' ELSE ${dialect.asText(bits)} END`;
};

type Moment = Extract<CanonicalForm, { kind: 'instant' | 'time' }>;

const momentText = (sql: string, type: ColumnType, form: Moment, dialect: BaseDialect): string => {
  const finite = finiteMomentText(sql, type, form, dialect);
  if (type.kind === 'time' || !dialect.holdsInfinity(type)) return finite;
  const epoch = dialect.literal(literal(momentKind(type), momentEpoch(type)), type);
  return (
    `CASE WHEN ${dialect.isFinite(sql, type)} THEN ${finite} ` +
    `WHEN ${sql} > ${epoch} THEN 'Infinity' WHEN ${sql} < ${epoch} THEN '-Infinity' END`
  );
};

const momentKind = ({ kind }: ColumnType) => (kind === 'date' || kind === 'timestamptz' ? kind : 'timestamp');

const momentEpoch = ({ kind }: ColumnType): string => {
  if (kind === 'date') return '1970-01-01';
  return kind === 'timestamptz' ? '1970-01-01 00:00:00Z' : '1970-01-01 00:00:00';
};

const microsecondDigits = 6;

const finiteMomentText = (sql: string, type: ColumnType, form: Moment, dialect: BaseDialect): string => {
  const whole = dialect.microseconds(sql, type);
  if (form.digits !== undefined && form.digits < microsecondDigits)
    return dialect.asText(cut(whole, 10 ** (microsecondDigits - form.digits)));
  const isWhole = form.digits !== undefined || (form.kind === 'instant' && form.coarse);
  const finer = isWhole ? undefined : dialect.finerThanMicroseconds(sql, type);
  const text = dialect.asText(whole);
  return finer === undefined
    ? text
    : `${text} || CASE WHEN ${finer} = 0 THEN '' ELSE '.' || ${dialect.asText(finer)} END`;
};

/** Down to a multiple of `unit`, also below zero. */
const cut = (sql: string, unit: number): string => `(${sql} - mod(mod(${sql}, ${unit}) + ${unit}, ${unit}))`;

/** Finite moments in microseconds; NULL for others. */
export const finiteMicroseconds = (sql: string, type: ColumnType, dialect: BaseDialect): string => {
  const whole = dialect.microseconds(sql, type);
  if (type.kind === 'time' || !dialect.holdsInfinity(type)) return whole;
  return `CASE WHEN ${dialect.isFinite(sql, type)} THEN ${whole} END`;
};

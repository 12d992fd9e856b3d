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
      return doubleText(sql, type, form, dialect);
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
  if (digits === undefined || !isLonger(type, digits)) {
    return dialect.decimalText(sql, decimalSize(type)?.scale, type);
  }
  return dialect.decimalText(dialect.roundedDecimal(sql, digits), digits);
};

/** Whether numbers may have more digits after the point. A decimal that has less would lose room before it if rounded. */
const isLonger = (type: ColumnType, digits: number): boolean =>
  type.kind !== 'integer' && (decimalSize(type)?.scale ?? Number.POSITIVE_INFINITY) > digits;

type Double = Extract<CanonicalForm, { kind: 'double' }>;

const doubleText = (sql: string, type: ColumnType, { digits, coarse }: Double, dialect: BaseDialect): string => {
  if (digits !== undefined) return roundedDoubleText(sql, type, digits, dialect);
  const value = dialect.exactDouble(sql, type);
  if (coarse) return coarseDoubleText(value, dialect);
  const bits = dialect.doubleBits(plusZero(value));
  if (bits === undefined) throw dialect.cannotWrite('the bits of a double');
  return `CASE WHEN ${dialect.isNan(value, double)} THEN 'NaN' ELSE ${dialect.asText(bits)} END`;
};

const double: ColumnType = { kind: 'float', native: 'double' };

/** Turns −0 into 0. */
const plusZero = (sql: string): string => `(${sql} + 0)`;

/** Below, doubles have digits after the point that may be rounded away, and fit into an exact number with 15 of them. */
const largestRounded = '1000000000000000';

const roundedDoubleText = (sql: string, type: ColumnType, digits: number, dialect: BaseDialect): string => {
  const value = dialect.exactDouble(sql, type);
  const large = dialect.asText(dialect.doubleBits(value) ?? value);
  return `CASE WHEN ${isRounded(sql, type, dialect)} THEN ${roundedText(sql, type, digits, dialect)} ELSE ${large} END`;
};

const isRounded = (sql: string, type: ColumnType, dialect: BaseDialect): string => {
  const [least, most] = [`-${largestRounded}`, largestRounded].map((value) =>
    dialect.literal(literal(type.kind === 'float' ? 'float' : 'integer', value)),
  );
  return `${sql} > ${least} AND ${sql} < ${most}`;
};

const roundedText = (sql: string, type: ColumnType, digits: number, dialect: BaseDialect): string =>
  type.kind === 'float'
    ? dialect.decimalText(dialect.roundedFloat(sql, digits), digits)
    : numberText(sql, type, digits, dialect);

/** Multiplying by a power of two is exact, and so is rounding down. */
const coarseDoubleText = (value: string, dialect: BaseDialect): string => {
  const near = dialect.asText(dialect.asBigint(`floor(${value} * 1048576)`));
  const most = dialect.literal(literal('float', '1e12'));
  return `CASE WHEN abs(${value}) < ${most} THEN ${near} WHEN ${value} IS NOT NULL THEN 'large' END`;
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
  const whole = cutMicroseconds(sql, type, form, dialect);
  const isWhole = form.digits !== undefined || (form.kind === 'instant' && form.coarse);
  const finer = isWhole ? undefined : dialect.finerThanMicroseconds(sql, type);
  const text = dialect.asText(whole);
  return finer === undefined
    ? text
    : `${text} || CASE WHEN ${finer} = 0 THEN '' ELSE '.' || ${dialect.asText(finer)} END`;
};

/** Down to as many digits of the second as count, also before 1970. */
const cutMicroseconds = (sql: string, type: ColumnType, { digits }: Moment, dialect: BaseDialect): string => {
  const whole = dialect.microseconds(sql, type);
  return digits === undefined || digits >= microsecondDigits ? whole : cut(whole, 10 ** (microsecondDigits - digits));
};

const cut = (sql: string, unit: number): string => `(${sql} - mod(mod(${sql}, ${unit}) + ${unit}, ${unit}))`;

/** Finite moments in microseconds; NULL for others. */
export const finiteMicroseconds = (sql: string, type: ColumnType, dialect: BaseDialect): string => {
  const whole = dialect.microseconds(sql, type);
  if (type.kind === 'time' || !dialect.holdsInfinity(type)) return whole;
  return `CASE WHEN ${dialect.isFinite(sql, type)} THEN ${whole} END`;
};

/** A value by which rows are ordered as this process orders what it reads: numbers and times by size, text by code point. */
export const orderedValue = ({ column, form }: CanonicalColumn, dialect: BaseDialect): string => {
  const sql = dialect.quoteIdentifier(column.name);
  const { type } = column;
  switch (form.kind) {
    case 'number':
      return form.digits !== undefined && isLonger(type, form.digits) ? dialect.roundedDecimal(sql, form.digits) : sql;
    case 'double':
      return orderedDouble(sql, type, form, dialect);
    case 'instant':
    case 'time':
      return form.digits === undefined ? sql : orderedMoment(sql, type, form, dialect);
    default:
      return dialect.key(sql, type);
  }
};

const orderedDouble = (sql: string, type: ColumnType, { digits }: Double, dialect: BaseDialect): string => {
  const value = dialect.exactDouble(sql, type);
  if (digits === undefined) return value;
  const rounded = type.kind === 'float' ? dialect.roundedFloat(sql, digits) : dialect.roundedDecimal(sql, digits);
  return `CASE WHEN ${isRounded(sql, type, dialect)} THEN ${dialect.asDouble(rounded)} ELSE ${value} END`;
};

/** Beyond every finite moment in microseconds. */
const infinitelyLate = `1${'0'.repeat(30)}`;

const orderedMoment = (sql: string, type: ColumnType, form: Moment, dialect: BaseDialect): string => {
  const cutDown = cutMicroseconds(sql, type, form, dialect);
  if (type.kind === 'time' || !dialect.holdsInfinity(type)) return cutDown;
  const epoch = dialect.literal(literal(momentKind(type), momentEpoch(type)), type);
  return (
    `CASE WHEN ${dialect.isFinite(sql, type)} THEN ${cutDown} WHEN ${sql} > ${epoch} THEN ${infinitelyLate} ` +
    `WHEN ${sql} < ${epoch} THEN -${infinitelyLate} END`
  );
};

import type { ColumnDescription, Dialect, Expression, LiteralExpression, LiteralType } from '@aegis/spec';
import { asDouble, asText, holdsNan, isNumber, isTime } from '../survey/query-text.js';
import type { Measure, MeasureKind } from './profile.js';

/** A measure and what is summed up for it. */
export interface MeasureColumn extends Measure {
  readonly sql: string;
  /** Whether the column may hold what no sum can: that is left out, and is not NULL either. */
  readonly isPartial: boolean;
}

export const measuresOf = (column: ColumnDescription, dialect: Dialect): readonly MeasureColumn[] => {
  if (isNumber(column)) return [numberMeasure(column, dialect)];
  if (isTime(column)) return timeMeasures(column, dialect);
  if (column.type.kind !== 'text') return [];
  const length = `length(${asText(dialect.quoteIdentifier(column.name), dialect)})`;
  return [{ column: column.name, kind: 'length', sql: asDouble(length, dialect), isPartial: false }];
};

const numberMeasure = (column: ColumnDescription, dialect: Dialect): MeasureColumn => {
  const { name, type } = column;
  const isPartial = holdsNan(type, dialect);
  const sql = isPartial ? finite(column, dialect) : asDouble(dialect.quoteIdentifier(name), dialect);
  return { column: name, kind: 'number', sql, isPartial };
};

const timeMeasures = (column: ColumnDescription, dialect: Dialect): readonly MeasureColumn[] => {
  const utc = inUtc(column, dialect);
  const part = (name: string) => partOf(name, utc, dialect);
  const isDated = dialect.expression(between(column, moment(column, firstMoment), moment(column, lastMoment)));
  const measure = (kind: MeasureKind, text: string): MeasureColumn => ({
    ...{ column: column.name, kind, isPartial: true },
    sql: `CASE WHEN ${isDated} THEN ${asDouble(text, dialect)} END`,
  });
  const days = measure('days', `${part('YEAR')} * 372 + ${part('MONTH')} * 31 + ${part('DAY')}`);
  if (column.type.kind === 'date') return [days];
  return [days, measure('hours', `${part('HOUR')} * 60 + ${part('MINUTE')}`)];
};

/** PostgreSQL extracts exact numerics, which takes longer than adding them up. */
const partOf = (name: string, sql: string, dialect: Dialect): string =>
  dialect.name === 'postgres' ? `date_part('${name.toLowerCase()}', ${sql})` : `EXTRACT(${name} FROM ${sql})`;

/** Trino and Athena take a moment apart in the zone that it was written with. */
export const inUtc = ({ name, type }: ColumnDescription, dialect: Dialect): string => {
  const sql = dialect.quoteIdentifier(name);
  return type.kind === 'timestamptz' && dialect.parserName === 'trino'
    ? `CAST(${sql} AT TIME ZONE 'UTC' AS timestamp(6))`
    : sql;
};

/** Where years have four digits; engines disagree about those before, and some have moments without end. */
const firstMoment = '0001-01-01 00:00:00';
const lastMoment = '9999-12-31 23:59:59.999999';
/** Later ones say that something has no end. */
const endOfTime = '2090-01-01 00:00:00';

/** Whether it places a row in time. */
export const isInTime = (column: ColumnDescription, dialect: Dialect): string =>
  dialect.expression(between(column, moment(column, firstMoment), moment(column, endOfTime)));

/** @param since as a warehouse answers it, with a space between day and time */
export const isAfter = (column: ColumnDescription, dialect: Dialect, since: string): string =>
  dialect.expression(compared(column, '>', moment(column, since)));

/** A constant of the column's own type. */
const moment = ({ type: { kind } }: ColumnDescription, value: string): LiteralExpression => {
  if (kind === 'date') return literal('date', value.slice(0, 'YYYY-MM-DD'.length));
  return kind === 'timestamptz' ? literal(kind, value.replace(/Z?$/, 'Z')) : literal('timestamp', value);
};

/** Squares of larger numbers, and of smaller fractions, are none that every engine holds. */
const finite = (column: ColumnDescription, dialect: Dialect): string => {
  const [largest, smallest] = column.type.kind === 'decimal' ? decimalEnds : floatEnds;
  const number = (value: string) => literal(column.type.kind === 'decimal' ? 'decimal' : 'float', value);
  const isHeld = dialect.expression(between(column, number(`-${largest}`), number(largest)));
  const isNothing = dialect.expression(between(column, number(`-${smallest}`), number(smallest)));
  const value = asDouble(dialect.quoteIdentifier(column.name), dialect);
  return `CASE WHEN ${isNothing} THEN ${asDouble('0', dialect)} WHEN ${isHeld} THEN ${value} END`;
};

const decimalEnds = [`1${'0'.repeat(38)}`, `0.${'0'.repeat(37)}1`] as const;
const floatEnds = ['1e37', '1e-37'] as const;

const between = (column: ColumnDescription, from: LiteralExpression, until: LiteralExpression): Expression => ({
  kind: 'and',
  operands: [compared(column, '>=', from), compared(column, '<=', until)],
});

const compared = (
  { name, type }: ColumnDescription,
  operator: '>' | '>=' | '<=',
  right: LiteralExpression,
): Expression => ({ kind: 'compare', left: { kind: 'column', name, type }, operator, right });

const literal = (type: LiteralType, value: string): LiteralExpression => ({ kind: 'literal', type, value });

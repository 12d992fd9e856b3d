import type { ColumnExpression, CompareOperator, Expression } from '@aegis/spec';
import { Big } from 'big.js';
import { compare, isNan, literal, or } from '../build.js';
import { decimalSize } from '../native-type.js';
import { instantLiteral, isMidnight, literalFor, moment } from './literal-for.js';
import { mismatch } from './mismatch.js';
import { formatDate, formatMoment, isBeyondCalendar, wallOf } from './moment.js';
import { ceilTo, digits, exactNumber, floorTo } from './number.js';
import { instantSeconds } from './zone.js';

/** Bounds as a rule wrote them, both inclusive. */
export interface WrittenBounds {
  readonly min?: string | undefined;
  readonly max?: string | undefined;
}

/** Which values lie beyond a bound. */
type Side = 'below' | 'above';

const operators: { readonly [side in Side]: '<' | '>' } = { below: '<', above: '>' };

/**
 * Whether a value is below an inclusive lower bound; NULL for NULL. A date bound on a timestamp column starts with the
 * day's first instant in `timezone`. @throws PlanError `type-mismatch`
 */
export const belowBound = (column: ColumnExpression, text: string, timezone: string): Expression =>
  beyond('below', column, text, timezone);

/**
 * Whether a value is above an inclusive upper bound; NULL for NULL. A date bound on a timestamp column ends with the
 * day's last instant in `timezone`. @throws PlanError `type-mismatch`
 */
export const aboveBound = (column: ColumnExpression, text: string, timezone: string): Expression =>
  beyond('above', column, text, timezone);

/** Whether a value is below, above, or NaN, which is outside every range, one-sided ones too. NULL for NULL. */
export const outsideRange = (column: ColumnExpression, { min, max }: WrittenBounds, timezone: string): Expression => {
  const sides = [
    ...(min === undefined ? [] : [belowBound(column, min, timezone)]),
    ...(max === undefined ? [] : [aboveBound(column, max, timezone)]),
  ];
  const { kind } = column.type;
  return or(...sides, ...(kind === 'float' || kind === 'decimal' ? [isNan(column)] : []));
};

const beyond = (side: Side, column: ColumnExpression, text: string, timezone: string): Expression => {
  switch (column.type.kind) {
    case 'integer':
    case 'decimal':
      return beyondNumber(side, column, exactNumber(column, text));
    case 'date':
      return beyondDate(side, column, text, timezone);
    case 'timestamp':
    case 'timestamptz':
      return beyondMoment(side, column, text, timezone);
    default:
      return beyondLiteral(side, column, text, timezone);
  }
};

const beyondLiteral = (side: Side, column: ColumnExpression, text: string, timezone: string): Expression => {
  const bound = literalFor(column, text, timezone);
  if (bound.type === 'float' && bound.value === 'NaN') throw mismatch(column, text, 'a bound');
  return compare(column, operators[side], bound);
};

/**
 * The bound in digits that the column can hold: `x > 5.5` is `x > 5` for integers. Engines then compare in the column's
 * own type, which is faster, and never cast a value into a type that is too small for it.
 */
const beyondNumber = (side: Side, column: ColumnExpression, bound: Big): Expression => {
  const size = column.type.kind === 'integer' ? { precision: 38, scale: 0 } : decimalSize(column.type);
  if (!size) return compareNumber(column, operators[side], bound);
  const nearest = side === 'below' ? ceilTo(bound, size.scale) : floorTo(bound, size.scale);
  const largest = new Big(10).pow(size.precision).minus(1).times(new Big(10).pow(-size.scale));
  if (nearest.abs().lte(largest)) return compareNumber(column, operators[side], nearest);
  const isEveryValueBeyond = nearest.gt(0) === (side === 'below');
  const edge = nearest.gt(0) ? largest : largest.neg();
  return compareNumber(column, isEveryValueBeyond ? `${operators[side]}=` : operators[side], edge);
};

const compareNumber = (column: ColumnExpression, operator: CompareOperator, bound: Big): Expression => {
  const text = digits(bound);
  return compare(column, operator, literal(text.includes('.') ? 'decimal' : 'integer', text));
};

/** A day counts as its first instant, so it is below any later time on that day. */
const beyondDate = (side: Side, column: ColumnExpression, text: string, timezone: string): Expression => {
  const written = moment(column, text);
  const wall = wallOf(written, timezone);
  const isWithinDay = side === 'below' && !isMidnight(wall, written.fraction);
  return compare(column, isWithinDay ? '<=' : operators[side], literal('date', formatDate(wall)));
};

const beyondMoment = (side: Side, column: ColumnExpression, text: string, timezone: string): Expression => {
  const written = moment(column, text);
  return side === 'above' && !written.hasTime
    ? afterDay(column, written.seconds, timezone)
    : compare(column, operators[side], literalFor(column, text, timezone));
};

const daySeconds = 86_400;

const afterDay = (column: ColumnExpression, day: number, timezone: string): Expression => {
  const isZoned = column.type.kind === 'timestamptz';
  const nextDay = isZoned ? instantSeconds(day + daySeconds, timezone) : day + daySeconds;
  const [operator, seconds, fraction] = isBeyondCalendar(nextDay)
    ? (['>', nextDay, '999999'] as const)
    : (['>=', nextDay, ''] as const);
  return compare(
    column,
    operator,
    isZoned ? instantLiteral(seconds, fraction) : literal('timestamp', formatMoment(seconds, fraction)),
  );
};

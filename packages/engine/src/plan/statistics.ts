import type {
  AggregateExpression,
  ColumnStatistics,
  CompareOperator,
  Expression,
  LiteralExpression,
  TableStatistics,
} from '@aegis/spec';
import Big from 'big.js';

/** The truth values that an expression may have on some row. */
interface Possible {
  readonly true: boolean;
  readonly false: boolean;
  readonly null: boolean;
}

const anything: Possible = { true: true, false: true, null: true };

/**
 * What exact statistics say about an aggregate over the whole table, without a scan.
 * @returns a count as a decimal string, or `undefined` when they do not decide it.
 */
export const answerFromStatistics = (
  expression: AggregateExpression,
  statistics: TableStatistics,
): string | undefined => {
  const { rowCount } = statistics;
  if (expression.kind === 'count_all') return rowCount;
  if (expression.kind === 'count') return countNonNull(expression.operand, statistics);
  if (expression.kind === 'count_if') return countTrue(expression.condition, statistics);
  return undefined;
};

const countNonNull = (operand: Expression, statistics: TableStatistics): string | undefined => {
  const nulls = columnOf(operand, statistics)?.nullCount;
  return nulls === undefined || statistics.rowCount === undefined
    ? undefined
    : new Big(statistics.rowCount).minus(nulls).toFixed();
};

const countTrue = (condition: Expression, statistics: TableStatistics): string | undefined => {
  if (condition.kind === 'is_null') {
    const nulls = columnOf(condition.operand, statistics)?.nullCount;
    if (nulls !== undefined) return nulls;
  }
  const possible = truth(condition, statistics);
  if (!possible.true) return '0';
  return !possible.false && !possible.null ? statistics.rowCount : undefined;
};

const columnOf = (operand: Expression, { columns }: TableStatistics): ColumnStatistics | undefined =>
  operand.kind === 'column' && Object.hasOwn(columns, operand.name) ? columns[operand.name] : undefined;

/** Three-valued logic over sets of possible values. Anything not understood may be anything. */
const truth = (expression: Expression, statistics: TableStatistics): Possible => {
  switch (expression.kind) {
    case 'is_null':
      return truthOfIsNull(expression.operand, statistics);
    case 'is_nan':
      return truthOfIsNan(expression.operand, statistics);
    case 'is_finite':
      return truthOfIsFinite(expression.operand, statistics);
    case 'compare':
      return truthOfComparison(expression.left, expression.operator, expression.right, statistics);
    case 'not': {
      const operand = truth(expression.operand, statistics);
      return { true: operand.false, false: operand.true, null: operand.null };
    }
    case 'and':
      return expression.operands.map((operand) => truth(operand, statistics)).reduce(both);
    case 'or':
      return expression.operands.map((operand) => truth(operand, statistics)).reduce(either);
    default:
      return anything;
  }
};

const both = (left: Possible, right: Possible): Possible => ({
  true: left.true && right.true,
  false: left.false || right.false,
  null: (left.null && (right.null || right.true)) || (right.null && left.true),
});

const either = (left: Possible, right: Possible): Possible => ({
  true: left.true || right.true,
  false: left.false && right.false,
  null: (left.null && (right.null || right.false)) || (right.null && left.false),
});

const truthOfIsNull = (operand: Expression, statistics: TableStatistics): Possible => {
  const nulls = columnOf(operand, statistics)?.nullCount;
  if (nulls === undefined) return { true: true, false: true, null: false };
  return { true: nulls !== '0', false: nulls !== statistics.rowCount, null: false };
};

const mayBeNull = (operand: Expression, statistics: TableStatistics): boolean =>
  columnOf(operand, statistics)?.nullCount !== '0';

const truthOfIsNan = (operand: Expression, statistics: TableStatistics): Possible =>
  hasNoNan(operand, statistics) ? { true: false, false: true, null: mayBeNull(operand, statistics) } : anything;

const truthOfIsFinite = (operand: Expression, statistics: TableStatistics): Possible =>
  isBounded(operand, statistics) ? { true: true, false: false, null: mayBeNull(operand, statistics) } : anything;

const hasNoNan = (operand: Expression, statistics: TableStatistics): boolean =>
  isBounded(operand, statistics) || (operand.kind === 'column' && exactKinds.has(operand.type.kind));

/** Bounds are given only for columns that hold neither NaN nor an infinity. */
const isBounded = (operand: Expression, statistics: TableStatistics): boolean =>
  columnOf(operand, statistics)?.min !== undefined;

const exactKinds: ReadonlySet<string> = new Set(['integer', 'date', 'timestamp', 'timestamptz', 'decimal']);
const mirrored: { readonly [operator in CompareOperator]: CompareOperator } = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

const truthOfComparison = (
  left: Expression,
  operator: CompareOperator,
  right: Expression,
  statistics: TableStatistics,
): Possible => {
  if (left.kind === 'literal' && right.kind === 'column') {
    return truthOfComparison(right, mirrored[operator], left, statistics);
  }
  const bounds = columnOf(left, statistics);
  if (left.kind !== 'column' || right.kind !== 'literal' || bounds?.min === undefined || bounds.max === undefined) {
    return anything;
  }
  const order = orderFor(left.type.kind, right);
  if (!order) return anything;
  const range = { low: order(bounds.min, right.value), high: order(bounds.max, right.value) };
  return { ...withinRange[operator](range), null: bounds.nullCount !== '0' };
};

/** How the smallest and the largest value compare with the literal: below 0 means smaller. */
interface Range {
  readonly low: number;
  readonly high: number;
}

const withinRange: { readonly [operator in CompareOperator]: (range: Range) => { true: boolean; false: boolean } } = {
  '<': ({ low, high }) => ({ true: low < 0, false: high >= 0 }),
  '<=': ({ low, high }) => ({ true: low <= 0, false: high > 0 }),
  '>': ({ low, high }) => ({ true: high > 0, false: low <= 0 }),
  '>=': ({ low, high }) => ({ true: high >= 0, false: low < 0 }),
  '=': ({ low, high }) => ({ true: low <= 0 && high >= 0, false: low !== 0 || high !== 0 }),
  '<>': ({ low, high }) => ({ true: low !== 0 || high !== 0, false: low <= 0 && high >= 0 }),
};

type Order = (left: string, right: string) => number;

const orderFor = (kind: string, literal: LiteralExpression): Order | undefined => {
  const isNumber = literal.type === 'integer' || literal.type === 'decimal';
  if ((kind === 'integer' || kind === 'decimal') && isNumber) return (left, right) => new Big(left).cmp(right);
  if (kind === 'float') return literal.type === 'float' && literal.value !== 'NaN' ? compareDoubles : undefined;
  const sameKind = kind === literal.type || (kind === 'timestamp' && literal.type === 'date');
  return sameKind && kind !== 'integer' && exactKinds.has(kind) ? compareInstants : undefined;
};

/** Every engine reads digits as the nearest double, and so does JavaScript. */
const compareDoubles: Order = (left, right) => Number(left) - Number(right);

/** Four-digit years sort as text; a date is its first instant. Other years are left to the engine. */
const compareInstants: Order = (left, right) => {
  const [a, b] = [sortable(left), sortable(right)];
  return a < b ? -1 : a > b ? 1 : 0;
};

const sortable = (text: string): string => {
  const plain = text.replace('T', ' ').replace(/Z$/, '');
  const [date = '', time = '00:00:00'] = plain.split(' ');
  const [seconds = '', fraction = ''] = time.split('.');
  return `${date} ${seconds}.${fraction.padEnd(9, '0')}`;
};

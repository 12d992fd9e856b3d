import type { ColumnExpression, Expression, LiteralExpression } from '@aegis/spec';
import type { BaseDialect } from './base-dialect.js';
import { condition } from './condition.js';
import { digitCounts } from './literals.js';
import { decimalSize } from './native-type.js';
import { typeOf } from './typing.js';

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

/** A scalar expression as SQL that can stand anywhere an operand can. */
export const renderExpression = (expression: Expression, dialect: BaseDialect): string => {
  switch (expression.kind) {
    case 'column':
      return dialect.quoteIdentifier(expression.name);
    case 'literal':
      return dialect.literal(expression);
    case 'is_nan':
      return renderIsNan(expression, dialect);
    case 'is_finite':
      return renderIsFinite(expression, dialect);
    case 'matches':
      return dialect.matches(operandText(expression.operand, dialect), expression.pattern);
    case 'trim':
      return dialect.trimmed(plainText(expression.operand, dialect));
    case 'abs':
      return `abs(${dialect.widened(render(expression.operand, dialect), typeOf(expression.operand))})`;
    case 'to_double':
      return dialect.asDouble(render(expression.operand, dialect));
    default:
      return `(${renderOperation(expression, dialect)})`;
  }
};

const render = renderExpression;

type Operation = Of<'user_sql' | 'is_null' | 'not' | 'and' | 'or' | 'compare' | 'in' | 'arithmetic'>;

const operations: ReadonlySet<string> = new Set<Operation['kind']>([
  'user_sql',
  'is_null',
  'not',
  'and',
  'or',
  'compare',
  'in',
  'arithmetic',
]);

const isOperation = (expression: Expression): expression is Operation => operations.has(expression.kind);

/** What binds less tightly than a function call, without the parentheses that it needs as an operand. */
const renderOperation = (expression: Operation, dialect: BaseDialect): string => {
  switch (expression.kind) {
    case 'user_sql':
      return expression.sql;
    case 'is_null':
      return `${render(expression.operand, dialect)} IS NULL`;
    case 'not':
      return expression.operand.kind === 'is_null'
        ? `${render(expression.operand.operand, dialect)} IS NOT NULL`
        : `NOT ${render(expression.operand, dialect)}`;
    case 'and':
      return joined(expression.operands, 'AND', 'TRUE', dialect);
    case 'or':
      return joined(expression.operands, 'OR', 'FALSE', dialect);
    case 'compare':
      return renderCompare(expression, dialect);
    case 'in':
      return renderIn(expression, dialect);
    case 'arithmetic':
      return renderArithmetic(expression, dialect);
  }
};

/** The rows for which an expression is true, as SQL between parentheses; `undefined` when that is every row. */
export const renderCondition = (expression: Expression, dialect: BaseDialect): string | undefined => {
  const needed = condition(expression, dialect);
  if (typeof needed === 'boolean') return needed ? undefined : 'FALSE';
  return isOperation(needed) ? renderOperation(needed, dialect) : render(needed, dialect);
};

const joined = (operands: readonly Expression[], word: string, empty: string, dialect: BaseDialect): string =>
  operands.length === 0 ? empty : operands.map((operand) => render(operand, dialect)).join(` ${word} `);

/** One side of a comparison, in a form that compares as the other side's type does. */
const side = (expression: Expression, other: Expression, dialect: BaseDialect): string => {
  if (expression.kind === 'literal') return dialect.literal(expression, typeOf(other));
  return operandText(expression, dialect);
};

/** Text in its binary form; anything else as it is. */
const operandText = (expression: Expression, dialect: BaseDialect): string => {
  const sql = render(expression, dialect);
  const type = typeOf(expression);
  return type.kind === 'text' ? dialect.binaryText(sql, type) : sql;
};

const plainText = (expression: Expression, dialect: BaseDialect): string =>
  dialect.plainText(render(expression, dialect), typeOf(expression));

const renderCompare = (comparison: Of<'compare'>, dialect: BaseDialect): string => {
  const { left, operator, right } = comparison;
  if (left.kind === 'trim' && operator === '=' && isEmptyText(right))
    return dialect.isBlank(operandText(left.operand, dialect));
  return `${side(left, right, dialect)} ${operator} ${side(right, left, dialect)}`;
};

const isEmptyText = (expression: Expression): boolean =>
  expression.kind === 'literal' && expression.type === 'text' && expression.value === '';

const renderIn = ({ operand, values }: Of<'in'>, dialect: BaseDialect): string => {
  const isNan = values.some(isNanLiteral) ? [renderIsNan({ kind: 'is_nan', operand }, dialect)] : [];
  const possible = values.filter((value) => !isNanLiteral(value) && canEqual(value, operand));
  const type = typeOf(operand);
  const list = possible.map((value) => dialect.literal(value, type)).join(', ');
  const isListed = list === '' ? [] : [dialect.isListed(operandText(operand, dialect), list, type)];
  return [...isListed, ...isNan].join(' OR ') || constant('FALSE', operand, dialect);
};

const isNanLiteral = ({ type, value }: LiteralExpression): boolean => type === 'float' && value === 'NaN';

/** A number with digits that the column cannot hold equals none of its values, and some engines refuse to compare it. */
const canEqual = (value: LiteralExpression, operand: Expression): boolean => {
  if (value.type !== 'decimal' && value.type !== 'integer') return true;
  const type = typeOf(operand);
  const digits = digitCounts(value.value);
  if (type.kind === 'integer') return digits.fraction === 0 && digits.whole <= 39;
  const size = decimalSize(type);
  return size === undefined || (digits.fraction <= size.scale && digits.whole <= size.precision - size.scale);
};

/** A truth value for every value of the operand, and NULL for NULL. */
const constant = (truth: 'TRUE' | 'FALSE', operand: Expression, dialect: BaseDialect): string => {
  const sql = render(operand, dialect);
  return truth === 'TRUE' ? `${sql} IS NOT NULL OR NULL` : `${sql} IS NULL AND NULL`;
};

const renderIsNan = ({ operand }: Of<'is_nan'>, dialect: BaseDialect): string => {
  const type = typeOf(operand);
  return dialect.holdsNan(type)
    ? dialect.isNan(render(operand, dialect), type)
    : `(${constant('FALSE', operand, dialect)})`;
};

const renderIsFinite = ({ operand }: Of<'is_finite'>, dialect: BaseDialect): string => {
  const type = typeOf(operand);
  return dialect.holdsInfinity(type)
    ? dialect.isFinite(render(operand, dialect), type)
    : `(${constant('TRUE', operand, dialect)})`;
};

/** In doubles, so that nothing overflows; dividing by zero gives NULL in every engine. */
const renderArithmetic = ({ operator, left, right }: Of<'arithmetic'>, dialect: BaseDialect): string => {
  const second = renderDouble(right, dialect);
  const canBeZero = operator === '/' && !(right.kind === 'literal' && Number(right.value) !== 0);
  return `${renderDouble(left, dialect)} ${operator} ${canBeZero ? `NULLIF(${second}, ${dialect.asDouble('0')})` : second}`;
};

/** An expression as a double; what is one already is not cast again. */
export const renderDouble = (expression: Expression, dialect: BaseDialect): string => {
  const isDouble = expression.kind !== 'column' && typeOf(expression).kind === 'float';
  const sql = render(expression, dialect);
  return isDouble ? sql : dialect.asDouble(sql);
};

/** A key column as an expression under which equal keys are equal: text by code point, NaN equal to NaN, −0 to 0. */
export const renderKey = (column: ColumnExpression, dialect: BaseDialect): string =>
  dialect.key(render(column, dialect), column.type);

import type { ColumnType, Expression } from '@aegis/spec';
import { typeOf } from './typing.js';

/** Which types can hold NaN or an infinity. */
export interface NonFinite {
  holdsNan(type: ColumnType): boolean;
  holdsInfinity(type: ColumnType): boolean;
}

/**
 * An expression that is TRUE for the same rows, without tests that the column's type decides. Only for places where
 * FALSE and NULL mean the same: filters and conditional counts. A boolean says that all or no rows satisfy it.
 */
export const condition = (expression: Expression, types: NonFinite): Expression | boolean => {
  switch (expression.kind) {
    case 'and':
      return all(expression.operands.map((operand) => condition(operand, types)));
    case 'or':
      return any(expression.operands.map((operand) => condition(operand, types)));
    case 'not':
      return negation(expression.operand, types);
    case 'is_nan':
      return types.holdsNan(typeOf(expression.operand)) ? expression : false;
    case 'is_finite':
      return types.holdsInfinity(typeOf(expression.operand)) ? expression : isPresent(expression.operand);
    default:
      return expression;
  }
};

/** Likewise, TRUE where `expression` is FALSE. */
const negation = (expression: Expression, types: NonFinite): Expression | boolean => {
  switch (expression.kind) {
    case 'and':
      return any(expression.operands.map((operand) => negation(operand, types)));
    case 'or':
      return all(expression.operands.map((operand) => negation(operand, types)));
    case 'not':
      return condition(expression.operand, types);
    case 'is_nan':
      return types.holdsNan(typeOf(expression.operand)) ? negated(expression) : isPresent(expression.operand);
    case 'is_finite':
      return types.holdsInfinity(typeOf(expression.operand)) ? negated(expression) : false;
    default:
      return negated(expression);
  }
};

const negated = (operand: Expression): Expression => ({ kind: 'not', operand });
const isPresent = (operand: Expression): Expression => negated({ kind: 'is_null', operand });

const all = (parts: readonly (Expression | boolean)[]): Expression | boolean =>
  parts.includes(false) ? false : joined('and', parts, true);
const any = (parts: readonly (Expression | boolean)[]): Expression | boolean =>
  parts.includes(true) ? true : joined('or', parts, false);

const joined = (
  kind: 'and' | 'or',
  parts: readonly (Expression | boolean)[],
  neutral: boolean,
): Expression | boolean => {
  const operands = parts.filter((part) => typeof part !== 'boolean');
  const [first] = operands;
  if (first === undefined) return neutral;
  return operands.length === 1 ? first : { kind, operands };
};

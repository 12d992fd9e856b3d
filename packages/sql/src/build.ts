import type {
  AggregateExpression,
  AggregateFunction,
  CompareOperator,
  Expression,
  LiteralExpression,
  LiteralType,
} from '@aegis/spec';

/** Builders of expressions: the algebra in which rule types say what to measure. No SQL text. */
export const literal = (type: LiteralType, value: string): LiteralExpression => ({ kind: 'literal', type, value });

export const isNull = (operand: Expression): Expression => ({ kind: 'is_null', operand });
export const not = (operand: Expression): Expression => ({ kind: 'not', operand });
export const and = (...operands: readonly Expression[]): Expression => joined('and', operands);
export const or = (...operands: readonly Expression[]): Expression => joined('or', operands);
export const compare = (left: Expression, operator: CompareOperator, right: Expression): Expression => ({
  kind: 'compare',
  operator,
  left,
  right,
});
export const isIn = (operand: Expression, values: readonly LiteralExpression[]): Expression => ({
  kind: 'in',
  operand,
  values,
});
export const isNan = (operand: Expression): Expression => ({ kind: 'is_nan', operand });
export const isFiniteValue = (operand: Expression): Expression => ({ kind: 'is_finite', operand });
export const matches = (operand: Expression, pattern: string): Expression => ({ kind: 'matches', operand, pattern });
export const trim = (operand: Expression): Expression => ({ kind: 'trim', operand });
export const abs = (operand: Expression): Expression => ({ kind: 'abs', operand });
export const toDouble = (operand: Expression): Expression => ({ kind: 'to_double', operand });
export const minus = (left: Expression, right: Expression): Expression => arithmetic('-', left, right);
export const divide = (left: Expression, right: Expression): Expression => arithmetic('/', left, right);

export const countAll = (): AggregateExpression => ({ kind: 'count_all' });
export const countIf = (condition: Expression): AggregateExpression => ({ kind: 'count_if', condition });
export const count = (operand: Expression): AggregateExpression => ({ kind: 'count', operand });
export const countDistinct = (operand: Expression, filter: Expression): AggregateExpression => ({
  kind: 'count_distinct',
  operand,
  filter,
});
export const aggregate = (fn: AggregateFunction, operand: Expression, filter?: Expression): AggregateExpression => ({
  kind: 'aggregate',
  function: fn,
  operand,
  ...(filter && { filter }),
});

const arithmetic = (operator: '+' | '-' | '*' | '/', left: Expression, right: Expression): Expression => ({
  kind: 'arithmetic',
  operator,
  left,
  right,
});

const joined = (kind: 'and' | 'or', operands: readonly Expression[]): Expression => {
  const [only] = operands;
  return operands.length === 1 && only ? only : { kind, operands };
};

import type { ColumnType, Expression } from '@aegis/spec';

const double: ColumnType = { kind: 'float', native: 'double' };
const text: ColumnType = { kind: 'text', native: 'text' };
const truth: ColumnType = { kind: 'boolean', native: 'boolean' };

/** What an expression yields. Literals and results of functions carry a type no column has declared. */
export const typeOf = (expression: Expression): ColumnType => {
  switch (expression.kind) {
    case 'column':
      return expression.type;
    case 'literal':
      return { kind: expression.type, native: expression.type };
    case 'trim':
      return text;
    case 'arithmetic':
    case 'to_double':
      return double;
    case 'abs':
      return typeOf(expression.operand);
    default:
      return truth;
  }
};

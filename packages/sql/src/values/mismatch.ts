import { type ColumnExpression, PlanError } from '@aegis/spec';

/** A value that a rule gave does not fit the column: says the value, what was wanted, and what the column is. */
export const mismatch = ({ name, type }: ColumnExpression, text: string, wanted: string): PlanError =>
  new PlanError('type-mismatch', `'${shortened(text)}' is not ${wanted}; column "${name}" is ${type.native}`);

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

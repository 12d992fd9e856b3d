import type { Column, Operator, Predicate } from '../world.js';
import { compareValues, isNan, parseValue, type Value } from './value.js';

/** Three-valued truth, as the warehouse's own SQL has it; `null` is NULL. */
export const truth = (
  predicate: Predicate,
  row: readonly (Value | null)[],
  columns: readonly Column[],
): boolean | null => {
  switch (predicate.kind) {
    case 'is_null':
      return valueAt(predicate.column, row, columns).value === null;
    case 'compare':
      return truthOfComparison(predicate, row, columns);
    case 'not':
      return negated(truth(predicate.operand, row, columns));
    case 'and':
      return both(truth(predicate.left, row, columns), truth(predicate.right, row, columns));
    case 'or':
      return negated(both(negated(truth(predicate.left, row, columns)), negated(truth(predicate.right, row, columns))));
  }
};

const negated = (value: boolean | null): boolean | null => (value === null ? null : !value);

const both = (left: boolean | null, right: boolean | null): boolean | null => {
  if (left === false || right === false) return false;
  return left === null || right === null ? null : true;
};

const valueAt = (name: string, row: readonly (Value | null)[], columns: readonly Column[]) => {
  const index = columns.findIndex((column) => column.name === name);
  const column = columns[index];
  if (!column) throw new Error(`predicates name columns that exist, not ${name}`);
  return { column, value: row[index] ?? null };
};

const truthOfComparison = (
  { column: name, operator, literal }: Extract<Predicate, { kind: 'compare' }>,
  row: readonly (Value | null)[],
  columns: readonly Column[],
): boolean | null => {
  const { column, value } = valueAt(name, row, columns);
  const constant = parseValue(literal, column, 'UTC');
  if (!constant) throw new Error(`predicates compare with what fits, not ${literal}`);
  return value === null ? null : holds[operator](sqlOrder(value, constant));
};

/** DuckDB sorts NaN above every other double, and the constants are never NaN. */
const sqlOrder = (value: Value, constant: Value): number => (isNan(value) ? 1 : compareValues(value, constant));

const holds: { readonly [operator in Operator]: (order: number) => boolean } = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

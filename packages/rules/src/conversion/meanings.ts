import type { RuleDocument } from './conversion.js';
import { numberText } from './sql-text.js';

/** What a rule says of a table: its type with params, and a condition on rows. */
export interface RuleMeaning {
  readonly logic: RuleDocument['logic'];
  readonly where?: string | undefined;
}

export interface Range {
  readonly min: unknown;
  readonly max: unknown;
  readonly isInclusive: boolean;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/**
 * Values of a column within bounds; `sql` is the column as SQL writes it. Of numbers that only have a lower bound, engines
 * take NaN for larger and rules for outside: that one stays an expression, as do bounds that are SQL. `undefined` without
 * any bound.
 */
export const valuesWithin = (
  { column, sql }: { readonly column: string | undefined; readonly sql: string },
  { min, max, isInclusive }: Range,
): RuleMeaning['logic'] | undefined => {
  const [low, high] = [numberText(min), numberText(max)];
  const isRange = isInclusive && column !== undefined && high !== undefined && (low !== undefined || !isGiven(min));
  if (!isRange) return comparison(sql, { min, max, isInclusive });
  if (low === undefined) return { type: 'max_value_check', column, max_value: exact(high) };
  return { type: 'between', column, min_value: exact(low), max_value: exact(high) };
};

/** As a number where it keeps its digits; rules take them as text, too. */
const exact = (text: string): number | string => (String(Number(text)) === text ? Number(text) : text);

const comparison = (sql: string, { min, max, isInclusive }: Range): RuleMeaning['logic'] | undefined => {
  const equal = isInclusive ? '=' : '';
  const bounds = [
    ...(isGiven(min) ? [`${sql} >${equal} ${String(min)}`] : []),
    ...(isGiven(max) ? [`${sql} <${equal} ${String(max)}`] : []),
  ];
  return bounds.length === 0 ? undefined : { type: 'sql_expression', expression: bounds.join(' and ') };
};

/** Bounds of a figure of the whole table, as params; `undefined` where they are no numbers. */
export const figureBounds = (min: unknown, max: unknown) => {
  const [low, high] = [numberText(min), numberText(max)];
  const isNumeric = (low !== undefined || !isGiven(min)) && (high !== undefined || !isGiven(max));
  if (!isNumeric || (low === undefined && high === undefined)) return undefined;
  return {
    ...(low !== undefined && { min_value: exact(low) }),
    ...(high !== undefined && { max_value: exact(high) }),
  };
};

/** A key over one or several columns; a NULL in it is ignored unless `nulls` says otherwise. */
export const uniqueKey = (columns: readonly string[]): RuleMeaning['logic'] =>
  columns.length === 1 ? { type: 'unique', column: columns[0] } : { type: 'composite_unique', columns };

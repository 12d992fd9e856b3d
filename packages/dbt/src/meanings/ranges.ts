import { numberText } from '../convert/sql-text.js';
import { expression, onColumn, onlyQuery, type TestCase, type TestMeaning } from './test-meaning.js';

export interface Range {
  readonly min: unknown;
  readonly max: unknown;
  readonly isInclusive: boolean;
  readonly where?: string | undefined;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/**
 * Values within bounds. Of numbers that only have a lower bound, engines take NaN for larger and rules for outside: that
 * one stays the expression that dbt writes, as do bounds that are SQL.
 */
export const withinRange = (test: TestCase, { min, max, isInclusive, where }: Range): TestMeaning => {
  const [low, high] = [numberText(min), numberText(max)];
  if (isInclusive && high !== undefined && (low !== undefined || !isGiven(min))) {
    const bounds = { ...(low !== undefined && { min_value: Number(low) }), max_value: Number(high) };
    return low === undefined
      ? onColumn(test, 'max_value_check', 'rows', { max_value: Number(high) }, where)
      : onColumn(test, 'between', 'rows', bounds, where);
  }
  return comparison(test, { min, max, isInclusive, where });
};

const comparison = ({ columnSql }: TestCase, { min, max, isInclusive, where }: Range): TestMeaning => {
  if (columnSql === undefined) return onlyQuery('it names no column');
  const equal = isInclusive ? '=' : '';
  const bounds = [
    ...(isGiven(min) ? [`${columnSql} >${equal} ${String(min)}`] : []),
    ...(isGiven(max) ? [`${columnSql} <${equal} ${String(max)}`] : []),
  ];
  return bounds.length === 0 ? onlyQuery('it has no bounds') : expression(bounds.join(' and '), where);
};

/** Bounds of a figure of the whole table, as params; `undefined` where they are no numbers. */
export const figureBounds = (min: unknown, max: unknown) => {
  const [low, high] = [numberText(min), numberText(max)];
  const isNumeric = (low !== undefined || !isGiven(min)) && (high !== undefined || !isGiven(max));
  if (!isNumeric || (low === undefined && high === undefined)) return undefined;
  return {
    ...(low !== undefined && { min_value: Number(low) }),
    ...(high !== undefined && { max_value: Number(high) }),
  };
};

import type { Row } from '@aegis/spec';
import type { ValueCount } from './table-profile.js';

/** So many rows are read as they come; a smaller table is read whole. */
export const firstRows = 1000;

/** A column with more different values holds no fixed list of them. */
export const mostValues = 20;

/** How often each value of a column stands in these rows, the most frequent first. NULL is no value. */
export const countValues = (rows: readonly Row[], column: string): readonly ValueCount[] => {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const cell = row[column] ?? null;
    if (cell === null) continue;
    const value = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ value, rows: count })).sort(byFrequency);
};

const byFrequency = (left: ValueCount, right: ValueCount): number =>
  right.rows - left.rows || (left.value < right.value ? -1 : 1);

import type { Cell, ColumnStatistics } from '@aegis/spec';
import { describe, expect } from 'vitest';
import { lawOf } from '../law.js';
import type { Stage } from '../stage.js';
import { valueTables } from './values.js';

/** Tables whose text forms sort as their values do, or are numbers. */
const ordered = ['values_integer', 'values_bigint', 'values_date', 'values_timestamp', 'values_timestamptz'];

export const statisticsLaws = (stage: Stage): void => {
  describe('statistics', () => {
    lawOf('statistics', stage, 'are exact or absent, and never bound floats that hold NaN', async () => {
      for (const table of Object.keys(valueTables)) {
        const known = await stage.warehouse.statistics?.(stage.tableOf(table));
        const cells = await stage.column(table, 'x');
        if (known?.rowCount !== undefined) expect(known.rowCount, table).toBe(String(cells.length));
        expectSound(known?.columns.x ?? {}, cells, ordered.includes(table));
        if (table === 'values_double') expect(known?.columns.x?.min).toBeUndefined();
      }
    });
  });
};

const expectSound = ({ nullCount, min, max }: ColumnStatistics, cells: readonly Cell[], isOrdered: boolean): void => {
  if (nullCount !== undefined) expect(nullCount).toBe(String(cells.filter((cell) => cell === null).length));
  expect(min === undefined).toBe(max === undefined);
  if (!isOrdered || min === undefined || max === undefined) return;
  for (const cell of cells.filter((each) => each !== null)) {
    expect(compare(min, String(cell)), `${min} is above ${cell}`).toBeLessThanOrEqual(0);
    expect(compare(max, String(cell)), `${max} is below ${cell}`).toBeGreaterThanOrEqual(0);
  }
};

const compare = (left: string, right: string): number => {
  if (/^-?\d+$/.test(left)) return Number(BigInt(left) - BigInt(right));
  return left < right ? -1 : left > right ? 1 : 0;
};

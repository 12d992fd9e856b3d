import type { TracedDataset } from '@aegis/spec';
import type { Lab } from '../lab.js';
import { relation } from './query-text.js';

/** How many rows of a dataset are there once more than they should be. */
export interface Repeats {
  readonly rows: number;
  readonly repeated: number;
  readonly sql: string;
}

/** Whole rows that occur again; `undefined` where that cannot be asked. */
export const surveyRepeats = async (dataset: TracedDataset, lab: Lab): Promise<Repeats | undefined> => {
  try {
    const { table } = await lab.describe(dataset);
    const from = relation(table, lab.dialectOf(dataset));
    const sql = `SELECT count(*) AS n, (SELECT count(*) FROM (SELECT DISTINCT * FROM ${from}) AS once) AS d FROM ${from}`;
    const [row] = await lab.rows(dataset, sql, 1);
    return row && { rows: Number(row.n), repeated: Number(row.n) - Number(row.d), sql };
  } catch {
    return undefined;
  }
};

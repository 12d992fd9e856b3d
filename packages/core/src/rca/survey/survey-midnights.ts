import type { TracedDataset } from '@aegis/spec';
import type { Lab } from '../lab.js';
import { sameName } from '../trace-index.js';
import { relation } from './query-text.js';

/** Whether a column of moments holds nothing but midnights: more than one may be chance, so that there have to be some. */
export const surveyMidnights = async (dataset: TracedDataset, column: string, lab: Lab): Promise<boolean> => {
  try {
    const { table, columns } = await lab.describe(dataset);
    const described = columns.find(({ name }) => sameName(name, column));
    if (described?.type.kind !== 'timestamp' && described?.type.kind !== 'timestamptz') return false;
    const dialect = lab.dialectOf(dataset);
    const moment = dialect.quoteIdentifier(described.name);
    const sql =
      `SELECT count(${moment}) AS n, count(CASE WHEN ${moment} = CAST(${moment} AS DATE) THEN 1 END) AS m ` +
      `FROM ${relation(table, dialect)}`;
    const [row = {}] = await lab.rows(dataset, sql, 1);
    return Number(row.n) >= 10 && Number(row.m) === Number(row.n);
  } catch {
    return false;
  }
};

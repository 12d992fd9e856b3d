import type { TracedDataset } from '@aegis/spec';
import type { Lab } from '../lab.js';
import { type DayCount, type LoadDays, loadDaysOf } from './load-days.js';
import { asText, isTime, relation } from './query-text.js';

/** How a dataset grows by one of its time columns. */
export interface SurveyedLoad {
  readonly column: string;
  readonly days: LoadDays;
  readonly present: ReadonlySet<string>;
  readonly sql: string;
}

const mostColumns = 4;
const mostDays = 1500;

/** Rows a day by each time column, in one statement; nothing where the dataset cannot be read or has no such column. */
export const surveyLoads = async (dataset: TracedDataset, lab: Lab): Promise<readonly SurveyedLoad[]> => {
  try {
    const { table, columns } = await lab.describe(dataset);
    const times = columns.filter(isTime).slice(0, mostColumns);
    if (times.length === 0) return [];
    const dialect = lab.dialectOf(dataset);
    const parts = times.map(({ name }, index) => {
      const day = `CAST(${dialect.quoteIdentifier(name)} AS DATE)`;
      const from = `${relation(table, dialect)} WHERE ${dialect.quoteIdentifier(name)} IS NOT NULL`;
      return `SELECT ${index} AS c, ${asText(day, dialect)} AS d, count(*) AS n FROM ${from} GROUP BY ${day}`;
    });
    const sql = `SELECT c, d, n FROM (${parts.join(' UNION ALL ')}) AS days ORDER BY d DESC LIMIT ${mostDays * times.length}`;
    const rows = await lab.rows(dataset, sql, mostDays * times.length);
    return times.flatMap(({ name }, index) => {
      const counts = rows
        .filter(({ c }) => Number(c) === index)
        .map(({ d, n }): DayCount => ({ day: String(d).slice(0, 10), rows: Number(n) }));
      const days = loadDaysOf(counts);
      return days ? [{ column: name, days, present: new Set(counts.map(({ day }) => day)), sql }] : [];
    });
  } catch {
    return [];
  }
};

import type { TracedDataset } from '@aegis/spec';
import type { Lab } from '../lab.js';
import { sameName } from '../trace-index.js';
import { type Contrast, type GroupFigures, strongestShift } from './contrast.js';
import { asDouble, asText, isCategory, isTime, relation } from './query-text.js';

interface SurveyedHours {
  readonly column: string;
  readonly contrast: Contrast;
  readonly sql: string;
}

const mostDimensions = 8;
const mostGroups = 4000;

/** The mean hour of the day of moments, by everything that rows can be parted by. The columns that move most first. */
export const surveyHours = async (
  dataset: TracedDataset,
  wanted: readonly string[],
  lab: Lab,
): Promise<readonly SurveyedHours[]> => {
  try {
    const { table, columns } = await lab.describe(dataset);
    const dialect = lab.dialectOf(dataset);
    const moments = columns.filter(
      ({ name, type: { kind } }) =>
        (kind === 'timestamp' || kind === 'timestamptz') && wanted.some((other) => sameName(other, name)),
    );
    const dimensions = columns.filter((column) => isCategory(column) || isTime(column)).slice(0, mostDimensions);
    if (moments.length === 0 || dimensions.length === 0) return [];
    const figures = moments.flatMap(({ name }, index) => {
      const moment = dialect.quoteIdentifier(name);
      return [
        `count(${moment}) AS c${index}`,
        `avg(${asDouble(`EXTRACT(HOUR FROM ${moment})`, dialect)}) AS m${index}`,
      ];
    });
    const parts = dimensions.map((dimension, index) => {
      const column = dialect.quoteIdentifier(dimension.name);
      const key = isTime(dimension) ? `CAST(${column} AS DATE)` : column;
      const group = `FROM ${relation(table, dialect)} GROUP BY ${key} HAVING count(*) >= 3`;
      return `SELECT ${index} AS k, ${asText(key, dialect)} AS v, count(*) AS n, ${figures.join(', ')} ${group}`;
    });
    const sql = `SELECT * FROM (${parts.join(' UNION ALL ')}) AS parted ORDER BY k, n DESC, v LIMIT ${mostGroups}`;
    const rows = await lab.rows(dataset, sql, mostGroups);
    return moments
      .flatMap(({ name }, index): readonly SurveyedHours[] => {
        const groups = rows.flatMap((row): readonly GroupFigures[] => {
          const dimension = dimensions[Number(row.k)];
          if (!dimension || row[`m${index}`] == null) return [];
          return [
            {
              ...{ dimension: dimension.name, value: row.v === null ? null : String(row.v), isDay: isTime(dimension) },
              ...{ rows: Number(row.n), values: Number(row[`c${index}`]), mean: Number(row[`m${index}`]) },
              isConstant: false,
            },
          ];
        });
        const contrast = strongestShift(groups);
        return contrast ? [{ column: name, contrast, sql }] : [];
      })
      .sort((a, b) => b.contrast.strength - a.contrast.strength);
  } catch {
    return [];
  }
};

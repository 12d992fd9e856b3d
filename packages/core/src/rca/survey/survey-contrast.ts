import type { ColumnDescription, Dialect, TableDescription, TracedDataset } from '@aegis/spec';
import type { Lab } from '../lab.js';
import { sameName } from '../trace-index.js';
import { type Contrast, type GroupFigures, strongestContrast } from './contrast.js';
import { asDouble, asText, isCategory, isNumber, isTime, relation } from './query-text.js';
import { isNamedLikeKey } from './survey-own-key.js';

export interface SurveyedContrast {
  readonly column: string;
  readonly contrast: Contrast;
  readonly sql: string;
}

const mostDimensions = 8;
const mostColumns = 6;
const mostGroups = 4000;

/** Numbers of a dataset, by everything that rows can be parted by, in one statement. The columns that stand out most first. */
export const surveyContrast = async (
  dataset: TracedDataset,
  wanted: (column: string) => boolean,
  lab: Lab,
): Promise<readonly SurveyedContrast[]> => {
  try {
    const description = await lab.describe(dataset);
    const measured = description.columns
      .filter((column) => isNumber(column) && wanted(column.name))
      .slice(0, mostColumns);
    const dimensions = description.columns
      .filter((column) => isCategory(column) || isTime(column))
      .slice(0, mostDimensions);
    if (measured.length === 0 || dimensions.length === 0) return [];
    const sql = contrastSql(description, measured, dimensions, lab.dialectOf(dataset));
    const rows = await lab.rows(dataset, sql, mostGroups);
    return measured
      .flatMap(({ name }, index): readonly SurveyedContrast[] => {
        const groups = rows.flatMap((row): readonly GroupFigures[] => {
          const dimension = dimensions[Number(row.k)];
          if (!dimension || sameName(dimension.name, name)) return [];
          return [
            {
              ...{ dimension: dimension.name, value: row.v === null ? null : String(row.v), isDay: isTime(dimension) },
              ...{ rows: Number(row.n), values: Number(row[`c${index}`]) },
              mean: row[`m${index}`] == null ? null : Number(row[`m${index}`]),
              isConstant: Number(row[`s${index}`]) === 1,
            },
          ];
        });
        const contrast = strongestContrast(groups, isNamedLikeKey(name));
        return contrast ? [{ column: name, contrast, sql }] : [];
      })
      .sort((a, b) => b.contrast.strength - a.contrast.strength);
  } catch {
    return [];
  }
};

const contrastSql = (
  { table }: TableDescription,
  measured: readonly ColumnDescription[],
  dimensions: readonly ColumnDescription[],
  dialect: Dialect,
): string => {
  const figures = measured.flatMap(({ name }, index) => {
    const column = dialect.quoteIdentifier(name);
    return [
      `count(${column}) AS c${index}`,
      `avg(${asDouble(column, dialect)}) AS m${index}`,
      `CASE WHEN min(${column}) = max(${column}) THEN 1 ELSE 0 END AS s${index}`,
    ];
  });
  const parts = dimensions.map((dimension, index) => {
    const column = dialect.quoteIdentifier(dimension.name);
    const key = isTime(dimension) ? `CAST(${column} AS DATE)` : column;
    return (
      `SELECT ${index} AS k, ${asText(key, dialect)} AS v, count(*) AS n, ${figures.join(', ')} ` +
      `FROM ${relation(table, dialect)} GROUP BY ${key} HAVING count(*) >= 3`
    );
  });
  return `SELECT * FROM (${parts.join(' UNION ALL ')}) AS parted ORDER BY k, n DESC, v LIMIT ${mostGroups}`;
};

import type { ColumnDescription, Dialect, TracedDataset } from '@aegis/spec';
import type { Lab } from '../lab.js';
import { sameName, type TraceIndex } from '../trace-index.js';
import type { KeySides } from './key-sides.js';
import { asDouble, asText, isNumber, relation } from './query-text.js';

export interface KeyColumn {
  readonly dataset: TracedDataset;
  readonly column: string;
  /** Rows that are meant, of all. */
  readonly where?: string | undefined;
}

interface SurveyedKeys {
  readonly sides: KeySides;
  readonly sql: string;
}

/** Distinct keys of both sides, joined; `undefined` where that cannot be asked. */
export const surveyKeys = async (child: KeyColumn, parent: KeyColumn, lab: Lab): Promise<SurveyedKeys | undefined> => {
  if (lab.warehouseNameOf(child.dataset) !== lab.warehouseNameOf(parent.dataset)) return undefined;
  try {
    const [c, p] = await Promise.all([keyOf(child, lab), keyOf(parent, lab)]);
    const sql =
      `WITH c AS (${c.distinct}), p AS (${p.distinct}) SELECT ${figures('matched', 'c.k IS NOT NULL AND p.k IS NOT NULL', c.size('c'))}, ` +
      `${figures('orphan', 'p.k IS NULL', c.size('c'))}, ${figures('lonely', 'c.k IS NULL', p.size('p'))} FROM c FULL JOIN p ON c.k = p.k`;
    const [row = {}] = await lab.rows(child.dataset, sql, 1);
    const figure = (name: string) => (row[name] == null ? null : Number(row[name]));
    return {
      sql,
      sides: {
        ...{ matched: figure('matched_n') ?? 0, matchedMin: figure('matched_min'), matchedMax: figure('matched_max') },
        ...{ orphans: figure('orphan_n') ?? 0, orphanMin: figure('orphan_min'), orphanMax: figure('orphan_max') },
        ...{ unreferenced: figure('lonely_n') ?? 0 },
        ...{ unreferencedMin: figure('lonely_min'), unreferencedMax: figure('lonely_max') },
      },
    };
  } catch {
    return undefined;
  }
};

const figures = (name: string, when: string, size: string): string =>
  [
    `count(CASE WHEN ${when} THEN 1 END) AS ${name}_n`,
    `min(CASE WHEN ${when} THEN ${size} END) AS ${name}_min`,
    `max(CASE WHEN ${when} THEN ${size} END) AS ${name}_max`,
  ].join(', ');

const keyOf = async ({ dataset, column, where }: KeyColumn, lab: Lab) => {
  const { table, columns } = await lab.describe(dataset);
  const described = columns.find(({ name }) => sameName(name, column));
  if (!described) throw new Error(`${dataset.name} has no column ${column}`);
  const dialect = lab.dialectOf(dataset);
  const key = dialect.quoteIdentifier(described.name);
  const meant = where === undefined ? '' : ` AND (${await lab.condition(dataset, where)})`;
  return {
    distinct: `SELECT DISTINCT ${key} AS k FROM ${relation(table, dialect)} WHERE ${key} IS NOT NULL${meant}`,
    size: (alias: string) => sizeOf(described, `${alias}.k`, dialect),
  };
};

/** Numbers as they are, texts by their length. */
const sizeOf = (column: ColumnDescription, sql: string, dialect: Dialect): string =>
  asDouble(isNumber(column) ? sql : `length(${asText(sql, dialect)})`, dialect);

/** Sources that have a column of the same name: what such keys look like elsewhere. */
export const familyOf = (
  names: readonly string[],
  except: readonly TracedDataset[],
  index: TraceIndex,
): readonly KeyColumn[] =>
  index.datasets
    .filter(({ id }) => index.parentsOf(id).length === 0 && except.every((other) => other.id !== id))
    .flatMap((dataset) => {
      const column = dataset.columns.find((each) => names.some((name) => sameName(each, name)));
      return column === undefined ? [] : [{ dataset, column }];
    })
    .slice(0, 3);

import type { TracedDataset } from '@aegis/spec';
import type { Finding, Symptom } from '../finding.js';
import type { Lab } from '../lab.js';
import { pathBetween } from '../path-between.js';
import type { TraceIndex } from '../trace-index.js';
import { relation } from './query-text.js';

/** Fewer rows may hold one value by chance. */
const leastRows = 20;
const mostColumns = 12;

/** A source of which only the rows of one category came, where rows are missing and nothing else says why. */
export const constantFinding = async (symptom: Symptom, index: TraceIndex, lab: Lab): Promise<Finding | undefined> => {
  const sources = index.datasets.filter(({ id }) => index.parentsOf(id).length === 0);
  const surveyed = await Promise.all(sources.map(async (dataset) => constantsOf(dataset, lab)));
  const [found] = surveyed.flat().sort((a, b) => b.rows - a.rows);
  return (
    found && {
      ...{ dataset: found.dataset, column: found.column, operation: undefined, kind: 'source', confidence: 'low' },
      path: pathBetween(index, symptom.dataset, found.dataset),
      facts: [
        {
          kind: 'one_value',
          sentence: `All ${found.rows} rows of ${found.dataset.name} hold one value in ${found.column}: others may not have come.`,
          numbers: { dataset: found.dataset.name, column: found.column, rows: found.rows },
          sql: found.sql,
        },
      ],
    }
  );
};

interface Constant {
  readonly dataset: TracedDataset;
  readonly column: string;
  readonly rows: number;
  readonly sql: string;
}

const constantsOf = async (dataset: TracedDataset, lab: Lab): Promise<readonly Constant[]> => {
  try {
    const { table, columns } = await lab.describe(dataset);
    const texts = columns.filter(({ type: { kind } }) => kind === 'text').slice(0, mostColumns);
    if (texts.length === 0) return [];
    const dialect = lab.dialectOf(dataset);
    const tests = texts.map(({ name }, index) => {
      const column = dialect.quoteIdentifier(name);
      return `CASE WHEN min(${column}) = max(${column}) THEN 1 ELSE 0 END AS c${index}`;
    });
    const sql = `SELECT count(*) AS n, ${tests.join(', ')} FROM ${relation(table, dialect)}`;
    const [row = {}] = await lab.rows(dataset, sql, 1);
    const rows = Number(row.n);
    if (rows < leastRows) return [];
    return texts.flatMap(({ name }, index) =>
      Number(row[`c${index}`]) === 1 ? [{ dataset, column: name, rows, sql }] : [],
    );
  } catch {
    return [];
  }
};

import type { TracedDataset } from '@aegis/spec';
import type { Lab } from '../lab.js';
import { sameName } from '../trace-index.js';
import { relation } from './query-text.js';

const mostCandidates = 4;
const keyName = /(^|_)(id|key|uuid|guid|no|nr|number|code|ref)$/i;

export const isNamedLikeKey = (name: string): boolean => keyName.test(name);

/** A column named like a key, other than those given, of which every row has its own value; `undefined` where there is none. */
export const surveyOwnKey = async (
  dataset: TracedDataset,
  except: readonly string[],
  lab: Lab,
): Promise<string | undefined> => {
  try {
    const { table, columns } = await lab.describe(dataset);
    const candidates = columns
      .filter(({ name }) => isNamedLikeKey(name) && !except.some((other) => sameName(other, name)))
      .slice(0, mostCandidates);
    if (candidates.length === 0) return undefined;
    const dialect = lab.dialectOf(dataset);
    const counts = candidates.map(({ name }, index) => `count(DISTINCT ${dialect.quoteIdentifier(name)}) AS k${index}`);
    const sql = `SELECT count(*) AS n, ${counts.join(', ')} FROM ${relation(table, dialect)}`;
    const [row = {}] = await lab.rows(dataset, sql, 1);
    return candidates.find((_, index) => Number(row.n) > 0 && row[`k${index}`] === row.n)?.name;
  } catch {
    return undefined;
  }
};

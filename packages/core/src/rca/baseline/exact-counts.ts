import type { TracedDataset } from '@aegis/spec';
import type { Lab } from '../lab.js';
import { relation } from '../survey/query-text.js';
import type { Group } from './profile.js';
import type { SplitProfile } from './profile-query.js';

/**
 * The same with exact numbers of different values of some columns, in one statement. Estimates of a thousand values are off by
 * a third on some engines, which looks like keys that repeat.
 */
export const withExactCounts = async (
  split: SplitProfile,
  columns: readonly string[],
  dataset: TracedDataset,
  lab: Lab,
): Promise<SplitProfile> => {
  const dialect = lab.dialectOf(dataset);
  const { table } = await lab.describe(dataset);
  const counts = columns.map((name, index) => `count(DISTINCT ${dialect.quoteIdentifier(name)}) AS a${index}`);
  const [row] = await lab.rows(dataset, `SELECT ${counts.join(', ')} FROM ${relation(table, dialect)}`, 1);
  const exact = Object.fromEntries(columns.map((name, index) => [name, Number(row?.[`a${index}`] ?? 0)]));
  const counted = (group: Group): Group =>
    group.dimension === null ? { ...group, distinct: { ...group.distinct, ...exact } } : group;
  return { ...split, kept: split.kept.map(counted), fresh: split.fresh.map(counted) };
};

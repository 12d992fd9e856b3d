import type { TracedDataset } from '@aegis/spec';
import type { Lab } from '../lab.js';
import { categoryText, relation } from '../survey/query-text.js';
import { categoriesOf } from './profile-query.js';
import { mostValues } from './profile-sql.js';

const rowsLookedAt = 10_000;
const mostColumns = 100;

/**
 * Columns that have too many values to part the rows of a source by, as far as its first rows tell: grouping a whole table
 * by a free text takes long, and much memory. Where each scan is billed, a few rows cost as much as all.
 */
export const wideColumns = async (dataset: TracedDataset, lab: Lab): Promise<readonly string[]> => {
  const [description, dialect] = [await lab.describe(dataset), lab.dialectOf(dataset)];
  const columns = categoriesOf(description, lab.mayKeep).slice(0, mostColumns);
  if (columns.length === 0 || dialect.strategy.foldFilters) return [];
  const values = columns.map((column, index) => `${categoryText(column, dialect)} AS d${index}`);
  const counts = columns.map((_, index) => `count(DISTINCT d${index}) AS n${index}`);
  const rows = `SELECT ${values.join(', ')} FROM ${relation(description.table, dialect)} LIMIT ${rowsLookedAt}`;
  const [found] = await lab.rows(dataset, `SELECT ${counts.join(', ')} FROM (${rows}) AS aegis_rows`, 1);
  return columns.filter((_, index) => Number(found?.[`n${index}`]) > mostValues).map(({ name }) => name);
};

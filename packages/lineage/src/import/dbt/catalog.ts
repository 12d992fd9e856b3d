import type { DatasetColumn } from '../../graph/types.js';
import { recordOf, textOf } from '../reading.js';

/** Columns of dbt's catalog.json by unique id, in table order. */
export const catalogColumns = (catalog: unknown): ReadonlyMap<string, readonly DatasetColumn[]> => {
  const { nodes, sources } = recordOf(catalog);
  const entries = [...Object.entries(recordOf(nodes)), ...Object.entries(recordOf(sources))];
  return new Map(entries.map(([id, node]) => [id, columnsOf(recordOf(node).columns)]));
};

const columnsOf = (columns: unknown): readonly DatasetColumn[] =>
  Object.entries(recordOf(columns))
    .map(([key, value]) => ({ key, column: recordOf(value) }))
    .sort((left, right) => indexOf(left.column.index) - indexOf(right.column.index))
    .map(({ key, column: { name, type } }) => ({
      name: textOf(name) ?? key,
      ...(textOf(type) && { type: textOf(type) }),
    }));

const indexOf = (value: unknown): number => (typeof value === 'number' ? value : Number.MAX_SAFE_INTEGER);

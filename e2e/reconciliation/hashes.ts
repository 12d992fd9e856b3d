import type { CanonicalColumn, TableName, Warehouse } from '@aegis/spec';
import { cellValue, keyOf } from '../property/oracle/value.js';
import type { Cell, Column } from '../property/world.js';
import type { Pairing, Side } from './generate.js';

/** What a key is by the oracle; `undefined` with a NULL in it. A UUID in a text column is one in either case. */
export const keysOf = ({ rows }: Side, pairings: readonly Pairing[]): ReadonlySet<string> => {
  const columns = pairings.map(({ kind, duckdb }): Column => ({ name: 'c', kind, sqlType: duckdb[0] ?? '' }));
  const complete = rows.filter((row) => !row.includes(null));
  return new Set(complete.map((row) => JSON.stringify(row.map((cell, index) => oracleKey(cell, columns[index])))));
};

const oracleKey = (cell: Cell, column: Column | undefined): string => {
  const value = column && cellValue(cell, column);
  if (!value) throw new Error('there is no such column');
  return keyOf(value);
};

/** So many buckets that each hash has one to itself. */
const buckets = { by: 'hash', count: 999_999_999_999_989 } as const;

/** Rows and checksum of each key's bucket. */
export const hashesOf = async (
  warehouse: Warehouse,
  table: TableName,
  types: readonly string[],
  chosen: readonly Pairing[],
): Promise<readonly string[]> => {
  const rows = await warehouse.executeSample(hashStatement(warehouse, table, types, chosen), 1_000);
  return rows.map(({ n, checksum }) => `${n} ${checksum}`);
};

/** @throws PlanError `unsupported` where the engine cannot hash keys of these types as others do */
export const hashStatement = (
  warehouse: Warehouse,
  table: TableName,
  types: readonly string[],
  chosen: readonly Pairing[],
): string => {
  const keys = chosen.map(
    ({ form }, index): CanonicalColumn => ({
      form,
      column: { kind: 'column', name: `c${index}`, type: warehouse.dialect.columnType(types[index] ?? '') },
    }),
  );
  return warehouse.dialect.statement({
    kind: 'bucket_checksums',
    from: { table },
    ...{ keys, values: [], buckets, distinct: true },
  });
};

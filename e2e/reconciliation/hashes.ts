import { type CanonicalColumn, isAegisError, type TableName, type Warehouse } from '@aegis/spec';
import { expect } from 'vitest';
import { cellValue, keyOf } from '../property/oracle/value.js';
import type { Cell, Column } from '../property/world.js';
import type { Pairing, Side } from './generate.js';

/** What a key is by the oracle; `undefined` with a NULL in it. A UUID in a text column is one in either case. */
const keysOf = ({ rows }: Side, pairings: readonly Pairing[]): ReadonlySet<string> => {
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
const hashesOf = async (
  warehouse: Warehouse,
  table: TableName,
  types: readonly string[],
  chosen: readonly Pairing[],
): Promise<readonly string[]> => {
  const rows = await warehouse.executeSample(hashStatement(warehouse, table, types, chosen), 1_000);
  return rows.map(({ n, checksum }) => `${n} ${checksum}`);
};

/** @throws PlanError `unsupported` where the engine cannot hash keys of these types as others do */
const hashStatement = (
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

/** Rows of a table, and where it is. */
export interface HashedTable {
  readonly warehouse: Warehouse;
  readonly table: TableName;
  readonly side: Side;
}

/** Two tables have as many hashes as the oracle counts keys, each alone and both together. */
export const expectSameHashes = async (
  left: HashedTable,
  right: HashedTable,
  pairings: readonly Pairing[],
): Promise<void> => {
  const hashes = ({ warehouse, table, side }: HashedTable) => hashesOf(warehouse, table, side.types, pairings);
  const [ours, theirs] = [await hashes(left), await hashes(right)];
  const [leftKeys, rightKeys] = [keysOf(left.side, pairings), keysOf(right.side, pairings)];
  const message = JSON.stringify([left.side, right.side]);
  expect([ours.length, theirs.length, new Set([...ours, ...theirs]).size], message).toEqual([
    leftKeys.size,
    rightKeys.size,
    new Set([...leftKeys, ...rightKeys]).size,
  ]);
};

/** Whether an engine can hash keys of these types as others do. */
export const canHash = (warehouse: Warehouse, { types }: Side, pairings: readonly Pairing[]): boolean => {
  try {
    hashStatement(warehouse, { kind: 'named', parts: ['t'] }, types, pairings);
    return true;
  } catch (error) {
    if (isAegisError(error) && error.code === 'plan/unsupported') return false;
    throw error;
  }
};

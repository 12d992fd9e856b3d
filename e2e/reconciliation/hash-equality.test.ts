import type { CanonicalColumn, Warehouse } from '@aegis/spec';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { cellValue, keyOf } from '../property/oracle/value.js';
import type { Cell, Column } from '../property/world.js';
import { scenario } from '../scenario.js';
import { type Case, cases, literal, type Pairing, postgresLiteral, type Side, seed } from './generate.js';
import { openTwoWarehouses, type TwoWarehouses } from './two-warehouses.js';

const isNightly = process.env.AEGIS_NIGHTLY === '1';
const settings: fc.Parameters<Case> = {
  numRuns: isNightly ? 1_500 : 60,
  seed: Number(process.env.AEGIS_SEED ?? (isNightly ? Date.now() % 2 ** 31 : 20_260_115)),
};

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

const hashesOf = async (name: string, warehouse: Warehouse, { types }: Side, chosen: readonly Pairing[]) => {
  const keys = chosen.map(
    ({ form }, index): CanonicalColumn => ({
      form,
      column: { kind: 'column', name: `c${index}`, type: warehouse.dialect.columnType(types[index] ?? '') },
    }),
  );
  const sql = warehouse.dialect.statement({
    kind: 'bucket_checksums',
    from: { table: { kind: 'named', parts: [name] } },
    ...{ keys, values: [], buckets, distinct: true },
  });
  const rows = await warehouse.executeSample(sql, 1_000);
  return rows.map(({ n, checksum }) => `${n} ${checksum}`);
};

describe('hashes of keys', () => {
  let two: TwoWarehouses;
  beforeAll(async () => {
    two = await openTwoWarehouses();
  });
  afterAll(() => two.close());

  scenario(
    'reconcile/hash',
    'are equal on DuckDB and PostgreSQL exactly when the keys are',
    async () => {
      const drawn = fc.sample(cases, settings);
      await two.seedDuckDb(...drawn.flatMap(({ duckdb }, index) => seed(`t${index}`, duckdb, literal)));
      await two.seedPostgres(...drawn.flatMap(({ postgres }, index) => seed(`t${index}`, postgres, postgresLiteral)));
      for (const [index, { pairings: chosen, duckdb, postgres }] of drawn.entries()) {
        const ofDuckDb = await hashesOf(`t${index}`, two.duckdb, duckdb, chosen);
        const ofPostgres = await hashesOf(`t${index}`, two.postgres, postgres, chosen);
        const [left, right] = [keysOf(duckdb, chosen), keysOf(postgres, chosen)];
        const found = [ofDuckDb.length, ofPostgres.length, new Set([...ofDuckDb, ...ofPostgres]).size];
        const message = JSON.stringify({ types: [duckdb.types, postgres.types], rows: [duckdb.rows, postgres.rows] });
        expect(found, message).toEqual([left.size, right.size, new Set([...left, ...right]).size]);
      }
    },
    isNightly ? 3_600_000 : 120_000,
  );
});

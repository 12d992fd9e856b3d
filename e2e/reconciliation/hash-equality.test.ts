import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { scenario } from '../scenario.js';
import { type Case, cases, literal, postgresLiteral, seed } from './generate.js';
import { hashesOf, keysOf } from './hashes.js';
import { openTwoWarehouses, type TwoWarehouses } from './two-warehouses.js';

const isNightly = process.env.AEGIS_NIGHTLY === '1';
const settings: fc.Parameters<Case> = {
  numRuns: isNightly ? 1_500 : 60,
  seed: Number(process.env.AEGIS_SEED ?? (isNightly ? Date.now() % 2 ** 31 : 20_260_115)),
};

const named = (name: string) => ({ kind: 'named', parts: [name] }) as const;

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
        const ofDuckDb = await hashesOf(two.duckdb, named(`t${index}`), duckdb.types, chosen);
        const ofPostgres = await hashesOf(two.postgres, named(`t${index}`), postgres.types, chosen);
        const [left, right] = [keysOf(duckdb, chosen), keysOf(postgres, chosen)];
        const found = [ofDuckDb.length, ofPostgres.length, new Set([...ofDuckDb, ...ofPostgres]).size];
        const message = JSON.stringify({ types: [duckdb.types, postgres.types], rows: [duckdb.rows, postgres.rows] });
        expect(found, message).toEqual([left.size, right.size, new Set([...left, ...right]).size]);
      }
    },
    isNightly ? 3_600_000 : 120_000,
  );
});

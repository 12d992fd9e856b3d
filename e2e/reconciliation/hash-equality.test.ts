import fc from 'fast-check';
import { afterAll, beforeAll, describe } from 'vitest';
import { scenario } from '../scenario.js';
import { type Case, cases, literal, postgresLiteral, seed } from './generate.js';
import { expectSameHashes } from './hashes.js';
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
        const table = named(`t${index}`);
        await expectSameHashes(
          { warehouse: two.duckdb, table, side: duckdb },
          { warehouse: two.postgres, table, side: postgres },
          chosen,
        );
      }
    },
    isNightly ? 3_600_000 : 120_000,
  );
});

import { ruleTypes } from '@aegis/rules';
import type { RuleResult } from '@aegis/spec';
import { duckdb } from '@aegis/warehouse-duckdb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generatedTypes, ruleSets } from './generate/rules.js';
import { worlds } from './generate/worlds.js';
import { expectAgreement, finding, findingAnywhere } from './harness/agreement.js';
import { type StoredWorld, withStored } from './harness/database.js';
import { compiled, namesInDatabase } from './harness/documents.js';
import { optionsFor, runApart, runTogether } from './harness/run.js';
import { judge, judgedTypes } from './oracle/oracle.js';
import type { GeneratedRule, World } from './world.js';

const isNightly = process.env.AEGIS_NIGHTLY === '1';

/**
 * Small enough for every change; the nightly run looks further, and elsewhere each time. A failure prints its seed and
 * path: AEGIS_SEED and AEGIS_PATH run that case again, AEGIS_SHRINK=1 looks for a smaller one.
 */
const settings: fc.Parameters<unknown> = {
  numRuns: isNightly ? 3_000 : 70,
  seed: Number(process.env.AEGIS_SEED ?? (isNightly ? Date.now() % 2 ** 31 : 20_260_115)),
  ...(process.env.AEGIS_PATH && { path: process.env.AEGIS_PATH }),
  endOnFailure: process.env.AEGIS_SHRINK !== '1',
};
const timeoutMs = isNightly ? 3_600_000 : 120_000;

interface Case {
  readonly world: World;
  readonly rules: readonly GeneratedRule[];
}

const cases = (options: { readonly forParquet: boolean }): fc.Arbitrary<Case> =>
  worlds(options).chain((world) => ruleSets(world, 14).map((rules) => ({ world, rules })));

const withWarehouse = async <Result>(
  { path, files }: StoredWorld,
  use: (warehouse: ReturnType<typeof duckdb>) => Promise<Result>,
): Promise<Result> => {
  const warehouse = duckdb({ path, files: Object.values(files), threads: 1 });
  try {
    return await use(warehouse);
  } finally {
    await warehouse.close?.();
  }
};

const expectOracle = (results: readonly RuleResult[], { world, rules }: Case): void => {
  expect(results).toHaveLength(rules.length);
  for (const [index, rule] of rules.entries()) {
    const result = results[index];
    if (result) expectAgreement(result, judge(rule, world));
  }
};

describe('rules of all types on tables of all kinds', () => {
  it('are judged by the oracle where they are generated', () => {
    // A new type has its truth table first, and joins these with a generator and a judge in a change of its own.
    expect(ruleTypes.map(({ name }) => name)).toEqual(expect.arrayContaining([...generatedTypes]));
    expect([...judgedTypes].sort()).toEqual([...generatedTypes].sort());
  });

  it(
    'come to the same fused, one by one, and by the oracle',
    async () => {
      const property = fc.asyncProperty(cases({ forParquet: false }), ({ world, rules }) =>
        withStored(world, { asParquet: false }, (stored) =>
          withWarehouse(stored, async (warehouse) => {
            const loaded = compiled(rules, world, namesInDatabase(world));
            const options = optionsFor(world, rules);
            const together = await runTogether(loaded, warehouse, options);
            const apart = await runApart(loaded, warehouse, options);
            expect(together.map(finding)).toEqual(apart.map(finding));
            expectOracle(together, { world, rules });
          }),
        ),
      );
      await fc.assert(property, settings as fc.Parameters<[Case]>);
    },
    timeoutMs,
  );

  it(
    'come to the same on a table and on a Parquet file of it',
    async () => {
      const property = fc.asyncProperty(cases({ forParquet: true }), ({ world, rules }) =>
        withStored(world, { asParquet: true }, (stored) =>
          withWarehouse(stored, async (warehouse) => {
            const options = optionsFor(world, rules);
            const onTable = await runTogether(compiled(rules, world, namesInDatabase(world)), warehouse, options);
            const onFile = await runTogether(compiled(rules, world, stored.files), warehouse, options);
            expect(onFile.map(findingAnywhere)).toEqual(onTable.map(findingAnywhere));
            expectOracle(onFile, { world, rules });
          }),
        ),
      );
      await fc.assert(property, settings as fc.Parameters<[Case]>);
    },
    timeoutMs,
  );
});

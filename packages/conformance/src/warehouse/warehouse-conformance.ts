import { afterAll, beforeAll, describe } from 'vitest';
import { describeLaws, describeTables } from './laws/describe.js';
import { errorLaws, errorTables } from './laws/errors.js';
import { executeLaws } from './laws/execute.js';
import { lifecycleLaws } from './laws/lifecycle.js';
import { snapshotLaws, snapshotTables } from './laws/snapshot.js';
import { statementLaws, statementTables } from './laws/statements.js';
import { statisticsLaws } from './laws/statistics.js';
import { valueLaws, valueTables } from './laws/values.js';
import { Stage } from './stage.js';
import { truthTables } from './truth-tables/truth-tables.js';
import { caseTables } from './truth-tables/type-case.js';
import type { WarehouseKit } from './warehouse-kit.js';

const buildTimeoutMs = 120_000;

/**
 * Registers the suites that every warehouse adapter has to pass: the laws of the transport, and the truth table of
 * every rule type. Call it once, at the top level of a vitest file. Skips come from the declared capabilities alone.
 */
export const warehouseConformance = (kit: WarehouseKit): void => {
  describe(`${kit.name} conforms to warehouse/v1`, () => {
    const stage = new Stage(kit);
    beforeAll(
      () =>
        stage.build({
          ...{ ...statementTables, ...valueTables, ...describeTables(kit), ...errorTables, ...snapshotTables },
          ...caseTables,
        }),
      buildTimeoutMs,
    );
    afterAll(() => stage.tearDown(), buildTimeoutMs);

    for (const laws of [
      lifecycleLaws,
      valueLaws,
      statementLaws,
      errorLaws,
      describeLaws,
      statisticsLaws,
      snapshotLaws,
      executeLaws,
    ]) {
      laws(stage, kit);
    }
    truthTables(stage);
  });
};

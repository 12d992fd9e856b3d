import { databricksDialect } from '@aegis/sql';
import { databricks } from '@aegis/warehouse-databricks';
import { describe, it, onTestFinished } from 'vitest';
import { newSchema, runAll } from '../../packages/warehouse-adapters/databricks/src/__fixtures__/new-schema.js';
import { onSpark } from '../../packages/warehouse-adapters/databricks/src/__fixtures__/on-spark.js';
import { expectSameProfile, profiledTables, statementsFor } from './profile-in.js';

const types = {
  ...{ integer: 'BIGINT', decimal: 'DECIMAL(18, 2)', float: 'DOUBLE', text: 'STRING', boolean: 'BOOLEAN' },
  ...{ date: 'DATE', timestamp: 'TIMESTAMP_NTZ', timestamptz: 'TIMESTAMP' },
};

await onSpark(async (workspace) => {
  const options = await newSchema(workspace);

  describe('the profile of a source on Databricks', () => {
    it.each(profiledTables(`we"ird_n'ame_漢`))(
      'is what DuckDB finds of the same $name',
      async (table) => {
        await runAll(options, statementsFor(table, types, databricksDialect, ' USING parquet'));
        const warehouse = databricks(options);
        onTestFinished(() => warehouse.close?.());
        await expectSameProfile(table, warehouse);
      },
      300_000,
    );
  });
});

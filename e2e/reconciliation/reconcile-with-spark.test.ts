import { databricks } from '@aegis/warehouse-databricks';
import { newSchema, runAll } from '../../packages/warehouse-adapters/databricks/src/__fixtures__/new-schema.js';
import { onSpark } from '../../packages/warehouse-adapters/databricks/src/__fixtures__/on-spark.js';
import { expectReconciled, type FarWarehouse } from './expect-reconciled.js';
import { orders } from './orders.js';

const types = { integer: 'BIGINT', text: 'STRING', decimal: 'DECIMAL(12, 4)' };

await onSpark((workspace) => {
  const open = async (): Promise<FarWarehouse> => {
    const { token = '', ...options } = await newSchema(workspace);
    await runAll({ ...options, token }, orders(types, ' USING parquet'));
    const warehouse = databricks({ ...options, token });
    return {
      warehouse,
      entry: { type: 'databricks', ...options, token: '${env:FAR_TOKEN}' },
      env: { FAR_TOKEN: token },
      close: async () => warehouse.close?.(),
    };
  };
  expectReconciled({ name: 'Databricks (on Spark)', open });
});

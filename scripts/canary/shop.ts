import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runExpecting } from '../command.js';

/** A small shop with one fault: an order without a customer. */
export interface Shop {
  readonly folder: string;
  /** Rules on the Parquet file: one passes, one fails. */
  readonly fileRules: string;
  /** The same rules on the table of {@link database}. */
  readonly tableRules: string;
  readonly database: string;
}

const orders = "SELECT * FROM (VALUES (1, 'ada'), (2, 'grace'), (3, NULL)) AS orders(order_id, customer)";

const script = `
import { DuckDBInstance } from '@duckdb/node-api';
const connection = await (await DuckDBInstance.create('shop.duckdb')).connect();
await connection.run(${JSON.stringify(`CREATE TABLE orders AS ${orders}`)});
await connection.run("COPY orders TO 'orders.parquet'");
connection.closeSync();
`;

const rulesOn = (table: string) => `rules:
  - apiVersion: aegis.dev/v1
    kind: DataQualityRule
    metadata: { id: order_id_unique, owner: canary, description: Every order is there once. }
    scope: { table: ${table}, columns: [order_id] }
    logic: { type: unique }
  - apiVersion: aegis.dev/v1
    kind: DataQualityRule
    metadata: { id: customer_present, owner: canary, description: Every order has a customer. }
    scope: { table: ${table}, columns: [customer] }
    logic: { type: not_null }
`;

/** Makes the shop below `project`, where the DuckDB driver is installed. */
export const makeShop = async (project: string): Promise<Shop> => {
  const folder = join(project, 'shop');
  mkdirSync(folder);
  writeFileSync(join(folder, 'make.mjs'), script);
  writeFileSync(join(folder, 'file-rules.yaml'), rulesOn('./orders.parquet'));
  writeFileSync(join(folder, 'table-rules.yaml'), rulesOn('orders'));
  await runExpecting(0, process.execPath, ['make.mjs'], { cwd: folder });
  return {
    folder,
    fileRules: join(folder, 'file-rules.yaml'),
    tableRules: join(folder, 'table-rules.yaml'),
    database: join(folder, 'shop.duckdb'),
  };
};

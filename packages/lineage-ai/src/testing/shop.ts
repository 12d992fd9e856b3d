import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LineageGraph } from '@aegis/lineage';
import type { Warehouse } from '@aegis/spec';
import { duckdb } from '@aegis/warehouse-duckdb';
import { onTestFinished } from 'vitest';
import { recordedGraph } from './recorded-graph.js';

/** A pipeline with a fault: cents are added up as if they were the amounts of euros. */
export const shopSql: readonly string[] = [
  'CREATE TABLE customers (id INTEGER, email VARCHAR, country VARCHAR)',
  "INSERT INTO customers VALUES (1, 'ann@example.com', 'CH'), (2, 'bob@example.com', 'DE'), (3, NULL, 'CH')",
  'CREATE TABLE orders (id INTEGER, customer_id INTEGER, cents INTEGER, status VARCHAR)',
  "INSERT INTO orders SELECT i, 1 + i % 3, i * 100, CASE WHEN i % 4 = 0 THEN 'cancelled' ELSE 'paid' END FROM range(1, 21) t(i)",
  "CREATE TABLE paid AS SELECT id, customer_id, cents AS amount FROM orders WHERE status = 'paid'",
  'CREATE TABLE scratch AS SELECT id FROM orders',
  'CREATE VIEW revenue AS SELECT c.country, sum(p.amount) AS total FROM paid p JOIN customers c ON c.id = p.customer_id GROUP BY c.country',
  'DROP TABLE scratch',
];

export interface Shop {
  readonly graph: LineageGraph;
  /** Read-only. */
  readonly warehouse: Warehouse;
  readonly path: string;
}

/** The pipeline as it ran on a real DuckDB, recorded by the operation log. `beside` runs without being recorded. */
export const openShop = async (sql = shopSql, beside: readonly string[] = []): Promise<Shop> => {
  const path = join(await mkdtemp(join(tmpdir(), 'aegis-lineage-ai-')), 'shop.duckdb');
  const graph = await recordedGraph(path, sql, beside);
  const warehouse = duckdb({ path });
  onTestFinished(() => warehouse.close?.());
  return { graph, warehouse, path };
};

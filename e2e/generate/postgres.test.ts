import { join } from 'node:path';
import { finishRun, generateRules, runRules, validateRules } from '@aegis/project';
import { type Effects, SecretRegistry } from '@aegis/project/program';
import * as postgres from '@aegis/warehouse-postgres';
import pg from 'pg';
import { expect, inject } from 'vitest';
import { folderWith } from '../cli/project.js';
import { scenario } from '../scenario.js';

const tables = `
CREATE SCHEMA stage;
CREATE TABLE stage.customers AS SELECT i AS id FROM generate_series(1, 50) i;
CREATE TABLE stage.orders AS SELECT i AS order_id, gen_random_uuid() AS uid, i % 50 + 1 AS customer_id,
  (array['open', 'paid'])[i % 2 + 1] AS state, (i % 400) * 1.25 AS amount, (i % 7)::real AS weight,
  now() - i * interval '1 minute' AS loaded_at, '{"a": 1}'::jsonb AS document, array[i] AS lines FROM generate_series(1, 3000) i;
INSERT INTO stage.orders (order_id, weight) VALUES (3001, 'NaN')`;

/** A database with these tables; gives its address. */
const seeded = async (): Promise<string> => {
  const url = await (await fetch(`${inject('testServersUrl')}/postgres`)).text();
  const client = new pg.Client(url);
  await client.connect();
  await client.query(tables);
  await client.end();
  return url;
};

const installed: { readonly [name: string]: unknown } = { '@aegis/warehouse-postgres': postgres };

scenario('command/generate', 'drafts rules for a table of PostgreSQL that validate and pass', async () => {
  const cwd = await folderWith();
  const where = { warehouse: 'postgres', connection: { url: await seeded() } };
  const effects: Effects = {
    ...{ cwd, env: { HOME: cwd }, now: () => new Date(), secrets: new SecretRegistry() },
    importFrom: async (name) => installed[name],
  };
  const { rules, leftOut, notes } = await generateRules(
    { table: 'stage.orders', llm: false, output: 'orders.yaml', ...where },
    effects,
  );
  expect({ rules, leftOut, notes }).toEqual({
    leftOut: [],
    notes: [],
    rules: [
      ...['orders_order_id_unique', 'orders_uid_unique', 'orders_order_id_present', 'orders_customer_id_in_customers'],
      ...['orders_weight_present', 'orders_state_accepted', 'orders_loaded_at_fresh', 'orders_row_count'],
      ...['orders_loaded_at_not_in_future', 'orders_amount_in_range'],
    ],
  });
  const file = [join(cwd, 'orders.yaml')];
  expect((await validateRules({ rules: file, checkSql: true, ...where }, effects)).problems).toEqual([]);
  expect((await finishRun(runRules({ rules: file, llm: false, ...where }, effects))).exitCode).toBe(0);
});

import { readFile } from 'node:fs/promises';
import { databricks } from '@aegis/warehouse-databricks';
import { afterAll, describe, expect, it } from 'vitest';
import { aggregates } from '../../packages/sql/src/__golden__/aggregates.js';
import { comparisons } from '../../packages/sql/src/__golden__/comparisons.js';
import { expressions } from '../../packages/sql/src/__golden__/expressions.js';
import type { Golden } from '../../packages/sql/src/__golden__/golden.js';
import { literals } from '../../packages/sql/src/__golden__/literals.js';
import { segments } from '../../packages/sql/src/__golden__/segments.js';
import { statements } from '../../packages/sql/src/__golden__/statements.js';
import { newSchema, runAll } from '../../packages/warehouse-adapters/databricks/src/__fixtures__/new-schema.js';
import { onSpark } from '../../packages/warehouse-adapters/databricks/src/__fixtures__/on-spark.js';

interface Case {
  readonly title: string;
  readonly sql: Golden;
}

/** The Databricks column of a table, row by row, as it stands there. */
const databricksColumn = (cases: readonly Case[]): [string, string][] =>
  cases.flatMap(({ title, sql }) => (typeof sql.databricks === 'string' ? [[title, sql.databricks]] : []));

const mostTogether = 15;

/** Select lists of several cases: each statement takes Spark a while, whatever is in it. Aggregates stand apart from what reads rows. */
const togetherOf = (cases: readonly [string, string][]): [string, string][] =>
  Array.from({ length: Math.ceil(cases.length / mostTogether) }, (_, index) => {
    const some = cases.slice(index * mostTogether, (index + 1) * mostTogether);
    return [some.map(([title]) => title).join('; '), some.map(([, sql], item) => `${sql} AS e${item}`).join(', ')];
  });

const columns = `(id BIGINT, qty INT, amount DECIMAL(18,2), price DOUBLE, weight FLOAT, status STRING, placed DATE,
  at TIMESTAMP_NTZ, seen TIMESTAMP, ref STRING)`;

const row = `INSERT INTO orders VALUES (1, 1, 1.5, double('NaN'), 0.1, 'a', DATE'2024-01-31',
  TIMESTAMP_NTZ'2024-01-31 10:00:00', TIMESTAMP'2024-01-31 10:00:00Z', NULL)`;

const ruleColumns = `(amount DECIMAL(18,2), quantity BIGINT, latency_ms DOUBLE, discount DECIMAL(18,2), rating BIGINT,
  ordered_at TIMESTAMP_NTZ, shipped_at TIMESTAMP_NTZ, loaded_at TIMESTAMP, updated_at TIMESTAMP, order_id BIGINT,
  line_number BIGINT, customer_id BIGINT, id BIGINT, revenue DECIMAL(18,2), status STRING, email STRING, name STRING,
  sku STRING)`;

const otherSchemas = ['crm', 'shop', 'raw'];
const ruleTables = ['shop.orders', 'shop.customers', 'raw.orders'];

const setUp: readonly string[] = [
  ...otherSchemas.map((schema) => `CREATE SCHEMA IF NOT EXISTS ${schema}`),
  `CREATE TABLE orders ${columns} USING parquet`,
  row,
  ...['DROP TABLE IF EXISTS crm.customers', `CREATE TABLE crm.customers ${columns} USING parquet`],
  ...ruleTables.flatMap((table) => [
    `DROP TABLE IF EXISTS ${table}`,
    `CREATE TABLE ${table} ${ruleColumns} USING parquet`,
  ]),
];

/** Every statement of the page, with the rule type that it stands under. */
const statementsOf = (page: string): [string, string][] =>
  page.split(/^-- /m).flatMap((section) => {
    const [title = '', ...lines] = section.split('\n');
    const texts = lines.join('\n').split(/;\n/);
    return texts.map((sql): [string, string] => [title, sql.trim()]).filter(([, sql]) => sql !== '');
  });

const page = await readFile(new URL('../../packages/engine/src/__golden__/databricks.sql', import.meta.url), 'utf8');

await onSpark(async (workspace) => {
  const options = await newSchema(workspace);
  await runAll(options, setUp);
  const warehouse = databricks(options);
  afterAll(() => warehouse.close?.());

  describe('the golden SQL of Databricks', () => {
    it.each([expressions, aggregates, literals].flatMap((cases) => togetherOf(databricksColumn(cases))))(
      'runs on Spark: %s',
      async (_, items) => {
        expect(await warehouse.executeSample(`SELECT ${items} FROM orders`, 2)).toHaveLength(1);
      },
    );

    it.each([...databricksColumn(statements), ...databricksColumn(comparisons), ...databricksColumn(segments)])(
      'runs on Spark: %s',
      async (_, sql) => {
        await expect(warehouse.executeSample(sql, 10)).resolves.toBeInstanceOf(Array);
      },
    );

    it('has statements of every rule type', () => {
      expect(statementsOf(page).length).toBeGreaterThan(60);
    });

    it.each(statementsOf(page))('runs on Spark as it stands: %s', async (_, sql) => {
      await expect(warehouse.executeSample(sql, 10)).resolves.toBeInstanceOf(Array);
    });
  });
});

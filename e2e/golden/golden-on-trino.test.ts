import { readFile } from 'node:fs/promises';
import { TrinoEmulator } from '@aegis/warehouse-emulators/trino';
import { afterAll, describe, expect, it } from 'vitest';
import { aggregates } from '../../packages/sql/src/__golden__/aggregates.js';
import { comparisons } from '../../packages/sql/src/__golden__/comparisons.js';
import { expressions } from '../../packages/sql/src/__golden__/expressions.js';
import type { Golden } from '../../packages/sql/src/__golden__/golden.js';
import { literals } from '../../packages/sql/src/__golden__/literals.js';
import { segments } from '../../packages/sql/src/__golden__/segments.js';
import { statements } from '../../packages/sql/src/__golden__/statements.js';
import { trino } from '../../packages/warehouse-adapters/trino/src/index.js';

interface Case {
  readonly title: string;
  readonly sql: Golden;
}

/** Trino's column of a table, row by row, as it stands there. */
const trinoColumn = (cases: readonly Case[]): [string, string][] =>
  cases.flatMap(({ title, sql }) => (typeof sql.trino === 'string' ? [[title, sql.trino]] : []));

const columns = `(id bigint, qty integer, amount decimal(18,2), price double, weight real, status varchar(20), placed date,
  at timestamp(6), seen timestamp(6) with time zone, ref uuid)`;

const row = `(1, 1, DECIMAL '1.5', CAST('NaN' AS DOUBLE), CAST('0.1' AS REAL), 'a', DATE '2024-01-31',
  TIMESTAMP '2024-01-31 10:00:00', TIMESTAMP '2024-01-31 10:00:00 UTC', NULL)`;

const ruleColumns = `(amount decimal(18,2), quantity bigint, latency_ms double, discount decimal(18,2), rating bigint,
  ordered_at timestamp(6), shipped_at timestamp(6), loaded_at timestamp(6) with time zone, updated_at timestamp(6) with time zone,
  order_id bigint, line_number bigint, customer_id bigint, id bigint, revenue decimal(18,2), status varchar, email varchar,
  name varchar, sku varchar)`;

const emulator = await TrinoEmulator.open({ schemas: ['golden', 'crm', 'shop', 'raw'] });
await emulator.run(`CREATE TABLE golden.orders ${columns}`);
await emulator.run(`CREATE TABLE crm.customers ${columns}`);
await emulator.run(`INSERT INTO golden.orders VALUES ${row}`);
for (const table of ['shop.orders', 'shop.customers', 'raw.orders'])
  await emulator.run(`CREATE TABLE ${table} ${ruleColumns}`);
const warehouse = trino({ server: emulator.url, catalog: emulator.catalog, schema: 'golden' });
afterAll(async () => {
  await warehouse.close?.();
  await emulator.close();
});

/** Every statement of the page, with the rule type that it stands under. */
const statementsOf = (page: string): [string, string][] =>
  page.split(/^-- /m).flatMap((section) => {
    const [title = '', ...lines] = section.split('\n');
    const texts = lines.join('\n').split(/;\n/);
    return texts.map((sql): [string, string] => [title, sql.trim()]).filter(([, sql]) => sql !== '');
  });

const page = await readFile(new URL('../../packages/engine/src/__golden__/trino.sql', import.meta.url), 'utf8');

describe('the golden SQL of Trino, in the emulator', () => {
  it.each([...trinoColumn(expressions), ...trinoColumn(aggregates), ...trinoColumn(literals)])(
    'runs: %s',
    async (_, sql) => {
      expect(await warehouse.executeSample(`SELECT ${sql} FROM orders`, 2)).toHaveLength(1);
    },
  );

  it.each([...trinoColumn(statements), ...trinoColumn(comparisons), ...trinoColumn(segments)])(
    'runs: %s',
    async (_, sql) => {
      await expect(warehouse.executeSample(sql, 10)).resolves.toBeInstanceOf(Array);
    },
  );

  it('has statements of every rule type', () => {
    expect(statementsOf(page).length).toBeGreaterThan(60);
  });

  it.each(statementsOf(page))('runs as it stands: %s', async (_, sql) => {
    await expect(warehouse.executeSample(sql, 10)).resolves.toBeInstanceOf(Array);
  });
});

import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { aggregates } from '../../packages/sql/src/__golden__/aggregates.js';
import { comparisons } from '../../packages/sql/src/__golden__/comparisons.js';
import { expressions } from '../../packages/sql/src/__golden__/expressions.js';
import type { Golden } from '../../packages/sql/src/__golden__/golden.js';
import { literals } from '../../packages/sql/src/__golden__/literals.js';
import { segments } from '../../packages/sql/src/__golden__/segments.js';
import { statements } from '../../packages/sql/src/__golden__/statements.js';

let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client(await (await fetch(`${inject('testServersUrl')}/postgres`)).text());
  await client.connect();
});
afterAll(() => client.end());

interface Case {
  readonly title: string;
  readonly sql: Golden;
}

/** PostgreSQL's column of a table, row by row, as it stands there. */
const postgresColumn = (cases: readonly Case[]): [string, string][] =>
  cases.flatMap(({ title, sql }) => (typeof sql.postgres === 'string' ? [[title, sql.postgres]] : []));

const columns = `(id bigint, qty integer, amount numeric(18,2), price double precision, weight real, status varchar(20),
  placed date, "at" timestamp, seen timestamptz, ref uuid)`;

describe('the golden SQL of expressions and statements', () => {
  beforeAll(async () => {
    await client.query(`CREATE TABLE orders ${columns}`);
    await client.query(`CREATE SCHEMA crm`);
    await client.query(`CREATE TABLE crm.customers ${columns}`);
    await client.query(`INSERT INTO orders VALUES (1, 1, 1.5, 'NaN', 0.1, 'a', '2024-01-31', '2024-01-31 10:00:00',
      '2024-01-31 10:00:00Z', NULL)`);
  });

  it.each([...postgresColumn(expressions), ...postgresColumn(aggregates), ...postgresColumn(literals)])(
    'runs on PostgreSQL: %s',
    async (_, sql) => {
      expect((await client.query(`SELECT ${sql} FROM orders`)).rows).toHaveLength(1);
    },
  );

  it.each([...postgresColumn(statements), ...postgresColumn(comparisons), ...postgresColumn(segments)])(
    'runs on PostgreSQL: %s',
    async (_, sql) => {
      expect((await client.query(sql)).command).toBe('SELECT');
    },
  );
});

const ruleColumns = `(amount numeric(18,2), quantity bigint, latency_ms double precision, discount numeric(18,2), rating bigint,
  ordered_at timestamp, shipped_at timestamp, loaded_at timestamptz, updated_at timestamptz, order_id bigint,
  line_number bigint, customer_id bigint, id bigint, revenue numeric(18,2), status text, email text, name text, sku text)`;

/** Every statement of the page, with the rule type that it stands under. */
const statementsOf = (page: string): readonly (readonly [string, string])[] =>
  page.split(/^-- /m).flatMap((section) => {
    const [title = '', ...lines] = section.split('\n');
    const texts = lines.join('\n').split(/;\n/);
    return texts.map((sql) => [title, sql.trim()] as const).filter(([, sql]) => sql !== '');
  });

describe('the golden SQL of the rule types', () => {
  beforeAll(async () => {
    for (const schema of ['shop', 'raw']) await client.query(`CREATE SCHEMA ${schema}`);
    for (const table of ['shop.orders', 'shop.customers', 'raw.orders'])
      await client.query(`CREATE TABLE ${table} ${ruleColumns}`);
  });

  it('runs on PostgreSQL as it stands', async () => {
    const page = await readFile(new URL('../../packages/engine/src/__golden__/postgres.sql', import.meta.url), 'utf8');
    const found = statementsOf(page);
    expect(found.length).toBeGreaterThan(60);
    for (const [title, sql] of found) {
      const answer = client.query(sql).then(({ command }) => command);
      await expect(answer, `${title}: ${sql}`).resolves.toBe('SELECT');
    }
  });
});

import { describe, expect, it } from 'vitest';
import { runTraced, type TestPipeline } from './traced-pipeline.js';

const orders = (
  columns = "range AS id, range % 50 AS customer_id, 10 + range % 90 AS amount, DATE '2026-01-01' + CAST(range // 40 AS INTEGER) AS day",
) => `SELECT ${columns} FROM range(400)`;
const customers = (country = `CASE WHEN range % 2 = 0 THEN 'DE' ELSE 'FR' END`) =>
  `SELECT range AS id, ${country} AS country FROM range(50)`;

const shop = (
  more: Partial<TestPipeline['sources']> = {},
  changes: { readonly [output: string]: Partial<TestPipeline['steps'][number]> } = {},
): TestPipeline => ({
  sources: { raw_orders: orders(), raw_customers: customers(), ...(more as TestPipeline['sources']) },
  steps: [
    {
      output: 'stg_orders',
      sql: 'CREATE TABLE stg_orders AS SELECT id AS order_id, customer_id, amount, day FROM raw_orders',
      lineage: [
        'order_id = raw_orders.id',
        'customer_id = raw_orders.customer_id',
        'amount = raw_orders.amount',
        'day = raw_orders.day',
      ],
    },
    {
      output: 'stg_customers',
      sql: 'CREATE TABLE stg_customers AS SELECT id AS customer_id, country FROM raw_customers',
      lineage: ['customer_id = raw_customers.id', 'country = raw_customers.country'],
    },
    {
      output: 'mart',
      sql: 'CREATE TABLE mart AS SELECT o.order_id, o.customer_id, o.amount, o.day, c.country FROM stg_orders o LEFT JOIN stg_customers c ON o.customer_id = c.customer_id',
      lineage: [
        'order_id = stg_orders.order_id',
        'customer_id = stg_orders.customer_id',
        'amount = stg_orders.amount',
        'day = stg_orders.day',
        'country = stg_customers.country',
        'join stg_orders.customer_id, stg_customers.customer_id: o.customer_id = c.customer_id',
      ],
    },
  ].map((step) => ({ ...step, ...changes[step.output] })),
});

describe('a failure that comes in with the data', () => {
  it('is followed through every table that fails to its source', async () => {
    const broken = shop({ raw_customers: customers(`CASE WHEN range % 7 > 0 THEN 'DE' END`) });
    const { cause } = await runTraced(broken, [{ table: 'mart', type: 'not_null', column: 'country' }]);
    expect(cause).toMatchObject({
      ...{ dataset: 'raw_customers', column: 'country', kind: 'source', confidence: 'high' },
      path: ['mart', 'stg_customers', 'raw_customers'],
    });
  });

  it('is not looked for where every rule holds', async () => {
    const { cause, counts } = await runTraced(shop(), [{ table: 'mart', type: 'not_null', column: 'country' }]);
    expect(cause).toBeNull();
    expect(counts.statements.filter((sql) => sql.includes('stg_'))).toEqual([]);
  });
});

describe('a failure that a transformation brings in', () => {
  it('is placed at the table whose parents hold, with the expression that makes the column', async () => {
    const broken = shop(
      {},
      {
        stg_orders: {
          sql: 'CREATE TABLE stg_orders AS SELECT id AS order_id, customer_id, amount * 100 AS amount, day FROM raw_orders',
          lineage: [
            'order_id = raw_orders.id',
            'customer_id = raw_orders.customer_id',
            'amount ~ raw_orders.amount: amount * 100',
            'day = raw_orders.day',
          ],
        },
      },
    );
    const rule = { table: 'mart', type: 'between', column: 'amount', min_value: 0, max_value: 1000 };
    const { cause } = await runTraced(broken, [rule]);
    expect(cause).toMatchObject({
      dataset: 'stg_orders',
      column: 'amount',
      kind: 'transformation',
      operation: 'stg_orders.sql',
    });
  });
});

describe('rows that a join loses', () => {
  it('are followed to the keys that find nothing', async () => {
    const broken = shop({
      raw_orders: orders(
        "range AS id, CASE WHEN range % 40 = 0 THEN 9000 + range ELSE range % 50 END AS customer_id, 10 + range % 90 AS amount, DATE '2026-01-01' AS day",
      ),
    });
    const { cause } = await runTraced(broken, [{ table: 'mart', type: 'not_null', column: 'country' }]);
    expect(cause).toMatchObject({ dataset: 'raw_orders', column: 'customer_id' });
  });

  it('are the join’s own doing where most keys find nothing', async () => {
    const broken = shop(
      {},
      {
        mart: {
          sql: 'CREATE TABLE mart AS SELECT o.order_id, o.customer_id, o.amount, o.day, c.country FROM stg_orders o LEFT JOIN stg_customers c ON o.order_id = c.customer_id',
          lineage: [
            'order_id = stg_orders.order_id',
            'customer_id = stg_orders.customer_id',
            'country = stg_customers.country',
            'join stg_orders.order_id, stg_customers.customer_id: o.order_id = c.customer_id',
          ],
        },
      },
    );
    const { cause } = await runTraced(broken, [{ table: 'mart', type: 'not_null', column: 'country' }]);
    expect(cause).toMatchObject({ dataset: 'mart', column: 'order_id', kind: 'join_loss', operation: 'mart.sql' });
  });
});

describe('keys that repeat', () => {
  it('were loaded twice where the source repeats them', async () => {
    const broken = shop({ raw_orders: `${orders()} UNION ALL ${orders()} WHERE range < 40` });
    const { cause } = await runTraced(broken, [{ table: 'mart', type: 'unique', column: 'order_id' }]);
    expect(cause).toMatchObject({ dataset: 'raw_orders', column: 'id', kind: 'duplicate_load' });
  });

  it('are multiplied by a join whose other side repeats its key', async () => {
    const broken = shop({ raw_customers: `${customers()} UNION ALL SELECT 3, 'IT'` });
    const { cause } = await runTraced(broken, [{ table: 'mart', type: 'unique', column: 'order_id' }]);
    expect(cause).toMatchObject({ dataset: 'raw_customers', column: 'id' });
  });
});

import { postgres } from '@aegis/warehouse-postgres';
import { describe, expect, it, onTestFinished } from 'vitest';
import { databaseWith } from '../warehouses/postgres.js';
import { runTraced, statementsOf, type TestPipeline } from './traced-pipeline.js';

const orders = (nulls = 'NULL', from = 0) =>
  `SELECT i AS id, CASE WHEN i % 9 < ${from} THEN ${nulls} ELSE i % 50 END AS customer_id, 10 + i % 90 AS amount, ` +
  `DATE '2026-01-01' + i / 40 AS day FROM generate_series(0, 399) AS i`;

const pipeline = (source: string, expression: string): TestPipeline => ({
  parserName: 'postgresql',
  sources: { raw_orders: source },
  steps: [
    {
      output: 'stg_orders',
      sql: `CREATE TABLE stg_orders AS SELECT id AS order_id, customer_id, ${expression} AS amount, day FROM raw_orders`,
      lineage: [
        ...['order_id = raw_orders.id', 'customer_id = raw_orders.customer_id', 'day = raw_orders.day'],
        `amount ${expression === 'amount' ? '=' : '~'} raw_orders.amount: ${expression}`,
      ],
    },
    {
      output: 'mart',
      sql: 'CREATE TABLE mart AS SELECT day, count(*) AS orders, sum(amount) AS amount, max(customer_id) AS customer_id FROM stg_orders GROUP BY day',
      lineage: [
        ...['day = stg_orders.day', 'amount + stg_orders.amount: sum(amount)'],
        'customer_id + stg_orders.customer_id: max(customer_id)',
      ],
    },
  ],
});

const onPostgres = async (broken: TestPipeline) => {
  const { url } = await databaseWith(...statementsOf(broken));
  const warehouse = postgres({ url });
  onTestFinished(() => warehouse.close?.());
  return warehouse;
};

describe('root causes on PostgreSQL', () => {
  it('are followed to the source', async () => {
    const broken = pipeline(orders('NULL', 2), 'amount');
    const rule = { table: 'stg_orders', type: 'not_null', column: 'customer_id' };
    const { cause } = await runTraced(broken, [rule], { warehouse: await onPostgres(broken) });
    expect(cause).toMatchObject({ dataset: 'raw_orders', column: 'customer_id', kind: 'source', confidence: 'high' });
  });

  it('are tried on rewritten steps, through what is made of them', async () => {
    const broken = pipeline(orders(), 'amount * 100');
    const rule = { table: 'mart', type: 'column_sum_between', column: 'amount', max_value: 100_000 };
    const { cause } = await runTraced(broken, [rule], { warehouse: await onPostgres(broken) });
    expect(cause).toMatchObject({ dataset: 'stg_orders', column: 'amount', kind: 'transformation' });
    expect(cause?.evidence[0]?.sentence).toContain('amount instead of amount * 100');
  });

  it('are days that never came', async () => {
    const broken = pipeline(`${orders()} WHERE i / 40 <> 4`, 'amount');
    const rule = { table: 'mart', type: 'row_count', threshold: 10 };
    const { cause } = await runTraced(broken, [rule], { warehouse: await onPostgres(broken) });
    expect(cause).toMatchObject({ dataset: 'raw_orders', column: 'day', kind: 'late_or_missing_load' });
  });

  it('are whole rows that came twice', async () => {
    const broken = pipeline(`${orders()} UNION ALL ${orders()} WHERE i < 40`, 'amount');
    const rule = { table: 'stg_orders', type: 'row_count_between', max_value: 410 };
    const { cause } = await runTraced(broken, [rule], { warehouse: await onPostgres(broken) });
    expect(cause).toMatchObject({ dataset: 'raw_orders', kind: 'duplicate_load', confidence: 'high' });
  });
});

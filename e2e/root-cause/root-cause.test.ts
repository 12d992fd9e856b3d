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
  it('is its own where it makes NULLs of values that all are there', async () => {
    const sql = `CREATE TABLE stg_orders AS SELECT id AS order_id, TRY_CAST(concat(customer_id, CASE WHEN id % 3 = 0 THEN 'x' ELSE '' END) AS INTEGER) AS customer_id, amount, day FROM raw_orders`;
    const broken = shop(
      {},
      {
        stg_orders: {
          sql,
          lineage: [
            'order_id = raw_orders.id',
            'customer_id ~ raw_orders.customer_id: TRY_CAST(…)',
            'day = raw_orders.day',
          ],
        },
      },
    );
    const { cause } = await runTraced(broken, [{ table: 'mart', type: 'not_null', column: 'customer_id' }]);
    expect(cause).toMatchObject({ dataset: 'stg_orders', column: 'customer_id', kind: 'transformation' });
  });

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

describe('rows that a join loses, beside others that are not meant', () => {
  /** Large orders are those of guests; a customer is lost on the way. */
  const withGuests = (filter: string) =>
    shop(
      {
        raw_orders: orders(
          "range AS id, CASE WHEN range % 90 < 45 THEN range % 50 ELSE 9000 + range END AS customer_id, 10 + range % 90 AS amount, DATE '2026-01-01' AS day",
        ),
      },
      {
        stg_customers: {
          sql: 'CREATE TABLE stg_customers AS SELECT id AS customer_id, country FROM raw_customers WHERE id <> 7',
          lineage: [
            'customer_id = raw_customers.id',
            'country = raw_customers.country',
            'filter raw_customers.id: id <> 7',
          ],
        },
        mart: {
          sql: `CREATE TABLE mart AS SELECT o.order_id, o.customer_id, o.amount, o.day, c.country FROM stg_orders o LEFT JOIN stg_customers c ON o.customer_id = c.customer_id${filter && ` WHERE ${filter}`}`,
          lineage: [
            'order_id = stg_orders.order_id',
            'customer_id = stg_orders.customer_id',
            'amount = stg_orders.amount',
            'day = stg_orders.day',
            'country = stg_customers.country',
            'join stg_orders.customer_id, stg_customers.customer_id: o.customer_id = c.customer_id',
            ...(filter ? [`filter stg_orders.amount: ${filter}`] : []),
          ],
        },
      },
    );
  const lost = { dataset: 'stg_customers', kind: 'filter_loss', operation: 'stg_customers.sql' };
  const hasCountry = { table: 'mart', type: 'not_null', column: 'country' };

  it('are followed without those that the step leaves out', async () => {
    const { cause } = await runTraced(withGuests('o.amount < 55'), [hasCountry]);
    expect(cause).toMatchObject(lost);
    expect(cause?.evidence[0]).toMatchObject({
      kind: 'join_unmatched',
      numbers: { rows_checked: 220, rows_failed: 4 },
    });
  });

  it('are followed without those that the rule leaves out', async () => {
    const { cause } = await runTraced(withGuests(''), [{ ...hasCountry, where: 'amount < 55' }]);
    expect(cause).toMatchObject(lost);
  });

  it('are all followed where a filter reads more than the joined table', async () => {
    const { cause } = await runTraced(withGuests('o.amount < 55 OR c.country IS NULL'), [hasCountry]);
    expect(cause).toMatchObject({ dataset: 'raw_orders', column: 'customer_id' });
  });
});

describe('keys that repeat', () => {
  it('were loaded twice where the source repeats them', async () => {
    const broken = shop({ raw_orders: `${orders()} UNION ALL ${orders()} WHERE range < 40` });
    const { cause } = await runTraced(broken, [{ table: 'mart', type: 'unique', column: 'order_id' }]);
    expect(cause).toMatchObject({ dataset: 'raw_orders', column: 'id', kind: 'duplicate_load' });
  });

  it('are left by a step that keeps one row of another key', async () => {
    const versions = `SELECT range % 400 AS customer_id, CASE WHEN range >= 400 AND range % 5 = 0 THEN 'new' ELSE 'c' END || range % 400 AS email,
      TIMESTAMP '2026-01-01' + INTERVAL (range) MINUTE AS updated_at FROM range(600)`;
    const step = {
      output: 'customers',
      sql: 'CREATE TABLE customers AS SELECT customer_id, email FROM (SELECT *, row_number() OVER (PARTITION BY email ORDER BY updated_at DESC) AS rn FROM raw_customers) AS r WHERE rn = 1',
      lineage: [
        'customer_id = raw_customers.customer_id',
        'email = raw_customers.email',
        'filter raw_customers.email: rn = 1',
      ],
    };
    const rule = { table: 'customers', type: 'unique', column: 'customer_id' };
    const { cause } = await runTraced({ sources: { raw_customers: versions }, steps: [step] }, [rule]);
    expect(cause).toMatchObject({ dataset: 'customers', kind: 'transformation', operation: 'customers.sql' });
    expect(cause?.evidence[0]?.sentence).toContain('PARTITION BY customer_id');
  });

  it('are multiplied by a join whose other side repeats its key', async () => {
    const broken = shop({ raw_customers: `${customers()} UNION ALL SELECT 3, 'IT'` });
    const { cause } = await runTraced(broken, [{ table: 'mart', type: 'unique', column: 'order_id' }]);
    expect(cause).toMatchObject({ dataset: 'raw_customers', column: 'id' });
  });
});

describe('rows that a step keeps out', () => {
  const daily = (more: string) =>
    `SELECT range AS id, range % 50 AS customer_id, 10 + range % 90 AS amount, DATE '2026-01-01' + CAST(range // 40 AS INTEGER) AS day, ` +
    `CASE WHEN range % 5 = 0 THEN 'void' ELSE 'paid' END AS status FROM range(400) ${more}`;
  const paid = (where: string): TestPipeline => ({
    sources: { raw_orders: daily('') },
    steps: [
      {
        output: 'mart',
        sql: `CREATE TABLE mart AS SELECT id, amount, day FROM raw_orders WHERE ${where}`,
        lineage: [
          'id = raw_orders.id',
          'amount = raw_orders.amount',
          'day = raw_orders.day',
          `filter raw_orders.status: ${where}`,
        ],
      },
    ],
  });

  it('are a filter’s doing where the rule holds over the filter turned around', async () => {
    const rule = { table: 'mart', type: 'row_count_between', min_value: 300, max_value: 340 };
    const { cause } = await runTraced(paid("NOT (status <> 'void')"), [rule]);
    expect(cause).toMatchObject({ dataset: 'mart', kind: 'filter_loss', operation: 'mart.sql', confidence: 'high' });
    expect(cause?.evidence[0]).toMatchObject({ kind: 'trial', numbers: { rules_mended: 1 } });
  });

  it('never came where a day is missing at the source', async () => {
    const pipeline = { ...paid("status <> 'void'"), sources: { raw_orders: daily('WHERE range // 40 <> 4') } };
    const rule = { table: 'mart', type: 'row_count_between', min_value: 300, max_value: 340 };
    const { cause } = await runTraced(pipeline, [rule]);
    expect(cause).toMatchObject({ dataset: 'raw_orders', column: 'day', kind: 'late_or_missing_load' });
    expect(cause?.evidence[0]?.numbers).toMatchObject({ days: ['2026-01-05'] });
  });
});

describe('what cannot be read', () => {
  const rule = { table: 'mart', type: 'not_null', column: 'country' };

  it('is said, not guessed', async () => {
    const broken = shop({ raw_customers: customers(`CASE WHEN range % 7 > 0 THEN 'DE' END`) });
    const { cause } = await runTraced({ ...broken, after: ['DROP TABLE stg_customers'] }, [rule]);
    expect(cause).toMatchObject({ dataset: 'mart', kind: 'unknown', confidence: 'low' });
    expect(cause?.evidence.map(({ sentence }) => sentence).join(' ')).toContain('stg_customers');
  });

  it('is a change of schema where a column of the lineage is gone', async () => {
    const broken = shop({ raw_customers: customers(`CASE WHEN range % 7 > 0 THEN 'DE' END`) });
    const { cause } = await runTraced({ ...broken, after: ['ALTER TABLE stg_customers RENAME country TO land'] }, [
      rule,
    ]);
    expect(cause).toMatchObject({ dataset: 'stg_customers', column: 'country', kind: 'schema_change' });
  });
});

describe('joins that find several rows for one', () => {
  it('multiply where the other side has a key of its own', async () => {
    const pipeline: TestPipeline = {
      sources: {
        raw_orders: orders(),
        raw_refunds: 'SELECT range AS refund_id, range % 30 AS order_id, 5 AS refund FROM range(40)',
      },
      steps: [
        {
          output: 'mart',
          sql: 'CREATE TABLE mart AS SELECT o.id, r.refund FROM raw_orders o LEFT JOIN raw_refunds r ON o.id = r.order_id',
          lineage: [
            'id = raw_orders.id',
            'refund = raw_refunds.refund',
            'join raw_orders.id, raw_refunds.order_id: o.id = r.order_id',
          ],
        },
      ],
    };
    const { cause } = await runTraced(pipeline, [{ table: 'mart', type: 'unique', column: 'id' }]);
    expect(cause).toMatchObject({ dataset: 'mart', kind: 'join_fanout', operation: 'mart.sql', confidence: 'high' });
  });
});

describe('rules that fail together', () => {
  const broken = shop({ raw_customers: customers(`CASE WHEN range % 7 > 0 THEN 'DE' END`) });

  it('name one cause, whichever table they are of', async () => {
    const { report } = await runTraced(broken, [
      { table: 'mart', type: 'not_null', column: 'country' },
      { table: 'mart', type: 'null_percentage_below', column: 'country', threshold: 1 },
      { table: 'stg_customers', type: 'not_null', column: 'country' },
    ]);
    expect(report.results.map(({ root_cause }) => [root_cause?.dataset, root_cause?.column])).toEqual(
      Array.from({ length: 3 }, () => ['raw_customers', 'country']),
    );
  });

  it('ask each ancestor in one statement for all of them', async () => {
    const one = await runTraced(broken, [{ table: 'mart', type: 'not_null', column: 'country' }]);
    const two = await runTraced(broken, [
      { table: 'mart', type: 'not_null', column: 'country' },
      { table: 'mart', type: 'not_empty_string', column: 'country' },
    ]);
    const asked = ({ counts }: typeof one) =>
      counts.statements.filter((sql) => /FROM "stg_customers"$/.test(sql) && sql.includes('m0')).length;
    expect([asked(one), asked(two)]).toEqual([1, 1]);
    expect(one.counts.statements.length).toBeLessThan(40);
  });

  it('count what it took to find out', async () => {
    const { report } = await runTraced(broken, [{ table: 'mart', type: 'not_null', column: 'country' }]);
    const total = report.results.reduce((sum, { statements }) => sum + statements, 0);
    expect(report.summary.queries).toBeGreaterThan(2);
    expect(Math.abs(report.summary.queries - total)).toBeLessThan(1);
  });
});

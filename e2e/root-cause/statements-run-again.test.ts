import type { LineageTrace, TracedDataset } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { runTraced, type TestPipeline } from './traced-pipeline.js';

const pipeline = (more: Partial<TestPipeline> = {}): TestPipeline => ({
  sources: {
    raw_visits:
      "SELECT range AS id, 4000 + range % 70 AS cents, CASE WHEN range % 2 = 0 THEN 'north' ELSE 'south' END AS clinic FROM range(300)",
  },
  steps: [
    {
      output: 'visits',
      sql: 'CREATE TABLE visits AS SELECT id, CAST(cents AS DOUBLE) / 100 AS fee, clinic FROM raw_visits',
      lineage: [
        'id = raw_visits.id',
        'fee ~ raw_visits.cents: CAST(cents AS DOUBLE) / 100',
        'clinic = raw_visits.clinic',
      ],
    },
  ],
  ...more,
});

const said = async (...args: Parameters<typeof runTraced>) => {
  const { cause } = await runTraced(...args);
  return { ...cause, kinds: cause?.evidence.map(({ kind }) => kind) ?? [] };
};

describe('a table that is not what its statements make', () => {
  const positive = { table: 'visits', type: 'between', column: 'fee', min_value: 0 };

  it('is said to be changed, where a value that an expression makes was edited', async () => {
    const edited = pipeline({ after: ['UPDATE visits SET fee = -5 WHERE id IN (17, 40, 99)'] });
    const cause = await said(edited, [positive]);
    expect(cause).toMatchObject({ dataset: 'visits', kind: 'unknown', operation: null, confidence: 'medium' });
    expect(cause.kinds).toContain('not_as_made');
    expect(cause.kinds).not.toContain('trial');
  });

  it('is said to be changed, where a value that is handed on was edited', async () => {
    const edited = pipeline({ after: ['UPDATE visits SET clinic = NULL WHERE id = 17'] });
    const cause = await said(edited, [{ table: 'visits', type: 'not_null', column: 'clinic' }]);
    expect(cause).toMatchObject({ dataset: 'visits', column: 'clinic', kind: 'unknown' });
    expect(cause.kinds).toEqual(expect.arrayContaining(['not_as_made', 'ancestor_holds']));
  });

  it('is said to be changed, where rows were taken out of it', async () => {
    const emptied = pipeline({ after: ['DELETE FROM visits WHERE id % 2 = 0'] });
    const cause = await said(emptied, [{ table: 'visits', type: 'row_count', threshold: 300 }]);
    expect(cause).toMatchObject({ dataset: 'visits', kind: 'unknown' });
    expect(cause.kinds).toContain('not_as_made');
  });

  it('is no excuse for a statement that brings the failure about again', async () => {
    const sql = 'CREATE TABLE visits AS SELECT id, CAST(cents AS DOUBLE) / -100 AS fee, clinic FROM raw_visits';
    const [step] = pipeline().steps;
    const broken = pipeline({ steps: step ? [{ ...step, sql }] : [] });
    expect(await said(broken, [positive])).toMatchObject({ dataset: 'visits', column: 'fee', kind: 'transformation' });
  });
});

describe('a table that is compared with what it is made from', () => {
  const [step] = pipeline().steps;
  const summed = (fee: string, after: readonly string[] = []) =>
    pipeline({
      steps: step ? [{ ...step, sql: `CREATE TABLE visits AS SELECT id, ${fee} AS fee, clinic FROM raw_visits` }] : [],
      after,
    });
  const reconciled = {
    ...{ table: 'visits', type: 'reconcile_column_sum', column: 'fee' },
    ...{ source_table: 'raw_visits', source_column: 'cents' },
  };

  it('is tried without the part of a statement that makes the difference', async () => {
    const cause = await said(summed("CASE WHEN clinic = 'north' THEN 0 ELSE cents END"), [reconciled]);
    expect(cause).toMatchObject({ dataset: 'visits', column: 'fee', kind: 'transformation', confidence: 'high' });
    expect(cause.kinds).toContain('trial');
    expect(cause.kinds).not.toContain('not_as_made');
  });

  it('is said to be changed, where its statement would make it equal', async () => {
    const cause = await said(summed('cents', ['UPDATE visits SET fee = 0 WHERE id < 100']), [reconciled]);
    expect(cause).toMatchObject({ dataset: 'visits', kind: 'unknown' });
    expect(cause.kinds).toContain('not_as_made');
  });
});

describe('what nothing explains', () => {
  it('is unknown, where lineage has tables and no columns', async () => {
    const made = pipeline();
    const blind: TestPipeline = {
      ...made,
      sources: { ...made.sources, visits: "SELECT id, NULLIF(clinic, 'north') AS clinic FROM raw_visits" },
      steps: [],
    };
    const cause = await said(blind, [{ table: 'visits', type: 'not_null', column: 'clinic' }], {
      lineage: { downstream: async () => [], trace: async () => traceOfTables },
    });
    expect(cause).toMatchObject({ dataset: 'visits', column: 'clinic', kind: 'unknown', confidence: 'low' });
    expect(cause.kinds).toEqual(['columns_unknown', 'ancestor_holds']);
  });

  it('is unknown, and says what could not be read', async () => {
    const cause = await said(pipeline({ after: ['DROP TABLE raw_visits'] }), [
      { table: 'visits', type: 'row_count', threshold: 1000 },
    ]);
    expect(cause).toMatchObject({ dataset: 'visits', kind: 'unknown', confidence: 'low' });
    const sentences = cause.evidence?.map(({ sentence }) => sentence).join(' ');
    expect(sentences).toMatch(/raw_visits: not measured: .*does not exist/);
  });

  it('came in, where nothing makes the table', async () => {
    const cause = await said(pipeline(), [{ table: 'raw_visits', type: 'row_count', threshold: 1000 }]);
    expect(cause).toMatchObject({ dataset: 'raw_visits', kind: 'source' });
  });
});

describe('a statement that loses or keeps rows', () => {
  const orders = 'SELECT range AS id, range % 40 AS customer_id, range % 3 AS version FROM range(120)';
  const rows = { table: 'mart', type: 'row_count', threshold: 120 };

  it('is to blame for a join that drops what finds nothing', async () => {
    const cause = await said(
      {
        sources: { orders, refunds: 'SELECT range AS order_id, 5 AS amount FROM range(60)' },
        steps: [
          {
            output: 'mart',
            sql: 'CREATE TABLE mart AS SELECT o.id, r.amount FROM orders AS o JOIN refunds AS r ON o.id = r.order_id',
            lineage: [
              ...['id = orders.id', 'amount = refunds.amount'],
              'join orders.id, refunds.order_id: o.id = r.order_id',
            ],
          },
        ],
      },
      [rows],
    );
    expect(cause).toMatchObject({ dataset: 'mart', kind: 'join_loss', operation: 'mart.sql', confidence: 'medium' });
    expect(cause.evidence?.[0]?.sentence).toContain('LEFT JOIN refunds');
  });

  const kept = (by: string, source = orders): TestPipeline => ({
    sources: { orders: source },
    steps: [
      {
        output: 'mart',
        sql: `CREATE TABLE mart AS SELECT id, customer_id FROM (SELECT o.*, row_number() OVER (PARTITION BY ${by} ORDER BY version DESC) AS rn FROM orders AS o) AS r WHERE rn = 1`,
        lineage: ['id = orders.id', 'customer_id = orders.customer_id', 'filter orders.id: rn = 1'],
      },
    ],
  });

  it('is to blame for keeping one row of the wrong key', async () => {
    const cause = await said(kept('customer_id'), [rows]);
    expect(cause).toMatchObject({ dataset: 'mart', kind: 'transformation', operation: 'mart.sql' });
    expect(cause.evidence?.[0]?.sentence).toContain('PARTITION BY id');
  });

  it('is to blame for keeping versions of one key, which are no second load', async () => {
    const versions = `${orders} UNION ALL SELECT range, range % 40, 3 + range % 3 FROM range(20)`;
    const cause = await said(kept('id, version', versions), [{ table: 'mart', type: 'unique', column: 'id' }]);
    expect(cause).toMatchObject({ dataset: 'mart', kind: 'transformation', operation: 'mart.sql' });
  });

  it('is not to blame for rows that came twice', async () => {
    const twice = `${orders} UNION ALL SELECT range, range % 40, range % 3 FROM range(20)`;
    const sql = 'CREATE TABLE mart AS SELECT id, customer_id FROM orders';
    const [step] = kept('id', twice).steps;
    const cause = await said({ sources: { orders: twice }, steps: step ? [{ ...step, sql }] : [] }, [
      { table: 'mart', type: 'unique', column: 'id' },
    ]);
    expect(cause).toMatchObject({ dataset: 'orders', kind: 'duplicate_load', confidence: 'high' });
  });
});

describe('a column that is gone', () => {
  const exists = { table: 'visits', type: 'column_exists', column: 'clinic' };

  it('was lost where the table above still has it', async () => {
    const cause = await said(pipeline({ after: ['ALTER TABLE visits DROP clinic'] }), [exists]);
    expect(cause).toMatchObject({ dataset: 'visits', column: 'clinic', kind: 'schema_change', confidence: 'high' });
    expect(cause.kinds).toEqual(['missing_column', 'ancestor_holds']);
  });

  it('was lost at the source where that has none either', async () => {
    const after = ['ALTER TABLE visits DROP clinic', 'ALTER TABLE raw_visits DROP clinic'];
    const cause = await said(pipeline({ after }), [exists]);
    expect(cause).toMatchObject({ dataset: 'raw_visits', column: 'clinic', kind: 'schema_change' });
    expect(cause.path).toEqual(['visits', 'raw_visits']);
  });
});

/** What an event without columns says: this table was made from that one. */
const traceOfTables: LineageTrace = {
  ...{ target: 'visits', datasets: [namedTable('visits', 0), namedTable('raw_visits', 1)], columns: [], gaps: [] },
  operations: [
    {
      ...{ id: 'load', kind: 'job', name: 'load', output: 'visits', inputs: ['raw_visits'] },
      ...{ sql: null, parserName: null, ranAt: null, rowsWritten: null },
    },
  ],
};

function namedTable(name: string, distance: number): TracedDataset {
  const table = { kind: 'named', parts: [name] } as const;
  return { ...{ id: name, name, table, columns: [], distance, isDropped: false }, kind: 'table' };
}

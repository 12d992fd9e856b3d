import { memoryAuditStore } from '@aegis/audit';
import type { PipelineOptions } from '@aegis/core';
import { postgres } from '@aegis/warehouse-postgres';
import { describe, expect, it, onTestFinished } from 'vitest';
import { databaseWith } from '../warehouses/postgres.js';
import { runTraced, statementsOf, type TestPipeline } from './traced-pipeline.js';

const pipeline: TestPipeline = {
  parserName: 'postgresql',
  sources: { raw_orders: 'SELECT i AS id, i % 7 AS amount FROM generate_series(1, 100) AS i' },
  steps: [
    {
      output: 'mart',
      sql: 'CREATE TABLE mart AS SELECT id, amount FROM raw_orders',
      lineage: ['id = raw_orders.id', 'amount = raw_orders.amount'],
    },
  ],
};

const rules = [{ table: 'mart', type: 'row_count', threshold: 10 }];

/** In place of the table, a view that takes so many seconds to read. */
const slow = (seconds: number): readonly string[] => [
  'DROP TABLE raw_orders',
  `CREATE VIEW raw_orders AS SELECT i AS id, i % 7 AS amount FROM generate_series(1, 100) AS i, pg_sleep(${seconds})`,
];

const shop = async (...more: readonly string[]) => {
  const { url, run } = await databaseWith(...statementsOf(pipeline), ...more);
  const warehouse = postgres({ url });
  onTestFinished(() => warehouse.close?.());
  const store = memoryAuditStore();
  const onDay = (day: number, options: Partial<PipelineOptions> = {}) =>
    runTraced(pipeline, rules, {
      ...{ warehouse, history: store, audit: store, now: `2026-01-${day}T06:00:00Z` },
      ...options,
    });
  return { onDay, run };
};

const baseline = { timeoutMs: 1_000 };
const isOfSource = (sql: string): boolean => sql.includes('raw_orders');

describe('what keeping a baseline may cost', () => {
  it('is so much time, after which the source is left alone for a week', async () => {
    const { onDay } = await shop(...slow(30));
    const first = await onDay(10, { baseline });
    expect(first.report.summary).toMatchObject({ passed: 1, errored: 0 });
    expect(first.report.notes.join()).toMatch(/No baseline of raw_orders was kept: .*1000 ms/);
    const second = await onDay(11, { baseline });
    expect(second.counts.statements.filter(isOfSource)).toEqual([]);
    expect(second.report.notes).toEqual([
      'No baseline of raw_orders was kept: on 2026-01-10 it took too long. It is read again from 2026-01-17 on.',
    ]);
    expect((await onDay(17, { baseline })).counts.statements.filter(isOfSource)).toHaveLength(1);
  }, 60_000);

  it('is no reason to forget the baseline that there is', async () => {
    const { onDay, run } = await shop();
    expect((await onDay(10)).report.notes).toEqual([]);
    await run(...slow(30), 'GRANT SELECT ON raw_orders TO PUBLIC');
    expect((await onDay(11, { baseline })).report.notes.join()).toContain('No baseline of raw_orders was kept');
    const again = await onDay(12, { baseline });
    expect(again.counts.statements.filter(isOfSource)).toHaveLength(1);
  }, 60_000);

  it('is said where the source cannot be read', async () => {
    const { onDay, run } = await shop();
    await run('REVOKE ALL ON raw_orders FROM PUBLIC', 'DROP TABLE raw_orders');
    const { report } = await onDay(10);
    expect(report.summary).toMatchObject({ passed: 1, errored: 0 });
    expect(report.notes.join()).toMatch(/No baseline of raw_orders was kept: .*raw_orders/);
  }, 60_000);
});

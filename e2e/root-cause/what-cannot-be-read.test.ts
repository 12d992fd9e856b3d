import type { LineageTrace, StatementOptions, TracedDataset } from '@aegis/spec';
import { postgres } from '@aegis/warehouse-postgres';
import { describe, expect, it } from 'vitest';
import { Counts, counting } from '../statements/counting-warehouse.js';
import { runTraced, type TestPipeline, warehouseWith } from './traced-pipeline.js';

/** Tables of one month each, put together; one of the last ones has values that are missing. */
const months = (count: number): TestPipeline => {
  const names = Array.from({ length: count }, (_, month) => `orders_${month}`);
  const sources = names.map((name, month) => {
    const email = month === count - 2 ? "CASE WHEN range % 3 > 0 THEN 'a' END" : "'a'";
    return [name, `SELECT range AS id, ${email} AS email FROM range(9)`] as const;
  });
  const selects = names.map((name) => `SELECT id, email FROM ${name}`);
  return {
    sources: Object.fromEntries(sources),
    steps: [
      {
        output: 'orders',
        sql: `CREATE TABLE orders AS ${selects.join(' UNION ALL ')}`,
        lineage: names.flatMap((name) => [`id = ${name}.id`, `email = ${name}.email`]),
      },
    ],
  };
};

const rule = { table: 'orders', type: 'not_null', column: 'email' };

describe('more tables than can be asked', () => {
  it('are asked as far as is allowed, and the rest is said to be unknown', async () => {
    const { cause, counts } = await runTraced(months(60), [rule]);
    const sentences = cause?.evidence.map(({ sentence }) => sentence).join('\n');
    expect(sentences).toContain('the columns come from more than 40 tables');
    expect(cause?.confidence).not.toBe('high');
    expect(counts.statements.length).toBeLessThan(150);
  });

  it('are none where all can be asked', async () => {
    const { cause } = await runTraced(months(20), [rule]);
    expect(cause).toMatchObject({ dataset: 'orders_18', column: 'email', kind: 'source', confidence: 'high' });
  });
});

describe('a warehouse that is out of reach', () => {
  const dataset = (name: string, more: Partial<TracedDataset>): TracedDataset => ({
    ...{ id: name, name, table: { kind: 'named', parts: [name] }, kind: 'table', columns: ['email'], distance: 0 },
    isDropped: false,
    ...more,
  });
  const traceWith = (more: Partial<TracedDataset>): LineageTrace => ({
    ...{ target: 'orders', datasets: [dataset('orders', {}), dataset('crm', { distance: 1, ...more })], gaps: [] },
    operations: [
      {
        ...{ id: 'load', kind: 'job', name: 'load', output: 'orders', inputs: ['crm'] },
        ...{ sql: null, parserName: null, ranAt: null, rowsWritten: null },
      },
    ],
    columns: [
      {
        ...{ from: { dataset: 'crm', column: 'email' }, to: { dataset: 'orders', column: 'email' } },
        ...{ type: 'DIRECT', subtype: 'IDENTITY', expression: null, operation: 'load' },
      },
    ],
  });
  const loaded: TestPipeline = { sources: { orders: 'SELECT NULL::VARCHAR AS email FROM range(9)' }, steps: [] };
  const causeWith = (more: Partial<TracedDataset>) => {
    const lineage = { downstream: async () => [], trace: async () => traceWith(more) };
    return runTraced(loaded, [rule], { lineage });
  };

  it.each([
    ['is not configured', { warehouse: 'elsewhere' }, /crm .*not measured: .*elsewhere/],
    ['was dropped', { isDropped: true }, /crm .*not measured: crm was dropped/],
    ['is no table', { table: null }, /crm .*not measured/],
  ] as const)('or a table that %s leaves the cause unknown, and the rule failed', async (_title, more, expected) => {
    const { cause, report } = await causeWith(more);
    expect(report.results[0]?.outcome).toBe('fail');
    expect(cause).toMatchObject({ dataset: 'orders', kind: 'unknown', confidence: 'low' });
    expect(cause?.evidence.map(({ sentence }) => sentence).join('\n')).toMatch(expected);
  });

  it('is said, and the run goes on, where nobody answers', async () => {
    const away = postgres({ url: 'postgres://nobody:secret-word@127.0.0.1:9/none' });
    const { report } = await runTraced(loaded, [rule], {
      warehouses: { w: await warehouseWith(loaded), away },
      lineage: { downstream: async () => [], trace: async () => traceWith({ warehouse: 'away' }) },
    });
    const [result] = report.results;
    expect(result).toMatchObject({ outcome: 'fail', root_cause: { dataset: 'orders', kind: 'unknown' } });
    expect(JSON.stringify(result?.root_cause)).toMatch(/not measured: .*(connect|127\.0\.0\.1)/i);
    expect(JSON.stringify(report)).not.toContain('secret-word');
  });
});

/** Stops the run as soon as an ancestor is asked. */
class Stopping extends Counts {
  readonly controller = new AbortController();
  after = 0;

  override keep(sql: string, options?: StatementOptions): void {
    super.keep(sql, options);
    if (this.controller.signal.aborted) this.after += 1;
    if (sql.includes('orders_18')) this.controller.abort();
  }
}

describe('a run that is cancelled while it looks for a cause', () => {
  it('sends next to nothing more', async () => {
    const pipeline = months(20);
    const stopping = new Stopping();
    const { signal } = stopping.controller;
    const warehouse = counting(await warehouseWith(pipeline), stopping);
    const { report } = await runTraced(pipeline, [rule], { warehouse, signal });
    expect(signal.aborted).toBe(true);
    expect(report.status).toBe('cancelled');
    expect(stopping.after).toBeLessThan(10);
  });
});

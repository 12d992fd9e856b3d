import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPipeline, type Pipeline } from '@aegis/core';
import { compileRules } from '@aegis/rules';
import type { Report } from '@aegis/spec';
import { duckdb } from '@aegis/warehouse-duckdb';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { scenario } from '../scenario.js';
import { Counts, counting } from './counting-warehouse.js';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aegis-statements-'));
  const instance = await DuckDBInstance.create(join(folder, 'shop.duckdb'));
  const connection = await instance.connect();
  // Enough NULLs and strays that statistics decide nothing, and one outlier.
  await connection.run(`CREATE TABLE orders AS SELECT range AS id, range % 300 AS customer, range % 7 AS line,
    CASE WHEN range % 50 > 0 THEN 'open' END AS status, CASE WHEN range = 5 THEN 1e6 ELSE range % 11 END AS amount,
    DATE '2026-01-01' + CAST(range % 28 AS INTEGER) AS day FROM range(1000)`);
  await connection.run('CREATE TABLE customers AS SELECT range AS id FROM range(299)');
  connection.closeSync();
  instance.closeSync();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface TestRule {
  readonly type: string;
  readonly where?: string;
  readonly [param: string]: unknown;
}

interface CountedRun {
  readonly report: Report;
  readonly counts: Counts;
}

const use = async <Result>(
  rules: readonly TestRule[],
  work: (pipeline: Pipeline, counts: Counts) => Promise<Result>,
): Promise<Result> => {
  const counts = new Counts();
  const warehouse = duckdb({ path: join(folder, 'shop.duckdb') });
  const documents = rules.map(({ where, ...logic }, index) => ({
    metadata: { id: `r${index}` },
    scope: { table: 'orders', ...(where && { where }) },
    logic,
  }));
  try {
    const pipeline = createPipeline({
      rules: compileRules(documents).rules,
      warehouses: { w: counting(warehouse, counts) },
      defaultWarehouse: 'w',
      now: '2026-01-15T12:00:00Z',
      loadGuard: async () => (await import('@aegis/sql/guard')).loadGuard(),
    });
    return await work(pipeline, counts);
  } finally {
    await warehouse.close?.();
  }
};

const run = (rules: readonly TestRule[]): Promise<CountedRun> =>
  use(rules, async (pipeline, counts) => ({ report: await pipeline.run(), counts }));

const outcomes = ({ report }: CountedRun) => report.results.map(({ outcome }) => outcome);

const failing = { type: 'not_null', column: 'status' };
const passing = { type: 'between', column: 'amount', min_value: -1, max_value: 1e7 };
/** Rules whose answers are not in statistics, since a filter rules those out. */
const scanned = { ...passing, where: 'id >= 0' };

describe('the statements of a table', () => {
  scenario('statements/bound', 'stay within D + Σ over filters (1 + 2U + F + T) + S', async () => {
    const rules: readonly TestRule[] = [undefined, 'line > 0', 'line > 1'].flatMap((where) =>
      [
        { type: 'not_null', column: 'status' },
        { type: 'between', column: 'amount', min_value: 0, max_value: 100 },
        { type: 'accepted_values', column: 'line', values: [0, 1, 2, 3, 4, 5, 6] },
        { type: 'mean_between', column: 'amount', min_value: 0 },
        { type: 'stddev_below', column: 'amount', threshold: 1e9 },
        { type: 'freshness', column: 'day', threshold: 40, unit: 'days' },
        { type: 'row_count', threshold: 1 },
        { type: 'unique', column: 'id' },
        { type: 'duplicate_percentage_below', column: 'id', threshold: 1 },
        { type: 'composite_unique', columns: ['customer', 'line'] },
        { type: 'foreign_key', column: 'customer', reference_table: 'customers', reference_column: 'id' },
        { type: 'zscore_outlier', column: 'amount' },
        { type: 'isolation_forest', column: 'amount' },
      ].map((rule) => ({ ...rule, ...(where && { where }) })),
    );
    const counted = await run(rules);
    expect(outcomes(counted)).not.toContain('error');
    const failed = outcomes(counted).filter((outcome) => outcome === 'fail').length;
    const [filters, keySets, references, twoPass] = [3, 2, 1, 2];
    const most = filters * (1 + 2 * keySets + references + twoPass) + failed;
    expect(counted.counts.statements.length).toBeLessThanOrEqual(most);
    // The table and the parent of its foreign key, each described once, and the exact statistics of the table.
    expect(counted.counts).toMatchObject({ describes: 2, statistics: 1 });
    expect(counted.counts.metadata).toHaveLength(3);
    // Evidence: a sample for each failing rule; for each filter three statements that its rules about rows share, two that
    // those about the whole table do, and one for each foreign key.
    const { statements, evidence } = counted.counts;
    expect(evidence.length).toBeLessThanOrEqual(failed + filters * (3 + 2 + references));
    expect(counted.report.summary.queries).toBe(statements.length + evidence.length + 3);
  });

  scenario('statements/planned', 'are those of the plan, where nothing has to be asked again', async () => {
    const rules: readonly TestRule[] = [
      scanned,
      { type: 'foreign_key', column: 'line', reference_table: 'customers', reference_column: 'id' },
      { type: 'row_count', threshold: 1 },
    ];
    const planned = await use(rules, (pipeline) => pipeline.plan());
    const listed = planned.flatMap(({ statements }) => statements);
    expect(listed.map(({ purpose }) => purpose)).toEqual(['describe', 'describe', 'statistics', 'fused', 'reference']);
    const { counts, report } = await run(rules);
    expect(listed.map(({ sql }) => sql).sort()).toEqual([...counts.metadata, ...counts.statements].sort());
    expect(report.summary.queries).toBe(listed.length);
  });

  scenario('statements/per-filter', 'are one scan for each filter, whatever the number of rules', async () => {
    const forty = (where: string) =>
      Array.from({ length: 40 }, (_, index) => ({ ...passing, min_value: -index, where }));
    expect((await run(forty('line > 0'))).counts.statements).toHaveLength(1);
    expect((await run([...forty('line > 0'), ...forty('line > 1')])).counts.statements).toHaveLength(2);
  });

  scenario('statements/shared-keys', 'share what rules on the same keys ask', async () => {
    const unique = { type: 'unique', column: 'id', where: 'line > 0' };
    const one = (await run([unique])).counts.statements.length;
    const three = await run([
      unique,
      { ...unique, nulls: 'fail' },
      { ...unique, type: 'duplicate_percentage_below', threshold: 1 },
    ]);
    expect(outcomes(three)).toEqual(['pass', 'pass', 'pass']);
    expect(three.counts.statements).toHaveLength(one);
  });

  scenario('statements/samples', 'ask for rows of rules that failed only', async () => {
    const base = (await run([scanned])).counts.statements.length;
    const more = await run([scanned, { ...failing, where: 'id >= 0' }, { ...scanned, max_value: 1e8 }]);
    expect(outcomes(more)).toEqual(['pass', 'fail', 'pass']);
    expect(more.counts.statements).toHaveLength(base + 1);
  });

  scenario('statements/statistics', 'leave out what exact statistics answer', async () => {
    const answered = await run([
      { type: 'not_null', column: 'id' },
      { type: 'row_count', threshold: 1000 },
      { type: 'between', column: 'id', min_value: 0, max_value: 999 },
      { type: 'column_exists', column: 'id' },
    ]);
    expect(outcomes(answered)).toEqual(['pass', 'pass', 'pass', 'pass']);
    expect(answered.counts.statements).toEqual([]);
    expect(answered.counts.metadata).toHaveLength(2);
    expect(answered.report.summary).toMatchObject({ queries: 2, bytes_scanned: 0 });
  });
});

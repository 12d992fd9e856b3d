import { memoryAuditStore } from '@aegis/audit';
import type { PipelineOptions } from '@aegis/core';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { runTraced, type TestPipeline } from './traced-pipeline.js';

const market = `['DE', 'FR', 'CH'][1 + range % 3]`;

/** Orders of so many days, 60 a day; figures of one row are the same on every day that it is delivered. */
const orders = (days: number, { columns = '*', where = 'true' } = {}) => `
  SELECT ${columns} FROM (
    SELECT range AS id, ${market} AS market, 10 + range * 7 % 90 AS amount,
      TIMESTAMP '2026-01-01 08:00:00' + (range // 60) * INTERVAL 1 DAY + (range % 60) * INTERVAL 10 MINUTE AS placed_at
    FROM range(${days * 60})
  ) WHERE ${where}`;

const shop = (raw_orders: string): TestPipeline => ({
  sources: { raw_orders },
  steps: [
    {
      output: 'stg_orders',
      sql: 'CREATE TABLE stg_orders AS SELECT id, market, amount, placed_at FROM raw_orders WHERE placed_at IS NOT NULL',
      lineage: [
        ...['id', 'market', 'amount', 'placed_at'].map((column) => `${column} = raw_orders.${column}`),
        'filter raw_orders.placed_at: placed_at IS NOT NULL',
      ],
    },
    {
      output: 'mart',
      sql: 'CREATE TABLE mart AS SELECT market, CAST(placed_at AS DATE) AS day, sum(amount) AS total, count(*) AS orders FROM stg_orders GROUP BY ALL',
      lineage: [
        'market = stg_orders.market',
        'day ~ stg_orders.placed_at: CAST(placed_at AS DATE)',
        'total + stg_orders.amount: sum(amount)',
      ],
    },
  ],
});

const onDay = (day: number) => `2026-01-${String(day + 1).padStart(2, '0')}T06:00:00Z`;

const rules = [
  { table: 'mart', type: 'row_count_between', min_value: '24', max_value: '60' },
  { table: 'mart', type: 'mean_between', column: 'total', min_value: '900', max_value: '1300' },
];

/** Days 8 to 10 run well, each with one more day of orders; then day 11 comes as it is given. */
const afterGoodDays = async (eleventh: string, more: Partial<PipelineOptions> = {}) => {
  const store = memoryAuditStore();
  const kept = { history: store, audit: store, ...more };
  for (const day of [8, 9, 10]) {
    const { report } = await runTraced(shop(orders(day)), rules, { ...kept, now: onDay(day) });
    expect(report.summary.failed).toBe(0);
  }
  return runTraced(shop(eleventh), rules, { ...kept, now: onDay(11), audit: undefined });
};

/** The first of a thousand keys of which DuckDB estimates the most, and of which it estimates the fewest. */
const keysOfExtremeEstimates = async (): Promise<readonly [number, number]> => {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const answer = await connection.runAndReadAll(
    `SELECT first, approx_count_distinct('K' || (1000000 + key + first)) AS about
    FROM range(0, 300000, 1000) AS f(first), range(1000) AS k(key) GROUP BY first ORDER BY about DESC`,
  );
  const firsts = answer.getRows().map(([first]) => Number(first));
  connection.closeSync();
  instance.closeSync();
  return [firsts[0] ?? 0, firsts.at(-1) ?? 0];
};

describe('a source that is not what it was when all was well', () => {
  it('is named where only the rows of one value are left', async () => {
    const { report } = await afterGoodDays(orders(11, { where: `market = 'FR'` }));
    expect(report.results[0]?.root_cause).toMatchObject({
      ...{ dataset: 'raw_orders', kind: 'source', confidence: 'high' },
      path: ['mart', 'stg_orders', 'raw_orders'],
    });
  });

  it('is named with the column and the segment, where a filter on the way hides rows that have no time', async () => {
    const columns = `* REPLACE (CASE WHEN market <> 'CH' THEN placed_at END AS placed_at)`;
    const { cause } = await afterGoodDays(orders(11, { columns }));
    expect(cause).toMatchObject({ dataset: 'raw_orders', column: 'placed_at', kind: 'source' });
    expect(cause?.evidence[0]).toMatchObject({
      kind: 'changed_since_baseline',
      numbers: { change: 'nulls', segment: { market: 'CH' }, baseline: '2026-01-11T06:00:00.000Z' },
    });
    expect(cause?.evidence[0]?.sentence).toMatch(/placed_at is NULL in 3\d\.\d % of rows, after 0 %/);
  });

  it('is named where every number is in another unit', async () => {
    const { report } = await afterGoodDays(orders(11, { columns: '* REPLACE (amount * 100 AS amount)' }));
    expect(report.results[1]?.root_cause).toMatchObject({ dataset: 'raw_orders', column: 'amount', kind: 'source' });
  });

  it('is not named where it only grew, and a step is wrong', async () => {
    const store = memoryAuditStore();
    for (const day of [8, 9, 10])
      await runTraced(shop(orders(day)), rules, { history: store, audit: store, now: onDay(day) });
    const broken = shop(orders(11));
    const steps = broken.steps.map((step) => ({ ...step, sql: step.sql.replace('sum(amount)', 'sum(amount) / 100') }));
    const { report } = await runTraced({ ...broken, steps }, rules, { history: store, now: onDay(11) });
    expect(report.results[1]?.root_cause).toMatchObject({ dataset: 'mart', kind: 'transformation' });
  });

  it('is not named for keys that only an estimate has repeat', async () => {
    const [many, few] = await keysOfExtremeEstimates();
    const shipped = (first: number): TestPipeline => ({
      sources: {
        raw_codes: `SELECT 'K' || (1000000 + key + ${first}) AS code, 5 AS amount FROM range(1000) AS k(key)`,
      },
      steps: [
        {
          output: 'codes',
          sql: 'CREATE TABLE codes AS SELECT code, amount FROM raw_codes',
          lineage: ['code = raw_codes.code', 'amount = raw_codes.amount'],
        },
      ],
    });
    const holds = { table: 'codes', type: 'row_count_between', min_value: '1000', max_value: '1000' };
    const store = memoryAuditStore();
    for (const day of [8, 9, 10])
      await runTraced(shipped(many), [holds], { history: store, audit: store, now: onDay(day) });
    const edited = { ...shipped(few), after: [`DELETE FROM codes WHERE code LIKE '%7'`] };
    const { cause } = await runTraced(edited, [holds], { history: store, now: onDay(11) });
    expect(cause).toMatchObject({ dataset: 'codes', kind: 'unknown' });
    expect(cause?.evidence.map(({ kind }) => kind)).not.toContain('changed_since_baseline');
  });

  it('is left alone without a baseline, and where baselines are off', async () => {
    const only = orders(11, { where: `market = 'FR'` });
    const { report } = await afterGoodDays(only, { baseline: { mode: 'off' } });
    const sentences = report.results.flatMap(({ root_cause }) => root_cause?.evidence.map(({ kind }) => kind) ?? []);
    expect(sentences).not.toContain('changed_since_baseline');
  });
});

const isOfSource = (sql: string): boolean => sql.includes('raw_orders');

describe('what a good run keeps', () => {
  const keptBy = async (more: Partial<PipelineOptions>, source = orders(8)) => {
    const store = memoryAuditStore();
    const kept: string[] = [];
    const audit = Object.assign(Object.create(store), {
      recordMeasurements: async (measurements: readonly { readonly ruleId: string; readonly state: object }[]) => {
        for (const { ruleId, state } of measurements) if (ruleId === 'aegis:baseline') kept.push(JSON.stringify(state));
      },
    });
    const { report } = await runTraced(shop(source), rules, { history: store, audit, now: onDay(8), ...more });
    return { report, kept };
  };

  it('costs one statement for each source, and at first a look at a few rows, which the report counts', async () => {
    const store = memoryAuditStore();
    const more = { history: store, audit: store };
    const first = await runTraced(shop(orders(8)), rules, { ...more, now: onDay(8) });
    const second = await runTraced(shop(orders(9)), rules, { ...more, now: onDay(9) });
    const without = await runTraced(shop(orders(9)), rules, { ...more, now: onDay(10), baseline: { mode: 'off' } });
    const asked = [first, second, without].map(({ counts }) => counts.statements.filter(isOfSource).length);
    expect(asked).toEqual([2, 1, 0]);
    expect(first.counts.statements.filter(isOfSource)[0]).toContain('LIMIT 10000');
    // The table that is made from it is judged as a whole, and costs as much again.
    const { queries } = without.report.summary;
    expect([first, second].map(({ report }) => report.summary.queries - queries)).toEqual([4, 2]);
  });

  it('holds no row, and no value of a column that must not be kept', async () => {
    const { kept } = await keptBy({ baseline: { mayKeep: (column) => column !== 'market' } });
    expect(kept[0]).not.toContain('FR');
    const { kept: labelled } = await keptBy({ baseline: { mayKeep: (_, value) => value !== 'FR' } });
    expect(labelled[0]).not.toContain('FR');
    expect(labelled[0]).toContain('DE');
  });

  it('is nothing where a rule fails', async () => {
    const { kept, report } = await keptBy({}, orders(2));
    expect(report.summary.failed).toBe(1);
    expect(kept).toEqual([]);
  });
});

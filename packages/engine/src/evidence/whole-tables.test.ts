import type { History, Measurement } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { BareDuckDb } from '../__fixtures__/bare-duckdb.js';
import { evidenceOfRule } from '../__fixtures__/evidence-of.js';
import type { TestRule } from '../__fixtures__/run-rules.js';

/** Twenty days of 100 rows, of which one has twice as many and one has none. */
const days = async (): Promise<BareDuckDb> => {
  const warehouse = new BareDuckDb();
  await warehouse.prepare(
    `CREATE TABLE t AS SELECT i AS id, 5.5 AS amount, DATE '2025-12-20' + CAST(i // 100 AS INTEGER) AS order_date FROM range(2000) AS r(i) WHERE i // 100 <> 11`,
  );
  await warehouse.prepare("INSERT INTO t SELECT id, amount, order_date FROM t WHERE order_date = DATE '2025-12-25'");
  return warehouse;
};

const past = (...states: readonly Measurement['state'][]): History => ({
  measurements: async () =>
    states.map((state, index) => ({
      ...{ key: 'k', ruleId: 'r', runId: `run-${index}`, state, metric: null },
      measuredAt: `2026-01-${String(15 - states.length + index).padStart(2, '0')}T06:00:00.000Z`,
    })),
});

const rowCount: TestRule = { logic: { type: 'row_count', threshold: 2500 } };
const sentences = async (warehouse: BareDuckDb, rule: TestRule, history?: History) => {
  const { facts, notes } = await evidenceOfRule(warehouse, rule, { history });
  expect(notes).toEqual([]);
  return facts.map(({ sentence }) => sentence);
};

describe('rules about whole tables', () => {
  it('show the days with far more or fewer rows than usual', async () => {
    const warehouse = await days();
    const { facts } = await evidenceOfRule(warehouse, rowCount);
    expect(facts.map(({ sentence }) => sentence)).toEqual([
      'A usual day by order_date has 100 rows; 200 on 2025-12-25 and none on 2025-12-31.',
    ]);
    expect(await warehouse.executeSample(facts[0]?.sql ?? '', 1)).toEqual([
      { all_rows: '2000', odd_0: '200', odd_1: '0' },
    ]);
  });

  it('say what moved since they held', async () => {
    const history = past({ rows: '3000' }, { rows: '2900' }, { rows: '2100' });
    expect(await sentences(await days(), rowCount, history)).toEqual([
      expect.stringMatching(/^A usual day/),
      'It last held in the run of 2026-01-13 06:00, and failed in 1 run between then and now.',
      'Since the run of 2026-01-13 06:00, rows went from 2,900 to 2,000 (−31 %).',
    ]);
  });

  it('say how long they have failed where they never held', async () => {
    const history = past({ rows: '2000' }, { rows: '2000' }, { rows: '2100' });
    expect((await sentences(await days(), rowCount, history)).at(-1)).toBe(
      'It failed in all 3 earlier runs that are known, back to 2026-01-12 06:00.',
    );
  });

  it('judge the past by the clock of its own run', async () => {
    const stale: TestRule = { logic: { type: 'freshness', column: 'order_date', threshold: 36, unit: 'hours' } };
    const history = past({ rows: '1900', newest: '2026-01-13' }, { rows: '2000', newest: '2026-01-08' });
    expect((await sentences(await days(), stale, history)).slice(-2)).toEqual([
      'It last held in the run of 2026-01-13 06:00, and failed in 1 run between then and now.',
      'Since the run of 2026-01-13 06:00, newest went from 2026-01-13 to 2026-01-08 and rows went from 1,900 to 2,000 (+5.3 %).',
    ]);
  });
});

describe('rules about rows', () => {
  it('say since when they fail', async () => {
    const rule: TestRule = { logic: { type: 'between', column: 'id', max_value: 1989 } };
    const history = past(
      { rows: '2000', failed: '0', non_null: '2000' },
      { rows: '2000', failed: '0', non_null: '2000' },
    );
    expect((await sentences(await days(), rule, history)).at(-1)).toBe(
      'It held in the run before, of 2026-01-14 06:00.',
    );
  });
});

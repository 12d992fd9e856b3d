import type { RunEvent, Warehouse } from '@aegis/spec';
import { duckdbDialect } from '@aegis/sql';
import { postgres } from '@aegis/warehouse-postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scenario } from '../scenario.js';
import { reconcile } from './reconcile.js';
import { counted, openTwoWarehouses, type TwoWarehouses } from './two-warehouses.js';

const keys = 200_000;
const keyMatch = { type: 'reconcile_key_match', column: 'id' };
const rowMatch = { type: 'reconcile_rows', key_column: 'id', columns: ['label', 'amount'] };

/** The same rows in the SQL of both engines. */
const duckdbRows = (rows: number) =>
  `SELECT range * 7919 AS id, 'item ' || range AS label, CAST(range % 1000 AS DECIMAL(18, 4)) / 8 AS amount FROM range(${rows})`;
const postgresRows = (rows: number) =>
  `SELECT i * 7919::bigint AS id, 'item ' || i AS label, (i % 1000) / 8.0 AS amount FROM generate_series(0, ${rows - 1}) AS i`;

let two: TwoWarehouses;
const seed = async (target: readonly string[], source: readonly string[]): Promise<void> => {
  two = await openTwoWarehouses();
  await two.seedDuckDb(...target);
  await two.seedPostgres(...source);
};
const create = (rows: string) => `CREATE TABLE orders AS ${rows}`;

/** Both sides with what they gave. */
const watch = () => ({ target: counted(two.duckdb), source: counted(two.postgres) });
const comparing = async (
  ...[logic, sides = watch(), options]: readonly [
    Parameters<typeof reconcile>[0],
    ReturnType<typeof watch>?,
    Parameters<typeof reconcile>[3]?,
  ]
) => ({ ...(await reconcile(logic, sides.target.warehouse, sides.source.warehouse, options)), ...sides });

describe('200,000 keys in DuckDB and PostgreSQL', () => {
  beforeAll(() => seed([create(duckdbRows(keys))], [create(postgresRows(keys))]));
  afterAll(() => two.close());

  scenario('reconcile/bytes', 'are equal after two statements on each side, which give no key', async () => {
    const { result, statements, target, source } = await comparing(keyMatch);
    expect(result).toMatchObject({
      ...{ outcome: 'pass', rows_checked: keys, rows_failed: 0, statements: 6, sample: [], notes: [] },
      observed: { missing_in_target: 0, missing_in_source: 0, rows_in_source: keys },
    });
    // A description of each, beside these.
    expect(statements).toBe(2 + 4);
    for (const { traffic } of [target, source]) {
      expect(traffic.statements).toHaveLength(2);
      // One row of counts, and one for each of 2,000 buckets.
      expect(traffic.rows).toBe(2_001);
      expect(traffic.bytes).toBeLessThan(150_000);
    }
  });

  it('are equal in every column, by checksums of rows', async () => {
    const { result, statements } = await comparing(rowMatch);
    expect(result).toMatchObject({ outcome: 'pass', rows_failed: 0, observed: { different: 0 } });
    expect(statements).toBe(2 + 4);
  });

  scenario('reconcile/both-sides', 'are asked of both sides at once, on one state of each', async () => {
    const sides = watch();
    const meeting = meetingPoint();
    const meet = (warehouse: Warehouse): Warehouse => atOnce(warehouse, meeting);
    for (const type of ['reconcile_row_count', 'reconcile_column_sum', 'reconcile_key_match']) {
      const logic = { type, ...(type !== 'reconcile_row_count' && { column: type.endsWith('sum') ? 'amount' : 'id' }) };
      const { result } = await reconcile(logic, meet(sides.target.warehouse), meet(sides.source.warehouse));
      expect(result).toMatchObject({ outcome: 'pass', consistency: 'read transaction' });
    }
    expect(meeting.most).toBe(2);
  });

  it('tell after each round how far they are', async () => {
    const { events } = await comparing(keyMatch);
    const progress = events.filter(({ type }) => type === 'comparison_progress');
    expect(progress).toMatchObject([
      { step: 'counted', table: 'orders', ruleId: 'r', rows: 2 * keys },
      { step: 'checksums', buckets: 2_000, differing: 0, rowsRead: 0 },
    ]);
    expect(events.filter(({ type }) => type === 'statement_finished')).toHaveLength(2 + 4);
  });
});

describe('200,000 keys with 13 differences', () => {
  beforeAll(() =>
    seed(
      [
        create(duckdbRows(keys)),
        'DELETE FROM orders WHERE id IN (7919 * 17, 7919 * 100000)',
        "UPDATE orders SET label = 'other' WHERE id = 7919 * 5",
        'UPDATE orders SET amount = amount + 1 WHERE id % (7919 * 40000) = 7919 * 11',
      ],
      [create(postgresRows(keys)), 'DELETE FROM orders WHERE id % (7919 * 40000::bigint) = 7919 * 3'],
    ),
  );
  afterAll(() => two.close());

  scenario('reconcile/bytes', 'read the rows of the buckets that differ, and no others', async () => {
    const { result, statements, target, source, events } = await comparing(keyMatch);
    expect(result).toMatchObject({
      ...{ outcome: 'fail', rows_failed: 7, unit: 'keys' },
      observed: { missing_in_target: 2, missing_in_source: 5 },
    });
    expect(statements).toBe(2 + 6);
    // Seven buckets of about a hundred keys beside the checksums.
    for (const { traffic } of [target, source]) expect(traffic.rows).toBeLessThan(2_001 + 7 * 200);
    expect(events.at(-2)).toMatchObject({ type: 'comparison_progress', step: 'rows', differing: 7 });
    expect(result.sample).toEqual([
      { id: '23757', side: 'missing_in_source' },
      { id: '134623', side: 'missing_in_target' },
      { id: '316783757', side: 'missing_in_source' },
      { id: '791900000', side: 'missing_in_target' },
      { id: '633543757', side: 'missing_in_source' },
    ]);
  });

  scenario('reconcile/rows', 'list rows that differ with the values of both sides', async () => {
    const { result, statements, target } = await comparing(rowMatch);
    expect(result).toMatchObject({
      ...{ outcome: 'fail', rows_failed: 13, unit: 'rows' },
      observed: {
        ...{ missing_in_target: 2, missing_in_source: 5, different: 6 },
        ...{ different_in_label: 1, different_in_amount: 5 },
      },
    });
    expect(statements).toBe(2 + 6);
    expect(target.traffic.rows).toBeLessThan(2_001 + 13 * 200);
    expect(result.sample[0]).toEqual({
      id: '39595',
      label: { target: 'other', source: 'item 5' },
      amount: { target: 0.625, source: 0.625 },
      difference: 'different',
    });
    expect(new Set(result.sample.map(({ difference }) => difference)).size).toBe(3);
  });

  scenario('reconcile/rows', 'agree where a tolerance covers them', async () => {
    const columns = [{ column: 'amount', tolerance: 1 }];
    const { result } = await comparing({ ...rowMatch, columns });
    expect(result.observed).toMatchObject({ missing_in_target: 2, missing_in_source: 5, different: 0 });
  });

  it('may be counted without being shown', async () => {
    const { result } = await comparing(keyMatch, watch(), { sampleRows: 0 });
    expect(result).toMatchObject({ outcome: 'fail', rows_failed: 7, sample: [] });
  });

  it('fall into the filters of both sides, each in its own SQL', async () => {
    const filters = { where: 'id < 7919 * 1000 AND id // 1 >= 0', source_where: 'id < 7919 * 1000::bigint' };
    const { result } = await comparing({ ...keyMatch, ...filters });
    expect(result).toMatchObject({ rows_checked: 999, observed: { missing_in_target: 1, missing_in_source: 1 } });
  });
});

describe('many differences', () => {
  /** Few rows count as many, so that the tables may be small. */
  const bucketLimits = { batchRows: 4_000, readWhole: 100 };
  const rows = 40_000;
  afterAll(() => two.close());

  scenario(
    'reconcile/bytes',
    'that lie together are found by ranges of keys, and counted without being read',
    async () => {
      await seed(
        [create(duckdbRows(rows)), 'DELETE FROM orders WHERE id BETWEEN 7919 * 10000 AND 7919 * 24999'],
        [create(postgresRows(rows))],
      );
      const { result, target, source } = await comparing(keyMatch, watch(), { bucketLimits });
      expect(result.observed).toMatchObject({ missing_in_target: 15_000, missing_in_source: 0 });
      // Checksums of 1,250 buckets and of 1,024 ranges, the two ranges at the ends, and a sample.
      for (const { traffic } of [target, source]) expect(traffic.rows).toBeLessThan(2_500);
      expect(result.sample).toHaveLength(5);
      await two.close();
    },
  );

  it('of values that lie together are read where they are', async () => {
    await seed(
      [
        create(duckdbRows(rows)),
        'UPDATE orders SET amount = amount + 1 WHERE id BETWEEN 7919 * 20000 AND 7919 * 25999',
      ],
      [create(postgresRows(rows))],
    );
    const { result, target, source } = await comparing(rowMatch, watch(), { bucketLimits });
    expect(result.observed).toMatchObject({ missing_in_target: 0, missing_in_source: 0, different: 6_000 });
    for (const { traffic } of [target, source]) expect(traffic.rows).toBeLessThan(6_000 + 12_000);
    await two.close();
  });

  it('of keys that only repeat are none', async () => {
    await seed([create(`SELECT label FROM (${duckdbRows(10_000)}), range(4)`)], [create(postgresRows(10_000))]);
    const { result, target, statements } = await comparing({ ...keyMatch, column: 'label' }, watch(), { bucketLimits });
    expect(result).toMatchObject({ outcome: 'pass', rows_checked: rows });
    expect(statements).toBe(2 + 6);
    // Buckets twice: with the keys as often as they occur, and with each once.
    expect(target.traffic.rows).toBeLessThanOrEqual(1 + 2 * 1_250);
    await two.close();
  });

  it('that are everywhere are read in batches, and all counted', async () => {
    await seed([create(duckdbRows(30_000))], [create(postgresRows(30_000)), 'DELETE FROM orders WHERE id % 2 = 1']);
    const { result, target } = await comparing({ ...keyMatch, column: 'label' }, watch(), { bucketLimits });
    expect(result.observed).toMatchObject({ missing_in_target: 0, missing_in_source: 15_000 });
    const reads = target.traffic.statements.filter((sql) => /^SELECT DISTINCT/.test(sql));
    expect(reads.length).toBeGreaterThanOrEqual(8);
    await two.close();
  });

  it('that are scattered over a large table are found by finer buckets', async () => {
    await seed(
      [create(duckdbRows(rows)), 'DELETE FROM orders WHERE id % (7919 * 200) = 0'],
      [create(postgresRows(rows))],
    );
    const { result, target, statements } = await comparing(keyMatch, watch(), {
      bucketLimits: { ...bucketLimits, batchRows: 2_000 },
    });
    expect(result.observed).toMatchObject({ missing_in_target: 200 });
    expect(statements).toBe(2 + 8);
    expect(target.traffic.rows).toBeLessThan(1_300 + 1_300 + 1_400);
    await two.close();
  });

  it('of which one side has all are counted, and a few shown', async () => {
    await seed([create(`${duckdbRows(20_000)} UNION ALL ${duckdbRows(10)}`)], [create(`${postgresRows(10)} LIMIT 0`)]);
    const { result, statements, target } = await comparing(keyMatch);
    expect(result.observed).toMatchObject({ missing_in_target: 0, missing_in_source: 20_000 });
    expect(result.sample).toHaveLength(5);
    expect(statements).toBe(2 + 4);
    expect(target.traffic.rows).toBe(7);
  });
});

describe('what goes wrong', () => {
  beforeAll(() => seed([create(duckdbRows(5_000))], [create(postgresRows(5_000))]));
  afterAll(() => two.close());

  it.each([
    [{ ...keyMatch, column: 'idd' }, 'plan/missing-column', 'target in warehouse "copy": column "idd" does not exist'],
    [
      { ...keyMatch, source_column: 'idd' },
      'plan/missing-column',
      'source in warehouse "source_of_truth": column "idd" does not exist',
    ],
    [
      { ...keyMatch, source_table: 'ordres' },
      'plan/missing-table',
      'source in warehouse "source_of_truth": table "ordres" does not exist',
    ],
    [{ ...keyMatch, source_column: 'label' }, 'plan/type-mismatch', 'they cannot be compared'],
    [{ ...rowMatch, columns: [{ column: 'label', tolerance: 1 }] }, 'plan/type-mismatch', 'tolerance needs a number'],
    [
      { ...keyMatch, source_where: '1 / (id - id) > 0' },
      'warehouse/',
      'source in warehouse "source_of_truth": division by zero',
    ],
  ])('is said with its side: %j', async (logic, code, message) => {
    const { result } = await comparing(logic);
    expect(result).toMatchObject({ outcome: 'error', error: { message: expect.stringContaining(message) } });
    expect(result.error?.code).toContain(code);
  });

  scenario('reconcile/both-sides', 'when a side cannot be reached, names it and keeps its secrets', async () => {
    const away = postgres({ url: 'postgresql://aegis:hunter2@127.0.0.1:1/shop' });
    const { result } = await reconcile(keyMatch, two.duckdb, away);
    expect(result.error?.code).toBe('warehouse/connection');
    expect(result.error?.message).toContain('source in warehouse "source_of_truth"');
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });

  it('when a side takes too long, ends the other as well', async () => {
    const slow = { ...keyMatch, source_where: 'pg_sleep(0.2) IS NOT NULL' };
    const trusting = {
      expression: (sql: string) => ({ kind: 'user_sql' as const, sql, columns: [] }),
      query: (sql: string) => ({ sql, usesScope: false }),
    };
    const options = { timeoutMs: 500, loadGuard: async () => trusting };
    const { result } = await comparing(slow, watch(), options);
    expect(result.error).toMatchObject({ code: 'warehouse/timeout' });
    expect(result.error?.message).toContain('source in warehouse "source_of_truth"');
  });

  it('when the run is stopped, stops between two rounds', async () => {
    const stopping = new AbortController();
    const stop = (event: RunEvent) => {
      if (event.type === 'comparison_progress' && event.step === 'counted') stopping.abort();
    };
    const sides = watch();
    const { result } = await comparing(keyMatch, sides, { signal: stopping.signal, onEvent: stop });
    expect(result.error).toMatchObject({ code: 'warehouse/cancelled' });
    expect(sides.target.traffic.statements.length).toBeLessThanOrEqual(2);
  });

  scenario(
    'reconcile/fallback',
    'where an engine cannot hash its keys, is avoided by fetching rows, and said',
    async () => {
      const withoutBits = Object.create(duckdbDialect, { doubleBits: { value: () => undefined } });
      await two.close();
      await seed(
        [create(`SELECT CAST(id AS DOUBLE) / 16 AS id FROM (${duckdbRows(5_000)}) WHERE id <> 7919 * 7`)],
        [create(`SELECT CAST(id AS double precision) / 16 AS id FROM (${postgresRows(5_000)}) AS o`)],
      );
      const target = new Proxy(two.duckdb, {
        get: (warehouse, name) => {
          if (name === 'dialect') return withoutBits;
          const member: unknown = name === 'snapshot' ? undefined : Reflect.get(warehouse, name, warehouse);
          return typeof member === 'function' ? member.bind(warehouse) : member;
        },
      });
      const { result } = await reconcile(keyMatch, target, two.postgres, { bucketLimits: { batchRows: 1_000 } });
      expect(result).toMatchObject({
        observed: { missing_in_target: 1, missing_in_source: 0 },
        sample: [{ id: 3464.5625, side: 'missing_in_target' }],
        notes: [
          'all rows were fetched to compare them, because duckdb cannot write the bits of a double as other engines do',
        ],
        consistency: 'target: per statement; source: read transaction',
      });
    },
  );
});

/** Where statements of both sides meet: the first waits until the second has begun. */
const meetingPoint = () => {
  const meeting = { most: 0, waiting: undefined as (() => void) | undefined };
  const meet = async (): Promise<void> => {
    meeting.most = Math.max(meeting.most, meeting.waiting ? 2 : 1);
    if (meeting.waiting) {
      meeting.waiting();
      meeting.waiting = undefined;
    } else await new Promise<void>((resolve) => Object.assign(meeting, { waiting: resolve }));
  };
  return Object.assign(meeting, { meet });
};

/** A warehouse whose statements begin only together with one of the other side. */
const atOnce = <Asked extends Warehouse>(warehouse: Asked, meeting: ReturnType<typeof meetingPoint>): Asked =>
  new Proxy(warehouse, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (name === 'executeSample')
        return async (...asked: Parameters<Warehouse['executeSample']>) => {
          await meeting.meet();
          return target.executeSample(...asked);
        };
      if (name === 'snapshot' && typeof member === 'function')
        return async () => atOnce(await member.call(target), meeting);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });

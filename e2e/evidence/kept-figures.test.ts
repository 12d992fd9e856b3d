import type { AuditPort, CheckpointStore, Measurement } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { ScriptedNarrator } from '../../packages/core/src/__fixtures__/scripted-narrator.js';
import { afterGoodDays, changesIn, inDuckdb, type Options, orders, sentencesIn, shopOn } from './judged-shop.js';

/** Fails where orders are gone, and on the eleventh day by growth alone. */
const count = { type: 'row_count_between', min_value: 480, max_value: 659 };
const mean = { type: 'mean_between', column: 'amount', min_value: 40, max_value: 60 };
const filled = { type: 'not_null', column: 'status' };
const lost = { days: 11, where: "country <> 'DE' OR id < 60" };

const isProfile = (sql: string): boolean => sql.includes('aegis_values');
const isFirstLook = (sql: string): boolean => sql.includes('LIMIT 10000');

/** Figures of whole tables that runs keep, in the order of the runs. */
const keeping = async (engine: 'DuckDB' | 'PostgreSQL', rules: Parameters<typeof shopOn>[1], options: Options = {}) => {
  const shop = await shopOn(engine, rules, options);
  const kept: Measurement[] = [];
  const audit = withMethods(shop.store, {
    recordMeasurements: async (measurements) => {
      kept.push(...measurements.filter(({ ruleId }) => ruleId === 'aegis:profile'));
      await shop.store.recordMeasurements(measurements);
    },
  });
  return { ...shop, kept, options: { audit } };
};

/** The same trail with some methods in place of its own. */
const withMethods = (audit: AuditPort, methods: Partial<AuditPort>): AuditPort =>
  new Proxy(audit, {
    get: (target, name) => {
      const own = Reflect.get(methods, name) ?? Reflect.get(target, name);
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });

describe('what a good run costs', () => {
  it('is one statement more for a table that is judged as a whole, and at first a look at a few rows', async () => {
    const { day } = await shopOn('DuckDB', [count, mean]);
    const asked = [];
    for (const days of [8, 9]) {
      const { counts, report } = await day({ days });
      asked.push([counts.statements.filter(isFirstLook).length, counts.statements.filter(isProfile).length]);
      expect(report.summary.queries).toBe(counts.statements.length + counts.metadata.length);
    }
    expect(asked).toEqual([
      [1, 1],
      [0, 1],
    ]);
  });

  it.each([
    ['only rows of it are judged', [filled], {}],
    ['a catalogue tells all that is judged', [{ type: 'column_exists', column: 'status' }], {}],
    ['baselines are off', [count], { baseline: { mode: 'off' } }],
    ['no trail is kept', [count], { audit: undefined }],
  ] as const)('is nothing where %s', async (_, rules, options) => {
    const { day } = await shopOn('DuckDB', rules, options);
    const { counts, report } = await day({ days: 8 });
    expect(report.summary.failed).toBe(0);
    expect([...counts.statements, ...counts.evidence].filter((sql) => isProfile(sql) || isFirstLook(sql))).toEqual([]);
  });
});

describe('what a failing run costs', () => {
  it('is one statement, which the failing rules share', async () => {
    const { day } = await afterGoodDays(
      'DuckDB',
      [count, { ...mean, min_value: 59 }].map((rule) => ({ ...rule, min_value: 0 })),
    );
    expect((await day({ days: 11 })).counts.evidence.filter(isProfile)).toHaveLength(1);
    const { counts, report } = await day({ ...lost, days: 12, amount: 'amount * 100' });
    expect(report.summary.failed).toBe(1);
    expect(counts.evidence.filter(isProfile)).toHaveLength(1);
    expect(report.summary.queries).toBe(counts.statements.length + counts.evidence.length + counts.metadata.length);
  });

  it('is nothing where no rows may be read, or baselines are off', async () => {
    for (const options of [{ sampleRows: 0 }, { baseline: { mode: 'off' } }] as const) {
      const { day } = await afterGoodDays('DuckDB', [count]);
      const { counts, report } = await day(lost, options);
      expect(report.summary.failed).toBe(1);
      expect(counts.evidence.filter(isProfile)).toEqual([]);
      expect(report.results[0]?.diagnosis?.evidence.map(({ kind }) => kind)).not.toContain('changed_since_good_run');
    }
  });
});

describe('figures of a table', () => {
  it('are kept where single rows fail, and not where the table does', async () => {
    const { day, kept, options } = await keeping('DuckDB', [count, filled]);
    const emptied = await day({ days: 8, status: 'CASE WHEN id > 9 THEN status END' }, options);
    expect(emptied.report.results.map(({ outcome }) => outcome)).toEqual(['pass', 'fail']);
    expect(kept).toHaveLength(1);
    expect(changesIn(emptied, 1)).toEqual([]);
    expect((await day({ days: 7 }, options)).report.results.map(({ outcome }) => outcome)).toEqual(['fail', 'pass']);
    expect(kept).toHaveLength(1);
  });

  it('hold no value of a column that must not be kept, and facts do not either', async () => {
    const baseline = { mayKeep: (column: string) => column !== 'country' };
    const { day, kept, options } = await keeping('DuckDB', [count], { baseline });
    for (const days of [8, 9]) await day({ days }, options);
    expect(JSON.stringify(kept)).toContain('paid');
    const failing = await day({ ...lost, days: 10 }, options);
    for (const written of [kept, failing.report.results[0]?.diagnosis])
      expect(JSON.stringify(written)).not.toMatch(/\bDE\b/);
    expect(sentencesIn(failing)).toEqual([
      'Since the run of 2026-01-10 06:00, of 540 rows 300 are left, where placed_at is from 2026-01-02 on (240 of 480).',
    ]);
  });

  it('are not told by a label that was kept before the column was masked', async () => {
    const { day } = await afterGoodDays('DuckDB', [count]);
    const { report } = await day(lost, { baseline: { mayKeep: (column: string) => column !== 'country' } });
    expect(JSON.stringify(report.results[0]?.diagnosis)).not.toMatch(/\bDE\b/);
  });

  it('are kept by the run that goes on with one that was stopped', async () => {
    const { day, kept, options } = await keeping('DuckDB', [count, filled]);
    const checkpoints = memoryCheckpoints();
    const stop = new AbortController();
    const stopping = withMethods(options.audit, {
      recordStep: async (runId, step) => {
        if (step.node === 'remediate') stop.abort();
        await options.audit.recordStep(runId, step);
      },
    });
    const first = await day({ days: 8 }, { audit: stopping, checkpoints, runId: 'run', signal: stop.signal });
    expect(first.report.status).toBe('cancelled');
    expect(kept).toEqual([]);
    const second = await day({ days: 8 }, { ...options, checkpoints, runId: 'run', resume: true });
    expect(second.report.status).toBe('completed');
    expect(kept).toHaveLength(1);
  });

  it('are read once of a table that is a source too', async () => {
    const source = { kind: 'table', columns: [], isDropped: false, distance: 1 } as const;
    const traced = (name: string) => ({ ...source, id: name, name, table: { kind: 'named', parts: [name] } as const });
    const lineage: Options['lineage'] = {
      downstream: async () => [],
      trace: async (target) => ({
        ...{ target, columns: [], gaps: [] },
        datasets: [traced('orders'), traced('raw_orders')],
        operations: [
          {
            ...{ id: 'op', kind: 'create_table_as', name: 'orders.sql', output: 'orders', inputs: ['raw_orders'] },
            ...{ sql: null, parserName: 'duckdb', ranAt: null, rowsWritten: null },
          },
        ],
      }),
    };
    const { dayOf } = await shopOn('DuckDB', [count, { ...count, table: 'raw_orders' }], { lineage });
    const asked = [];
    for (const days of [8, 9]) {
      const raw = orders({ days }).replace('TABLE orders', 'TABLE raw_orders');
      const { counts } = await dayOf(days, [raw, 'CREATE TABLE orders AS SELECT * FROM raw_orders']);
      asked.push(
        counts.statements.filter((sql) => sql.includes('raw_orders') && (isProfile(sql) || isFirstLook(sql))).length,
      );
    }
    expect(asked).toEqual([2, 1]);
  });
});

const memoryCheckpoints = (): CheckpointStore => {
  const values = new Map<string, Uint8Array>();
  const at = (scope: string, key: string) => `${scope} ${key}`;
  return {
    put: async (scope, key, value) => void values.set(at(scope, key), value),
    get: async (scope, key) => values.get(at(scope, key)),
    keys: async (scope, prefix) =>
      [...values.keys()]
        .filter((key) => key.startsWith(at(scope, prefix)))
        .map((key) => key.slice(scope.length + 1))
        .sort(),
    deleteScope: async (scope) => {
      for (const key of values.keys()) if (key.startsWith(`${scope} `)) values.delete(key);
    },
  };
};

describe('a model that explains failures', () => {
  it('is given the facts that there are without one', async () => {
    const { day } = await afterGoodDays('DuckDB', [count]);
    const { report: without } = await day(lost);
    const narrator = new ScriptedNarrator();
    const { report } = await day(lost, { narrator });
    expect(report.results[0]?.diagnosis?.evidence).toEqual(without.results[0]?.diagnosis?.evidence);
    expect(
      narrator.failures.some((failure) => failure.evidence.some(({ kind }) => kind === 'changed_since_good_run')),
    ).toBe(true);
  });
});

describe('tables of two warehouses', () => {
  it('are each compared where they are', async () => {
    const [fill, fillSource] = [await inDuckdb(), await inDuckdb()];
    const same = { type: 'reconcile_row_count', source_table: 'raw_orders', source_warehouse: 'other' };
    const { dayOf } = await shopOn('DuckDB', [same]);
    const day = async (days: number, where = '1 = 1') =>
      dayOf(days, [], {
        warehouses: {
          w: await fill(orders({ days })),
          other: await fillSource(orders({ days, where }).replace('TABLE orders', 'TABLE raw_orders')),
        },
      });
    for (const days of [8, 9, 10]) expect((await day(days)).report.summary.failed).toBe(0);
    expect(sentencesIn(await day(11, lost.where))).toEqual([
      'Since the run of 2026-01-11 06:00, raw_orders has changed: of 600 rows 330 are left, where country = DE (30 of 300).',
    ]);
  });
});

describe.each(['DuckDB', 'PostgreSQL'] as const)('on %s', (engine) => {
  it('both tables of a reconciliation are compared, each by its name', async () => {
    const same = { type: 'reconcile_row_count', source_table: 'raw_orders' };
    const { dayOf } = await shopOn(engine, [same]);
    const tables = (days: number, where = '1 = 1') => [
      orders({ days }).replace('TABLE orders', 'TABLE raw_orders'),
      `CREATE TABLE orders AS SELECT * FROM raw_orders WHERE ${where}`,
    ];
    for (const days of [8, 9, 10]) expect((await dayOf(days, tables(days))).report.summary.failed).toBe(0);
    const day = await dayOf(11, tables(11, lost.where));
    expect(sentencesIn(day)).toEqual([
      'Since the run of 2026-01-11 06:00, orders has changed: of 600 rows 330 are left, where country = DE (30 of 300).',
    ]);
    expect(day.counts.evidence.filter(isProfile)).toHaveLength(2);
  });

  it('columns may be called anything', async () => {
    const name = `we"ird n'ame 漢 {id} $& %s`;
    const quoted = `"${name.replaceAll('"', '""')}"`;
    const { day } = await shopOn(engine, [count]);
    const more = (sql: string) => `${sql} AS ${quoted}`;
    for (const days of [8, 9, 10]) await day({ days, more: more('country') });
    const changed = await day({ days: 11, more: more("CASE WHEN country <> 'DE' THEN country END") });
    expect(sentencesIn(changed)).toEqual([
      `Since the run of 2026-01-11 06:00, ${name} is NULL in 50 % of rows, after 0 %, where country = DE (100 %, after 0 %).`,
    ]);
  });
});

import { describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import { openTestCluster } from './__fixtures__/test-cluster.js';
import { trino } from './index.js';

const needed = ['AEGIS_TEST_TRINO_SERVER', 'AEGIS_TEST_TRINO_CATALOG'] as const;

/** A table in a schema of the test's own, in a real cluster. */
const openTable = async (context: TestContext) => {
  const missing = needed.find((name) => !process.env[name]);
  if (missing) context.skip(`credentials: ${missing} is not set`);
  const cluster = await openTestCluster();
  onTestFinished(() => cluster.close());
  const schema = `"${cluster.options.catalog}"."${cluster.options.schema}"`;
  await cluster.run(`CREATE TABLE ${schema}.t (n bigint, seen timestamp(6) with time zone)`);
  await cluster.run(`INSERT INTO ${schema}.t VALUES (9007199254740993, TIMESTAMP '2026-01-15 12:00:00.123456 UTC')`);
  const warehouse = trino(cluster.options);
  onTestFinished(() => warehouse.close?.());
  return { cluster, warehouse, sql: `${schema}.t` };
};

const table = { kind: 'named', parts: ['t'] } as const;
const counting = {
  kind: 'aggregate',
  from: { table },
  measures: [{ alias: 'm0', expression: { kind: 'count_all' } }],
} as const;

describe('a real cluster', () => {
  it('answers with exact values', { timeout: 600_000 }, async (context) => {
    const { warehouse } = await openTable(context);
    const row = { n: '9007199254740993', seen: '2026-01-15T12:00:00.123456Z' };
    expect(await warehouse.executeSample('SELECT n, seen FROM t', 1)).toEqual([row]);
    const described = await warehouse.describe?.(table);
    expect(described?.columns.map(({ name }) => name)).toEqual(['n', 'seen']);
  });

  it('refuses writes in READ ONLY transactions', { timeout: 600_000 }, async (context) => {
    const { warehouse } = await openTable(context);
    for (const sql of ['INSERT INTO t VALUES (1, NULL)', 'DROP TABLE t'])
      await expect(warehouse.executeScalar(sql), sql).rejects.toMatchObject({ code: 'warehouse/authorization' });
  });

  it('keeps the version of an Iceberg table', { timeout: 600_000 }, async (context) => {
    const { cluster, warehouse, sql } = await openTable(context);
    await warehouse.describe?.(table);
    const snapshot = await warehouse.snapshot?.();
    const count = String(snapshot?.dialect.statement(counting));
    if (!count.includes('VERSION')) context.skip('credentials: AEGIS_TEST_TRINO_CATALOG names no Iceberg catalogue');
    await cluster.run(`INSERT INTO ${sql} VALUES (1, NULL)`);
    expect(await snapshot?.executeScalar(count)).toBe('1');
    expect(await warehouse.executeScalar('SELECT count(*) FROM t')).toBe('2');
  });
});

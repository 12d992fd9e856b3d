import { join } from 'node:path';
import type { Warehouse } from '@aegis/spec';
import { expect, it, onTestFinished } from 'vitest';
import { seedDatabase, temporaryFolder } from './__fixtures__/seed-database.js';
import { duckdb } from './index.js';

const seeded = async (): Promise<string> =>
  seedDatabase(
    join(await temporaryFolder(), 'shop.duckdb'),
    "CREATE TABLE t AS SELECT range AS id, 'x' || range AS name FROM range(10000)",
  );

const snapshotOf = async (warehouse: Warehouse) => {
  const snapshot = await warehouse.snapshot?.();
  if (!snapshot) throw new Error('no snapshot');
  onTestFinished(async () => {
    await snapshot.release();
    await warehouse.close?.();
  });
  return snapshot;
};

it('says what holds its statements together', async () => {
  const path = await seeded();
  expect((await snapshotOf(duckdb({ path }))).consistency).toBe('read transaction');
  const mixed = duckdb({ path, files: ['orders.parquet'] });
  expect((await snapshotOf(mixed)).consistency).toBe('read transaction; data files per statement');
});

it('is not offered where there are only data files', () => {
  const warehouse = duckdb({ files: ['orders.parquet'] });
  expect(warehouse.snapshot).toBeUndefined();
  expect(warehouse.capabilities.snapshot).toEqual({
    support: 'unsupported',
    reason: 'data files have no transactions',
  });
});

it('sees one state while the warehouse writes', async () => {
  const path = await seeded();
  const warehouse = duckdb({ path, access: 'read_write' });
  const snapshot = await snapshotOf(warehouse);
  expect(await snapshot.executeScalar('SELECT count(*) FROM t')).toBe('10000');
  await warehouse.executeScalar('DELETE FROM t');
  expect(await snapshot.executeScalar('SELECT count(*) FROM t')).toBe('10000');
  expect(await warehouse.executeScalar('SELECT count(*) FROM t')).toBe('0');
});

it.each([
  ['while planning', 'SELECT nope FROM t', 'warehouse/not-found'],
  ['while executing', 'SELECT sum(CAST(name AS INTEGER)) FROM t', 'warehouse/syntax'],
])('goes on after an error %s', async (_when, sql, code) => {
  const snapshot = await snapshotOf(duckdb({ path: await seeded() }));
  await expect(snapshot.executeScalar(sql)).rejects.toMatchObject({ code });
  expect(await snapshot.executeScalar('SELECT count(*) FROM t')).toBe('10000');
});

it('goes on after an answer that failed after its first rows', async () => {
  const snapshot = await snapshotOf(duckdb({ path: await seeded() }));
  const failsLate = "SELECT CASE WHEN range > 500000 THEN error('late') END AS x FROM range(1000000)";
  await expect(snapshot.executeSample(failsLate, 2_000_000)).rejects.toThrow('late');
  expect(await snapshot.executeScalar('SELECT count(*) FROM t')).toBe('10000');
});

it('goes on after a statement that was cut short, by a limit or by its time', async () => {
  const snapshot = await snapshotOf(duckdb({ path: await seeded() }));
  expect(await snapshot.executeSample('SELECT * FROM range(1000000000000)', 1)).toEqual([{ range: '0' }]);
  await expect(
    snapshot.executeScalar('SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range + b.range = 7', {
      timeoutMs: 50,
    }),
  ).rejects.toMatchObject({ code: 'warehouse/timeout' });
  expect(await snapshot.executeScalar('SELECT count(*) FROM t')).toBe('10000');
});

it('queues its statements', async () => {
  const snapshot = await snapshotOf(duckdb({ path: await seeded() }));
  expect(snapshot.capabilities.concurrency).toBe(1);
  const counts = await Promise.all(
    [1, 2, 3].map((number) => snapshot.executeScalar(`SELECT ${number} FROM t LIMIT 1`)),
  );
  expect(counts).toEqual([1, 2, 3]);
});

it('describes tables and tells their statistics as the warehouse does', async () => {
  const snapshot = await snapshotOf(duckdb({ path: await seeded() }));
  const table = { kind: 'named', parts: ['t'] } as const;
  expect((await snapshot.describe?.(table))?.columns).toHaveLength(2);
  expect((await snapshot.statistics?.(table))?.rowCount).toBe('10000');
});

it('can be released twice and not used afterwards', async () => {
  const snapshot = await snapshotOf(duckdb({ path: await seeded() }));
  await snapshot.release();
  await snapshot.release();
  await expect(snapshot.executeScalar('SELECT 1')).rejects.toMatchObject({ code: 'warehouse/connection' });
});

it('ends with its warehouse, also in the middle of a statement', async () => {
  const warehouse = duckdb({ path: await seeded() });
  const snapshot = await snapshotOf(warehouse);
  const endless = 'SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range + b.range = 7';
  const running = [1, 2].map(() => snapshot.executeScalar(endless).catch((error: unknown) => error));
  await warehouse.executeScalar('SELECT 1');
  await warehouse.close?.();
  const [first, waiting] = await Promise.all(running);
  expect(first).toMatchObject({ code: 'warehouse/cancelled' });
  expect(waiting).toMatchObject({ code: 'warehouse/connection' });
  await expect(snapshot.executeScalar('SELECT 1')).rejects.toMatchObject({ code: 'warehouse/connection' });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { newDatabase, seedDatabase } from './__fixtures__/test-database.js';
import { postgres } from './index.js';

const url = await newDatabase();
const warehouse = postgres({ url });
beforeAll(() => seedDatabase(url, 'CREATE TABLE t AS SELECT generate_series(1, 100) AS x'));
afterAll(() => warehouse.close?.());

const snapshotOf = async () => {
  const snapshot = await warehouse.snapshot?.();
  if (!snapshot) throw new Error('no snapshot');
  return snapshot;
};

it('sees one state while others write', async () => {
  const snapshot = await snapshotOf();
  await seedDatabase(url, 'CREATE TABLE counted AS SELECT 1 AS x', 'DELETE FROM t WHERE x > 50');
  expect(await snapshot.executeScalar('SELECT count(*) FROM t')).toBe('100');
  expect(await warehouse.executeScalar('SELECT count(*) FROM t')).toBe('50');
  await snapshot.release();
  await seedDatabase(url, 'INSERT INTO t SELECT generate_series(51, 100)');
});

it('keeps its state after statements that failed, were cancelled or took too long', async () => {
  const snapshot = await snapshotOf();
  await seedDatabase(url, 'DELETE FROM t WHERE x = 1');
  await expect(snapshot.executeScalar('SELECT nope FROM t')).rejects.toMatchObject({ code: 'warehouse/not-found' });
  await expect(snapshot.executeScalar('SELECT 1 / (x - x) FROM t')).rejects.toMatchObject({ code: 'warehouse/syntax' });
  await expect(snapshot.executeScalar('SELECT pg_sleep(600)', { timeoutMs: 50 })).rejects.toMatchObject({
    code: 'warehouse/timeout',
  });
  const controller = new AbortController();
  const sleeping = snapshot.executeScalar('SELECT pg_sleep(600)', { signal: controller.signal });
  setTimeout(() => controller.abort(), 50);
  await expect(sleeping).rejects.toMatchObject({ code: 'warehouse/cancelled' });
  expect(await snapshot.executeScalar('SELECT count(*) FROM t')).toBe('100');
  await snapshot.release();
  await seedDatabase(url, 'INSERT INTO t VALUES (1)');
});

it('does not count against the connections of the warehouse', async () => {
  const snapshots = await Promise.all(Array.from({ length: 6 }, snapshotOf));
  expect(await warehouse.executeScalar('SELECT 1')).toBe(1);
  await Promise.all(snapshots.map((snapshot) => snapshot.release()));
});

it('leaves no setting of a query behind', async () => {
  const snapshot = await snapshotOf();
  await snapshot.executeScalar("SELECT set_config('TimeZone', 'Asia/Kathmandu', false)");
  expect(await snapshot.executeScalar("SELECT '2026-01-01 00:00:00Z'::timestamptz")).toBe('2026-01-01T00:00:00Z');
  await snapshot.release();
});

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

const processOf = 'SELECT pg_backend_pid() FROM pg_sleep(0.05)';

it('answers statements at the same time on connections that see one state', async () => {
  const snapshot = await snapshotOf();
  expect(snapshot.capabilities.concurrency).toBe(2);
  await seedDatabase(url, 'DELETE FROM t WHERE x = 2');
  const processes = await Promise.all([1, 2, 3, 4].map(() => snapshot.executeScalar(processOf)));
  expect(new Set(processes).size).toBe(2);
  const slowCount = 'SELECT count(*) FROM t, pg_sleep(0.05)';
  expect(await Promise.all([1, 2].map(() => snapshot.executeScalar(slowCount)))).toEqual(['100', '100']);
  await snapshot.release();
  await seedDatabase(url, 'INSERT INTO t VALUES (2)');
});

it('has one connection as long as statements come one after the other', async () => {
  const snapshot = await snapshotOf();
  const processes = [await snapshot.executeScalar(processOf), await snapshot.executeScalar(processOf)];
  expect(new Set(processes).size).toBe(1);
  await snapshot.release();
});

const endProcess = (pid: unknown) => seedDatabase(url, `SELECT pg_terminate_backend(${pid}, 10000)`);

it('keeps its state when one of its connections is lost, and says what to do when all are', async () => {
  const snapshot = await snapshotOf();
  const both = await Promise.all([1, 2].map(() => snapshot.executeScalar(processOf)));
  await seedDatabase(url, 'DELETE FROM t WHERE x = 3');
  await endProcess(both[0]);
  const counts = await Promise.allSettled([1, 2].map(() => snapshot.executeScalar('SELECT count(*) FROM t')));
  expect(counts.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await snapshot.executeScalar('SELECT count(*) FROM t')).toBe('100');
  await endProcess(both[1]);
  await expect(snapshot.executeScalar('SELECT 1')).rejects.toMatchObject({ code: 'warehouse/connection' });
  await expect(snapshot.executeScalar('SELECT 1')).rejects.toMatchObject({
    code: 'warehouse/connection',
    hint: expect.stringContaining('Run again'),
  });
  await snapshot.release();
  await seedDatabase(url, 'INSERT INTO t VALUES (3)');
});

it('takes a new state when the first was lost before anybody saw it', async () => {
  const snapshot = await snapshotOf();
  await seedDatabase(
    url,
    `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
      WHERE application_name = 'aegis' AND state = 'idle in transaction' AND datname = current_database()`,
  );
  await snapshot.executeScalar('SELECT 1').catch((error: unknown) => expect(error).toMatchObject({ retryable: true }));
  expect(await Promise.all([1, 2].map(() => snapshot.executeScalar('SELECT count(*) FROM t')))).toEqual(['100', '100']);
  await snapshot.release();
});

it('goes on with one connection where the server gives no second', async () => {
  const role = `single_${new URL(url).pathname.slice(1)}`;
  await seedDatabase(url, `CREATE ROLE ${role} LOGIN PASSWORD 'x' CONNECTION LIMIT 2`);
  const single = postgres({ url: Object.assign(new URL(url), { username: role, password: 'x' }).href });
  await single.executeScalar('SELECT 1');
  const snapshot = await single.snapshot?.();
  const processes = await Promise.all([1, 2, 3].map(() => snapshot?.executeScalar(processOf)));
  expect(new Set(processes).size).toBe(1);
  await snapshot?.release();
  await single.close?.();
  await seedDatabase(url, `DROP ROLE ${role}`);
});

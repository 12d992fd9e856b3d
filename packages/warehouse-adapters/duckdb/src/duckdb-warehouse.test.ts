import { execFile } from 'node:child_process';
import { watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type StatementReport, type Warehouse, WarehouseError } from '@aegis/spec';
import { expect, it, onTestFinished } from 'vitest';
import { seedDatabase, temporaryFolder } from './__fixtures__/seed-database.js';
import { adapter, duckdb, VERSION } from './index.js';

/** Hours of work for any machine. */
const endless = 'SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range + b.range = 7';

const inMemory = (): Warehouse => {
  const warehouse = duckdb();
  onTestFinished(() => warehouse.close?.());
  return warehouse;
};

it('has the version of its package', () => {
  expect(VERSION).toMatch(/^\d+\.\d+\.\d+/);
});

it('opens nothing before it is asked', () => {
  expect(() => duckdb({ path: '/does/not/exist.duckdb' })).not.toThrow();
});

it('connects once however often it is asked, also at the same time', async () => {
  const warehouse = inMemory();
  await Promise.all([warehouse.connect(), warehouse.connect(), warehouse.executeScalar('SELECT 1')]);
  await expect(warehouse.connect()).resolves.toBeUndefined();
});

it('may be connected again after an attempt that failed', async () => {
  const path = join(await temporaryFolder(), 'late.duckdb');
  const warehouse = duckdb({ path });
  onTestFinished(() => warehouse.close?.());
  await expect(warehouse.connect()).rejects.toMatchObject({ code: 'warehouse/connection' });
  await seedDatabase(path, 'CREATE TABLE t AS SELECT 42 AS answer');
  await expect(warehouse.executeScalar('SELECT answer FROM t')).resolves.toBe(42);
});

it('cannot be used after it was closed', async () => {
  const warehouse = duckdb();
  await warehouse.connect();
  await warehouse.close?.();
  await warehouse.close?.();
  await expect(warehouse.executeScalar('SELECT 1')).rejects.toMatchObject({ code: 'warehouse/connection' });
});

it('closes without having been connected', async () => {
  await expect(duckdb().close?.()).resolves.toBeUndefined();
});

it('ends what is under way when it is closed', async () => {
  const warehouse = duckdb();
  await warehouse.connect();
  const running = warehouse.executeScalar(endless).catch((error: unknown) => error);
  await warehouse.executeScalar('SELECT 1');
  await warehouse.close?.();
  expect(await running).toMatchObject({ code: 'warehouse/cancelled' });
});

it('stops reading at the limit', async () => {
  const warehouse = inMemory();
  const rows = await warehouse.executeSample('SELECT range::INTEGER AS n FROM range(1000000000000)', 3000);
  expect(rows).toHaveLength(3000);
  expect(rows.at(-1)).toEqual({ n: 2999 });
  await expect(warehouse.executeScalar('SELECT 1')).resolves.toBe(1);
});

it('never takes an answer for whole that failed after its first rows', async () => {
  const warehouse = inMemory();
  const failsLate = "SELECT CASE WHEN range > 500000 THEN error('late') END AS x FROM range(1000000)";
  await expect(warehouse.executeSample(failsLate, 2_000_000)).rejects.toMatchObject({
    code: 'warehouse/unknown',
    message: expect.stringContaining('late'),
  });
  expect(await warehouse.executeSample(failsLate, 3)).toHaveLength(3);
  const whole = await warehouse.executeSample('SELECT range::INTEGER AS x FROM range(500000)', 2_000_000);
  expect(whole).toHaveLength(500_000);
});

it('gives null for no row and an empty list for no rows', async () => {
  const warehouse = inMemory();
  expect(await warehouse.executeScalar('SELECT 1 WHERE false')).toBeNull();
  expect(await warehouse.executeSample('SELECT 1 WHERE false', 5)).toEqual([]);
});

it('ends a cancelled statement in the engine', async () => {
  const warehouse = inMemory();
  await warehouse.connect();
  const controller = new AbortController();
  const statements = [1, 2, 3, 4, 5].map(() =>
    warehouse.executeScalar(endless, { signal: controller.signal }).catch((error: unknown) => error),
  );
  setTimeout(() => controller.abort(), 50);
  for (const error of await Promise.all(statements)) expect(error).toMatchObject({ code: 'warehouse/cancelled' });
  // Were the engine still busy with them, no connection would be free.
  await expect(warehouse.executeScalar('SELECT 1')).resolves.toBe(1);
});

it('ends a statement that takes longer than its time', async () => {
  const warehouse = inMemory();
  await expect(warehouse.executeScalar(endless, { timeoutMs: 50 })).rejects.toMatchObject({
    code: 'warehouse/timeout',
    message: 'the statement took longer than 50 ms',
  });
  await expect(warehouse.executeScalar('SELECT 1', { timeoutMs: 10_000 })).resolves.toBe(1);
});

it('sends nothing when the signal was aborted before', async () => {
  const reports: StatementReport[] = [];
  const warehouse = inMemory();
  const statement = warehouse.executeScalar('SELECT 1', {
    signal: AbortSignal.abort(),
    onStatement: (report) => reports.push(report),
  });
  await expect(statement).rejects.toMatchObject({ code: 'warehouse/cancelled' });
  expect(reports).toEqual([]);
});

it('does nothing to later statements when a signal is aborted after its own', async () => {
  const warehouse = inMemory();
  const controller = new AbortController();
  await warehouse.executeScalar('SELECT 1', { signal: controller.signal });
  const later = warehouse.executeScalar('SELECT count(*) FROM range(30000000) WHERE range % 7 = 1');
  controller.abort();
  await expect(later).resolves.toBe('4285715');
});

it('reports the text and duration of a finished statement', async () => {
  const reports: StatementReport[] = [];
  await inMemory().executeScalar('SELECT 1', { onStatement: (report) => reports.push(report) });
  expect(reports).toEqual([{ sql: 'SELECT 1', durationMs: expect.any(Number) }]);
});

it('puts a label into the statement that cannot end its comment', async () => {
  const warehouse = inMemory();
  const label = "aegis run=01 */ SELECT 'stolen' /* \n -- table=日本";
  expect(await warehouse.executeScalar("SELECT 'asked'", { label })).toBe('asked');
});

it('answers more statements than it has connections', async () => {
  const warehouse = inMemory();
  const numbers = Array.from({ length: 40 }, (_, index) => index);
  const answers = await Promise.all(numbers.map((number) => warehouse.executeScalar(`SELECT ${number}`)));
  expect(answers).toEqual(numbers);
});

it('refuses an empty statement and several at once', async () => {
  const warehouse = inMemory();
  for (const sql of ['', '  \n', 'SELECT 1; SELECT 2', '-- nothing']) {
    await expect(warehouse.executeScalar(sql)).rejects.toMatchObject({ code: 'warehouse/syntax' });
  }
  await expect(warehouse.executeScalar('SELECT 1;')).resolves.toBe(1);
});

it('turns zoned timestamps into dates in the configured zone', async () => {
  const warehouse = duckdb({ timezone: 'America/New_York' });
  onTestFinished(() => warehouse.close?.());
  expect(await warehouse.executeScalar("SELECT CAST(TIMESTAMPTZ '2026-01-15 02:00:00Z' AS DATE)")).toBe('2026-01-14');
});

it('names a zone that does not exist', async () => {
  await expect(duckdb({ timezone: 'Mars/Olympus' }).connect()).rejects.toThrow(WarehouseError);
  await expect(duckdb({ timezone: 'Mars/Olympus' }).connect()).rejects.toThrow('Mars/Olympus');
});

it('is made by its adapter with paths relative to the configuration', async () => {
  const folder = await temporaryFolder();
  await seedDatabase(
    join(folder, 'shop.duckdb'),
    'CREATE TABLE t AS SELECT 1 AS a',
    `COPY t TO '${join(folder, 't.parquet')}'`,
  );
  const warehouse = adapter.create(
    { path: 'shop.duckdb' },
    { baseDirectory: folder, env: {}, files: [join(folder, 't.parquet')] },
  );
  onTestFinished(() => warehouse.close?.());
  expect(await warehouse.executeScalar(`SELECT count(*) FROM t, '${join(folder, 't.parquet')}'`)).toBe('1');
});

it('writes only when it was opened for that', async () => {
  const path = join(await temporaryFolder(), 'new.duckdb');
  const warehouse = duckdb({ path, access: 'read_write' });
  onTestFinished(() => warehouse.close?.());
  await warehouse.executeScalar('CREATE TABLE t AS SELECT 1 AS a');
  expect(await warehouse.executeScalar('SELECT a FROM t')).toBe(1);
  expect(warehouse.capabilities.readOnly.support).toBe('unsupported');
});

it('spills into a folder of its own, which is gone when the warehouse is closed', async () => {
  const tempDirectory = await temporaryFolder();
  const warehouse = duckdb({ tempDirectory, memoryLimit: '60MB', threads: 1 });
  const sorted =
    'SELECT count(*) FROM (SELECT row_number() OVER (ORDER BY hash(range)) AS n, hash(range + 1) FROM range(5000000))';
  const counting = warehouse.executeScalar(`${sorted} WHERE n % 2 = 0`);
  const folders = new Set<string>();
  const watcher = watch(tempDirectory, (_event, name) => void folders.add(String(name)));
  onTestFinished(() => watcher.close());
  expect(await counting).toBe('2500000');
  await warehouse.close?.();
  expect([...folders]).toEqual([expect.stringMatching(/^aegis-duckdb-/)]);
  expect(await readdir(tempDirectory)).toEqual([]);
});

it('gives the database back to other processes when it is closed', async () => {
  const path = await seedDatabase(join(await temporaryFolder(), 'shop.duckdb'), 'CREATE TABLE t AS SELECT 1 AS a');
  const warehouse = duckdb({ path });
  const snapshot = await warehouse.snapshot?.();
  await snapshot?.executeSample('SELECT * FROM t, range(1000000)', 1);
  await warehouse.executeSample('SELECT * FROM t, range(1000000)', 1);
  await warehouse.close?.();
  const driver = createRequire(import.meta.url).resolve('@duckdb/node-api');
  const script = `require(${JSON.stringify(driver)}).DuckDBInstance.create(${JSON.stringify(path)}).then(() => console.log('writable'))`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script]);
  expect(stdout).toBe('writable\n');
});

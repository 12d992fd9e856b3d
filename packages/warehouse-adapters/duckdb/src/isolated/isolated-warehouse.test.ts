import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { warehouseConformance } from '@aegis/conformance/warehouse';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { seedDatabase, seedKit, temporaryFolder } from '../__fixtures__/seed-database.js';
import { adapter, duckdb } from '../index.js';
import { IsolatedWarehouse } from './isolated-warehouse.js';

const folder = await mkdtemp(join(tmpdir(), 'aegis-isolated-conformance-'));
const kit = join(folder, 'kit.duckdb');

warehouseConformance({
  name: 'duckdb in a process of its own',
  create: () => duckdb({ path: kit, isolated: true }),
  seed: (tables) => seedKit(kit, tables),
  destroy: () => rm(folder, { recursive: true }),
});

const shop = async (options: { readonly memoryLimit?: string } = {}) => {
  const place = await temporaryFolder();
  const path = await seedDatabase(join(place, 'shop.duckdb'), 'CREATE TABLE t AS SELECT i AS a FROM range(10) AS r(i)');
  const warehouse = duckdb({ path, isolated: true, tempDirectory: place, memoryLimit: '256MB', ...options });
  onTestFinished(() => warehouse.close?.());
  return { place, warehouse };
};

const isHeld = async (place: string) => (await readdir(place)).filter((name) => name.startsWith('aegis-duckdb-'));

describe('an engine in a process of its own', () => {
  it('is killed where a function goes past the time, and is there again', async () => {
    const { warehouse } = await shop();
    const long = "SELECT levenshtein(repeat(chr(97 + a::INT), 90000), repeat('b', 90000)) FROM t";
    const started = performance.now();
    await expect(warehouse.executeSample(long, 10, { timeoutMs: 500 })).rejects.toMatchObject({
      code: 'warehouse/timeout',
    });
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(await warehouse.executeScalar('SELECT count(*) FROM t')).toBe('10');
  });

  it('is killed where it is cancelled and does not let go', async () => {
    const { warehouse } = await shop();
    const long = "SELECT levenshtein(repeat(chr(97 + a::INT), 90000), repeat('b', 90000)) FROM t";
    await expect(warehouse.executeSample(long, 10, { signal: AbortSignal.timeout(1_500) })).rejects.toMatchObject({
      code: 'warehouse/cancelled',
    });
    expect(await warehouse.executeScalar('SELECT count(*) FROM t')).toBe('10');
  });

  it('is killed where a function takes more memory than it may have', async () => {
    const { warehouse } = await shop();
    for (const sql of ['SELECT len(range(400000000 + a)) FROM t', "SELECT repeat('x', 200000000 + a::INT) FROM t"]) {
      await expect(warehouse.executeSample(sql, 10), sql).rejects.toMatchObject({
        code: 'warehouse/unknown',
        message: expect.stringMatching(/^the statement needed more memory than \d+ MiB, and was ended$|^Out of Memory/),
      });
    }
    expect(await warehouse.executeScalar('SELECT count(*) FROM t')).toBe('10');
  });

  it('spills no more than it may', async () => {
    const { warehouse } = await shop();
    const setting =
      "SELECT current_setting('max_temp_directory_size') AS spill, current_setting('memory_limit') AS memory";
    expect(await warehouse.executeSample(setting, 1)).toEqual([{ spill: '9.3 GiB', memory: '245.0 MiB' }]);
  });

  it('says of a snapshot that went with it that it is gone', async () => {
    const { warehouse } = await shop();
    const snapshot = await warehouse.snapshot?.();
    await expect(warehouse.executeScalar('SELECT len(range(400000000 + a)) FROM t')).rejects.toThrow(/memory/);
    await expect(snapshot?.executeScalar('SELECT 1')).rejects.toMatchObject({ code: 'warehouse/connection' });
    await snapshot?.release();
  });

  it('leaves nothing behind when it is closed', async () => {
    const { place, warehouse } = await shop();
    await warehouse.connect();
    expect(await isHeld(place)).toHaveLength(1);
    await warehouse.close?.();
    expect(await isHeld(place)).toEqual([]);
    await expect(warehouse.executeScalar('SELECT 1')).rejects.toMatchObject({ code: 'warehouse/connection' });
  });

  it('keeps no program from ending that forgets to close it, and goes with it', async () => {
    const place = await temporaryFolder();
    const program = `import { duckdb } from '@aegis/warehouse-duckdb';
      const warehouse = duckdb({ isolated: true, tempDirectory: ${JSON.stringify(place)} });
      console.log(await warehouse.executeScalar('SELECT 42'));`;
    const given = ['--input-type=module', '--eval', program];
    const { stdout } = await promisify(execFile)(process.execPath, given, {
      cwd: import.meta.dirname,
      timeout: 15_000,
    });
    expect(stdout.trim()).toBe('42');
    await vi.waitFor(async () => expect(await isHeld(place)).toEqual([]), { timeout: 5_000 });
  });

  it('tells the mistakes of a statement as they are', async () => {
    const { warehouse } = await shop();
    await expect(warehouse.executeScalar('SELECT b FROM t')).rejects.toMatchObject({
      code: 'warehouse/not-found',
      hint: expect.stringContaining('"a"'),
    });
    const missing = duckdb({ path: '/nowhere/shop.duckdb', isolated: true });
    onTestFinished(() => missing.close?.());
    await expect(missing.connect()).rejects.toMatchObject({ code: 'warehouse/connection' });
  });
});

describe('the adapter', () => {
  const open = (options: object, isUntrusted?: boolean) => {
    const warehouse = adapter.create(options, { baseDirectory: tmpdir(), env: {}, files: [], isUntrusted });
    onTestFinished(() => warehouse.close?.());
    return warehouse instanceof IsolatedWarehouse;
  };

  it('isolates the engine where statements are not trusted, and where it is told to', () => {
    expect(open({})).toBe(false);
    expect(open({}, true)).toBe(true);
    expect(open({ isolated: true })).toBe(true);
    expect(open({ isolated: false }, true)).toBe(false);
    expect(open({ access: 'read_write' }, true)).toBe(false);
  });

  it('refuses to isolate what may write', () => {
    expect(() => duckdb({ isolated: true, access: 'read_write' })).toThrow(/option isolated: Only what is opened/);
  });

  it('gives the engine its data files', async () => {
    const place = await temporaryFolder();
    const file = join(place, 'a.csv');
    await seedDatabase(join(place, 'x.duckdb'), `COPY (SELECT 7 AS a) TO '${file}'`);
    const warehouse = adapter.create({}, { baseDirectory: place, env: {}, files: [file], isUntrusted: true });
    onTestFinished(() => warehouse.close?.());
    expect(await warehouse.executeScalar(`SELECT a FROM '${file}'`)).toBe('7');
    await expect(warehouse.executeScalar("SELECT * FROM read_text('/etc/hostname')")).rejects.toMatchObject({
      code: 'warehouse/authorization',
    });
    expect((await stat(file)).isFile()).toBe(true);
  });
});

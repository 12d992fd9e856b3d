import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isAegisError, type Warehouse } from '@aegis/spec';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { seedDatabase, temporaryFolder } from './__fixtures__/seed-database.js';
import { classify, warehouseError } from './duckdb-errors.js';
import { duckdb } from './index.js';

const errorOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(() => undefined).catch((cause: unknown) => cause);
  if (!isAegisError(error)) throw new Error(`not an error of ours: ${error}`);
  return error;
};

describe('what the engine says about a statement', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = duckdb({ access: 'read_write' });
    await warehouse.executeScalar("CREATE TABLE orders AS SELECT 1 AS id, 'x' AS name");
  });
  afterAll(() => warehouse.close?.());

  it.each<[string, string, RegExp, RegExp | undefined]>([
    ['SELEC 1', 'warehouse/syntax', /syntax error at or near "SELEC"/, undefined],
    ['SELECT * FROM orderz', 'warehouse/not-found', /Table with name orderz does not exist/, /"orders"/],
    ['SELECT * FROM nope.orders', 'warehouse/not-found', /schema "nope" does not exist/, undefined],
    ['SELECT * FROM nope.main.orders', 'warehouse/not-found', /Catalog "nope" does not exist/, undefined],
    ['SELECT idd FROM orders', 'warehouse/not-found', /"idd" not found/, /"id"/],
    ['SELECT o.idd FROM orders o', 'warehouse/not-found', /idd/, /"id"/],
    ["SELECT * FROM '/nope/x.parquet'", 'warehouse/authorization', /Cannot access file/, /option files/],
    ['SELECT no_such(1)', 'warehouse/syntax', /no_such/, undefined],
    ['SELECT sum(name) FROM orders', 'warehouse/syntax', /No function matches/, undefined],
    [
      "SELECT name > DATE '2026-01-01' FROM orders WHERE id > DATE '2026-01-01'",
      'warehouse/syntax',
      /compare/,
      undefined,
    ],
    ['SELECT name::INTEGER FROM orders', 'warehouse/syntax', /Could not convert string 'x' to INT32/, undefined],
    ['SELECT 2147483647::INTEGER + 1::INTEGER', 'warehouse/syntax', /Overflow/, undefined],
    ['SET threads = 2', 'warehouse/authorization', /locked/, undefined],
    ["SELECT error('boom')", 'warehouse/unknown', /boom/, undefined],
  ])('%s', async (sql, code, message, hint) => {
    const error = await errorOf(warehouse.executeScalar(sql));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    if (hint) expect(error.hint).toMatch(hint);
    expect(error.cause).toBeInstanceOf(Error);
  });

  it('is one line and does not echo the statement', async () => {
    const error = await errorOf(warehouse.executeScalar(`SELECT 1 /* ${'long '.repeat(500)} */ FRO m`));
    expect(error.message).not.toMatch(/\n|LINE|long/);
  });

  it('is cut when it is very long', async () => {
    const error = await errorOf(warehouse.executeScalar(`SELECT error('${'x'.repeat(2_000)}')`));
    expect(error.message.length).toBeLessThan(400);
  });
});

describe('a database that does not open', () => {
  const open = (path: string) => errorOf(duckdb({ path }).connect());

  it('does not exist', async () => {
    const error = await open('/nope/shop.duckdb');
    expect(error).toMatchObject({
      code: 'warehouse/connection',
      message: 'the database /nope/shop.duckdb does not exist',
    });
    expect(error.hint).toMatch(/aegis.yaml/);
  });

  it('is a folder, an empty file, or something else', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'folder.duckdb'));
    await writeFile(join(folder, 'empty.duckdb'), '');
    await writeFile(join(folder, 'text.duckdb'), 'id,name\n'.repeat(10_000));
    await writeFile(join(folder, 'short.duckdb'), 'x');
    expect((await open(join(folder, 'folder.duckdb'))).message).toMatch(/is a folder$/);
    expect((await open(join(folder, 'empty.duckdb'))).message).toMatch(/is empty$/);
    expect((await open(join(folder, 'text.duckdb'))).message).toMatch(/is not a DuckDB database$/);
    expect((await open(join(folder, 'short.duckdb'))).message).toMatch(/is not a DuckDB database$/);
  });

  it('is damaged', async () => {
    const path = await seedDatabase(join(await temporaryFolder(), 'shop.duckdb'), 'CREATE TABLE t AS SELECT 1');
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(0xff, 5_000, 6_000));
    expect(await open(path)).toMatchObject({ code: 'warehouse/connection' });
  });

  it('is held by another process, whose number is told', async () => {
    const path = await seedDatabase(join(await temporaryFolder(), 'shop.duckdb'), 'CREATE TABLE t AS SELECT 1');
    const driver = createRequire(import.meta.url).resolve('@duckdb/node-api');
    const script = `require(${JSON.stringify(driver)}).DuckDBInstance.create(${JSON.stringify(path)}).then((i) => { globalThis.i = i; console.log('open'); setInterval(() => {}, 1000); })`;
    const holder = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void holder.kill());
    await once(holder.stdout, 'data');
    const error = await open(path);
    expect(error).toMatchObject({ code: 'warehouse/connection', retryable: true });
    expect(error.message).toContain(`PID ${holder.pid}`);
    expect(error.hint).toMatch(/another process/i);
  });
});

describe('classify', () => {
  it.each([
    [
      'IO Error: Trying to read a database file with version number 99, but we can only read versions 64 to 67.',
      'connection',
    ],
    ['INTERRUPT Error: Interrupted!', 'cancelled'],
    ['Out of Memory Error: failed to allocate data of size 16.0 MiB', 'unknown'],
    ['Not implemented Error: Unsupported type', 'unsupported'],
    ['IO Error: No files found that match the pattern "/x/*.parquet"', 'not-found'],
    [
      'Invalid Input Error: Cannot execute statement of type "INSERT" on database "a" which is attached in read-only mode!',
      'authorization',
    ],
    ['something new', 'unknown'],
  ])('%s', (message, reason) => {
    expect(classify(message).reason).toBe(reason);
  });
});

it('keeps an error that is classified already', () => {
  const first = warehouseError(new Error('Parser Error: syntax error'));
  expect(warehouseError(first)).toBe(first);
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StatementReport } from '@aegis/spec';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { newDatabase, seedDatabase } from './__fixtures__/test-database.js';
import { adapter, postgres, VERSION } from './index.js';

const url = await newDatabase();
const warehouse = postgres({ url, maxConnections: 2 });
beforeAll(() => seedDatabase(url, 'CREATE TABLE t AS SELECT generate_series(1, 100) AS x'));
afterAll(() => warehouse.close?.());

/** How many statements the server is busy with for us, this one aside. */
const busyStatements = async (): Promise<unknown> =>
  warehouse.executeScalar(
    "SELECT count(*)::int FROM pg_stat_activity WHERE application_name = 'aegis' AND datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()",
  );

it('has the version of its package', () => {
  expect(VERSION).toMatch(/^\d+\.\d+\.\d+/);
});

it('opens nothing before it is asked', () => {
  expect(() => postgres({ host: 'no-such-host.invalid' })).not.toThrow();
});

it('is made by its adapter from options and the given environment', async () => {
  const { hostname, port, username, password, pathname } = new URL(url);
  const env = { PGHOST: hostname, PGPORT: port, PGPASSWORD: password, PGSSLMODE: 'disable' };
  const made = adapter.create({ user: username, database: pathname.slice(1) }, { baseDirectory: '/', env, files: [] });
  expect(await made.executeScalar('SELECT current_database()')).toBe(pathname.slice(1));
  await made.close?.();
});

it('takes the password from the password file when nobody else says it', async () => {
  const { hostname, port, username, password, pathname } = new URL(url);
  const folder = await mkdtemp(join(tmpdir(), 'aegis-passfile-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'pgpass');
  await writeFile(file, `${hostname}:${port}:*:${username}:${password}\n`, { mode: 0o600 });
  vi.stubEnv('PGPASSFILE', file);
  const own = postgres({ host: hostname, port: Number(port), user: username, database: pathname.slice(1) });
  expect(await own.executeScalar('SELECT 1')).toBe(1);
  await own.close?.();
  vi.unstubAllEnvs();
});

it('refuses a row that no string could hold, and goes on', async () => {
  await expect(warehouse.executeSample("SELECT repeat('x', 300000000)", 1)).rejects.toMatchObject({
    code: 'warehouse/unsupported',
    message: 'a row of the answer is larger than 256 MiB',
  });
  expect(await warehouse.executeScalar('SELECT count(*) FROM t')).toBe('100');
});

it('ends cancelled statements in the server', async () => {
  const controller = new AbortController();
  const running = [1, 2, 3, 4].map(() =>
    warehouse.executeScalar('SELECT pg_sleep(600)', { signal: controller.signal }).catch((error: unknown) => error),
  );
  setTimeout(() => controller.abort(), 50);
  for (const error of await Promise.all(running)) expect(error).toMatchObject({ code: 'warehouse/cancelled' });
  expect(await busyStatements()).toBe(0);
});

it('ends statements that take too long in the server', async () => {
  await expect(warehouse.executeScalar('SELECT pg_sleep(600)', { timeoutMs: 50 })).rejects.toMatchObject({
    code: 'warehouse/timeout',
    message: 'the statement took longer than 50 ms',
  });
  expect(await busyStatements()).toBe(0);
});

it('stops reading an answer that is much longer than wanted', async () => {
  const rows = await warehouse.executeSample('SELECT generate_series(1, 1000000000) AS n', 3);
  expect(rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  expect(await busyStatements()).toBe(0);
});

it('ends what is under way when it is closed, and is not used afterwards', async () => {
  const own = postgres({ url });
  await own.connect();
  const running = own.executeScalar('SELECT pg_sleep(600)').catch((error: unknown) => error);
  await own.executeScalar('SELECT 1');
  await own.close?.();
  expect(await running).toMatchObject({ code: 'warehouse/cancelled' });
  await expect(own.executeScalar('SELECT 1')).rejects.toMatchObject({ code: 'warehouse/connection' });
  expect(await busyStatements()).toBe(0);
});

it('goes on after the server ended its connections, with an error that says to ask again', async () => {
  const ownUrl = await newDatabase();
  const own = postgres({ url: ownUrl, maxConnections: 1 });
  await own.executeScalar('SELECT 1');
  await seedDatabase(
    ownUrl,
    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = 'aegis' AND datname = current_database()",
  );
  await own.executeScalar('SELECT 1').catch((error: unknown) => expect(error).toMatchObject({ retryable: true }));
  expect(await own.executeScalar('SELECT 2')).toBe(2);
  await own.close?.();
});

it('shows its label to whoever watches the server', async () => {
  const label = 'aegis run=01 table=t';
  const sql = 'SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid()';
  expect(await warehouse.executeScalar(sql, { label })).toBe(`/* ${label} */ ${sql}`);
});

it('lets no label out of its comment', async () => {
  const sql = 'SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid()';
  const label = 'table=x */ DELETE FROM t; /*';
  expect(await warehouse.executeScalar(sql, { label })).toMatch(/^\/\* table=x +DELETE FROM t +\*\/ SELECT query/);
  expect(await warehouse.executeScalar('SELECT count(*) FROM t')).toBe('100');
});

it('reports the text and duration of a finished statement only', async () => {
  const reports: StatementReport[] = [];
  const onStatement = (report: StatementReport) => reports.push(report);
  await warehouse.executeScalar('SELECT nope', { onStatement }).catch(() => {});
  await warehouse.executeScalar('SELECT 1', { onStatement });
  expect(reports).toEqual([{ sql: 'SELECT 1', durationMs: expect.any(Number) }]);
});

describe('a read-only warehouse', () => {
  it.each([
    'INSERT INTO t VALUES (0)',
    'CREATE TABLE u (a int)',
    'SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE',
    'SET TRANSACTION READ WRITE',
    'BEGIN',
    'COMMIT',
    "COPY t TO '/tmp/aegis-copy'",
    'COPY t TO STDOUT',
    "COPY t TO PROGRAM 'true'",
    'CALL nothing()',
    'DO $$ BEGIN END $$',
    'VACUUM t',
    'LISTEN x',
    'EXPLAIN ANALYZE DELETE FROM t',
    "SELECT nextval('s')",
    'WITH gone AS (DELETE FROM t RETURNING x) SELECT * FROM gone',
  ])('refuses %s', async (sql) => {
    await expect(warehouse.executeScalar(sql)).rejects.toMatchObject({
      code: expect.stringMatching(/^warehouse\/(authorization|not-found)$/),
    });
  });

  it.each(['/* SELECT */ DELETE FROM t', '-- SELECT\nDELETE FROM t', '/* /* */ */ COPY t TO STDOUT', '', '  '])(
    'sends nothing that does not begin as a query: %j',
    async (sql) => {
      await expect(warehouse.executeScalar(sql)).rejects.toMatchObject({ code: 'warehouse/syntax' });
    },
  );

  it('is read-only by the session too, not by its transactions alone', async () => {
    expect(await warehouse.executeScalar("SELECT current_setting('default_transaction_read_only')")).toBe('on');
  });

  it('is not made writable by a query that changes a setting', async () => {
    const one = postgres({ url, maxConnections: 1 });
    for (const name of ['default_transaction_read_only', 'transaction_read_only']) {
      await one.executeScalar(`SELECT set_config('${name}', 'off', false)`).catch(() => {});
    }
    expect(await one.executeScalar("SELECT current_setting('transaction_read_only')")).toBe('on');
    await expect(
      one.executeScalar('WITH gone AS (DELETE FROM t RETURNING x) SELECT * FROM gone'),
    ).rejects.toMatchObject({ code: 'warehouse/authorization' });
    await one.close?.();
  });

  it('ends strings where the guard does, whatever the server is set to', async () => {
    const other = await newDatabase();
    await seedDatabase(
      other,
      `ALTER DATABASE ${new URL(other).pathname.slice(1)} SET standard_conforming_strings = off`,
    );
    const one = postgres({ url: other });
    onTestFinished(() => one.close?.());
    const sql = "SELECT 'x\\' AS a, ' UNION SELECT 1, 2 --' AS b";
    expect(await one.executeSample(sql, 5)).toEqual([{ a: 'x\\', b: ' UNION SELECT 1, 2 --' }]);
  });

  it('still explains a query', async () => {
    expect(await warehouse.executeScalar('EXPLAIN SELECT * FROM t')).toMatch(/Seq Scan/);
  });
});

it('writes when it was opened for that, and keeps nothing of a statement that failed', async () => {
  const writer = postgres({ url, access: 'read_write' });
  await writer.executeScalar('CREATE TABLE written AS SELECT 1 AS a');
  await writer.executeScalar('INSERT INTO written SELECT 1 / (x - 5) FROM t').catch(() => {});
  expect(await writer.executeSample('SELECT a FROM written', 5)).toEqual([{ a: 1 }]);
  expect(writer.capabilities.readOnly.support).toBe('unsupported');
  await writer.close?.();
});

it('lets the server use parallel workers, which a row limit in the protocol would forbid', async () => {
  const parallel = await newDatabase();
  const settings = {
    max_parallel_workers_per_gather: '2',
    parallel_leader_participation: 'off',
    parallel_setup_cost: '0',
    parallel_tuple_cost: '0',
    min_parallel_table_scan_size: '0',
  };
  await seedDatabase(
    parallel,
    'CREATE TABLE big AS SELECT generate_series(1, 100000) AS x',
    "CREATE FUNCTION who() RETURNS int LANGUAGE plpgsql PARALLEL SAFE AS 'BEGIN RETURN pg_backend_pid(); END'",
    ...Object.entries(settings).map(
      ([name, value]) => `ALTER DATABASE ${new URL(parallel).pathname.slice(1)} SET ${name} = ${value}`,
    ),
  );
  const own = postgres({ url: parallel });
  expect(
    await own.executeScalar(
      'SELECT worker <> pg_backend_pid() FROM (SELECT min(who()) AS worker FROM big OFFSET 0) AS s',
    ),
  ).toBe(true);
  await own.close?.();
});

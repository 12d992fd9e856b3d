import { inspect } from 'node:util';
import type { StatementReport, Warehouse } from '@aegis/spec';
import { AthenaEmulator } from '@aegis/warehouse-emulators/athena';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { optionsFor } from './__fixtures__/test-database.js';
import { type AthenaOptions, athena } from './index.js';

let emulator: AthenaEmulator;
const opened: Warehouse[] = [];

beforeEach(async () => {
  emulator = await AthenaEmulator.open({ databases: ['kit'] });
  await emulator.run('CREATE TABLE numbers (n bigint)', 'kit');
  await emulator.run(`INSERT INTO numbers VALUES ${Array.from({ length: 25 }, (_, n) => `(${n})`).join(', ')}`, 'kit');
});

afterEach(async () => {
  for (const warehouse of opened.splice(0)) await warehouse.close?.();
  await emulator.close();
});

const open = (options: AthenaOptions = {}): Warehouse => {
  const warehouse = athena({ ...optionsFor(emulator), pollMs: 5, ...options });
  opened.push(warehouse);
  return warehouse;
};

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error) => error,
  );
const numbers = 'SELECT n FROM numbers ORDER BY n';
const counting = 'SELECT count(*) FROM numbers';
const joined = Array.from({ length: 9 }, (_, index) => `numbers t${index}`).join(' CROSS JOIN ');
/** 25 to the power of 9 rows to look at. */
const endless = `SELECT count(*) FROM ${joined} WHERE t0.n + t1.n + t2.n + t3.n + t4.n + t5.n + t6.n + t7.n + t8.n = -1`;
const lastQuery = () => emulator.queries.at(-1);
const requestsOf = (name: string) => emulator.requests.filter((each) => each === name).length;

describe('requests', () => {
  it('are made again after throttling, errors of the server and broken connections', async () => {
    emulator.throttle({ times: 1, on: /StartQueryExecution/ });
    emulator.throttle({ times: 1, on: /GetQueryExecution/ }, 'ThrottlingException');
    emulator.failRequests({ times: 1, on: /StartQueryExecution/ });
    emulator.failRequests({ times: 1, on: /GetQueryExecution/ }, 500);
    emulator.dropConnections({ times: 1, on: /GetQueryResults/ });
    expect(await open().executeScalar(counting)).toBe('25');
    expect(emulator.queries).toHaveLength(1);
  });

  it('make one query, also when the answers to the first of them were lost', async () => {
    emulator.loseAnswers({ times: 2, on: /StartQueryExecution/ });
    expect(await open().executeScalar(counting)).toBe('25');
    expect(requestsOf('Athena.StartQueryExecution')).toBe(3);
    expect(emulator.queries).toHaveLength(1);
  });

  it('give up on a service that goes on refusing, and say that asking later may help', async () => {
    emulator.throttle({ times: 100 });
    expect(await failureOf(open().executeScalar(counting))).toMatchObject({
      code: 'warehouse/throttled',
      message: 'Rate exceeded',
      retryable: true,
    });
    expect(requestsOf('Athena.StartQueryExecution')).toBe(5);
  });

  it('answered with a page that is no JSON show its status alone', async () => {
    emulator.failRequests({ times: 100 }, 502);
    expect(await failureOf(open().executeScalar(counting))).toMatchObject({
      code: 'warehouse/throttled',
      message: 'the service answered with status 502',
    });
  });

  it('to nobody are errors of the connection', async () => {
    const warehouse = open({ athenaEndpoint: 'http://127.0.0.1:9' });
    expect(await failureOf(warehouse.connect())).toMatchObject({
      code: 'warehouse/connection',
      hint: expect.stringContaining('region'),
    });
  });

  it('that get no answer in time are errors of the connection', async () => {
    const { createServer } = await import('node:net');
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { readonly port: number };
    const warehouse = open({ athenaEndpoint: `http://127.0.0.1:${port}`, requestTimeoutMs: 50 });
    expect(await failureOf(warehouse.connect())).toMatchObject({ code: 'warehouse/connection' });
    silent.close();
  });
});

describe('answers', () => {
  it('come in as many pages as they need, and no more are asked for than are wanted', async () => {
    emulator.setPageRows(10);
    const warehouse = open();
    const all = await warehouse.executeSample(numbers, 100);
    expect(all.map(({ n }) => Number(n))).toEqual(Array.from({ length: 25 }, (_, n) => n));
    expect(requestsOf('Athena.GetQueryResults')).toBe(3);
    expect(await warehouse.executeSample(numbers, 9)).toHaveLength(9);
    expect(requestsOf('Athena.GetQueryResults')).toBe(4);
  });

  it('survive a page that is lost half way', async () => {
    emulator.setPageRows(10);
    emulator.loseAnswers({ times: 1, on: /GetQueryResults/ });
    emulator.dropConnections({ times: 2, on: /GetQueryResults/ });
    expect(await open().executeSample(numbers, 100)).toHaveLength(25);
  });

  it('whose only row repeats the names of the columns keep it', async () => {
    expect(await open().executeSample("SELECT 'x' AS x, 'y' AS y", 10)).toEqual([{ x: 'x', y: 'y' }]);
  });

  it('tell the query, its bytes and whether they were reused', async () => {
    const reports: StatementReport[] = [];
    const onStatement = (report: StatementReport) => reports.push(report);
    const warehouse = open({ reuseResultsMinutes: 5 });
    await warehouse.executeScalar('SELECT sum(n) FROM numbers', { onStatement, label: 'aegis run=01J' });
    await warehouse.executeScalar('SELECT sum(n) FROM numbers', { onStatement, label: 'aegis run=01K' });
    expect(reports[0]).toMatchObject({ statementId: emulator.queries[0]?.id, bytesScanned: 200, cached: false });
    expect(reports[1]).toMatchObject({ cached: true });
  });

  it('that take long are waited for, and asked about at growing distances', async () => {
    emulator.setQueryDelay(200);
    expect(await open({ pollMs: 1_000 }).executeScalar(counting)).toBe('25');
    expect(requestsOf('Athena.GetQueryExecution')).toBeLessThan(6);
  });
});

describe('queries', () => {
  it('are stopped in the service, and the next one runs', async () => {
    const warehouse = open({ maxStatements: 1 });
    const controller = new AbortController();
    const failing = failureOf(warehouse.executeScalar(endless, { signal: controller.signal }));
    await expect.poll(() => lastQuery()?.state).toBe('RUNNING');
    controller.abort();
    expect(await failing).toMatchObject({ code: 'warehouse/cancelled' });
    expect(lastQuery()).toMatchObject({ isStopRequested: true, state: 'CANCELLED' });
    expect(await warehouse.executeScalar(counting)).toBe('25');
  });

  it('are stopped in the service when their time is over', async () => {
    expect(await failureOf(open().executeScalar(endless, { timeoutMs: 150 }))).toMatchObject({
      code: 'warehouse/timeout',
      message: 'the statement took longer than 150 ms',
    });
    expect(lastQuery()).toMatchObject({ isStopRequested: true, state: 'CANCELLED' });
  });

  it('that are cancelled while they are being sent are stopped all the same', async () => {
    const controller = new AbortController();
    const failing = failureOf(open().executeScalar(endless, { signal: controller.signal }));
    await expect.poll(() => requestsOf('Athena.StartQueryExecution')).toBe(1);
    controller.abort();
    expect(await failing).toMatchObject({ code: 'warehouse/cancelled' });
    expect(emulator.queries.every(({ state }) => state === 'CANCELLED')).toBe(true);
  });

  it('are stopped when the warehouse is closed', async () => {
    const warehouse = open();
    const failing = failureOf(warehouse.executeScalar(endless));
    await expect.poll(() => lastQuery()?.state).toBe('RUNNING');
    await warehouse.close?.();
    expect(await failing).toMatchObject({ code: 'warehouse/cancelled' });
    expect(lastQuery()?.isStopRequested).toBe(true);
  });

  it.each([
    ['cancelled', 'Query cancelled by user', { state: 'CANCELLED' }],
    ['unsupported', 'Query cancelled! : Bytes scanned limit was exceeded', { state: 'CANCELLED' }],
    ['unsupported', 'Query exhausted resources at this scale factor', {}],
    ['throttled', 'GENERIC_INTERNAL_ERROR: Internal error', { isRetryable: true }],
    ['unknown', 'HIVE_BAD_DATA: Field n has another type in Parquet', {}],
    ['timeout', 'Query timeout', {}],
  ] as const)('that ended by themselves are %s: %s', async (reason, said, how) => {
    emulator.failQueries({ times: 1 }, said, how);
    const error = await failureOf(open().executeScalar(counting));
    expect(error).toMatchObject({ code: `warehouse/${reason}`, message: said });
    expect((error as Error).cause).toMatchObject({ queryExecutionId: lastQuery()?.id });
  });

  it('carry work group, place, database, catalog and the label', async () => {
    emulator.setWorkGroup('quality', {});
    const warehouse = open({ workGroup: 'quality', outputLocation: 's3://bucket/answers/' });
    await warehouse.executeScalar(counting, { label: 'aegis run=01J table=numbers' });
    expect(lastQuery()?.request).toMatchObject({
      QueryString: `/* aegis run=01J table=numbers */ ${counting}`,
      WorkGroup: 'quality',
      ResultConfiguration: { OutputLocation: 's3://bucket/answers/' },
      QueryExecutionContext: { Database: 'kit', Catalog: 'AwsDataCatalog' },
    });
  });

  it('without a label are the same text each time where answers may be reused', async () => {
    await open({ reuseResultsMinutes: 60 }).executeScalar(counting, { label: 'aegis run=01J' });
    expect(lastQuery()?.request).toMatchObject({
      QueryString: counting,
      ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: 60 } },
    });
  });

  it.each([
    'DROP TABLE numbers',
    'INSERT INTO numbers VALUES (1)',
    '-- SELECT\nDELETE FROM numbers',
    '/* SELECT */ (UNLOAD (SELECT 1) TO $$s3://x$$)',
    'CREATE TABLE x AS SELECT 1',
    'EXPLAIN ANALYZE SELECT 1',
    'USING EXTERNAL FUNCTION f(x INT) RETURNS INT LAMBDA $$f$$ SELECT f(1)',
  ])('are never sent for what is no query: %s', async (sql) => {
    const warehouse = open();
    expect(await failureOf(warehouse.executeScalar(sql))).toMatchObject({ code: 'warehouse/authorization' });
    expect(await failureOf(Promise.resolve(warehouse.estimate?.(sql)))).toMatchObject({
      code: 'warehouse/authorization',
    });
    expect(emulator.queries).toEqual([]);
  });

  it.each([
    'SELECT 1',
    ' (SELECT 1)',
    'WITH t AS (SELECT 1) SELECT * FROM t',
    'VALUES (1)',
    '-- DROP\r\n/* x */ select 1',
  ])('are sent for %j', async (sql) => {
    expect(Number(await open().executeScalar(sql))).toBe(1);
  });

  it('behind a comment that a carriage return may end are not sent', async () => {
    expect(await failureOf(open().executeScalar('--\rSELECT 1\nDROP TABLE numbers'))).toMatchObject({
      code: 'warehouse/syntax',
    });
  });

  it('of a table that may not be read say which rights are needed, and other tables are answered', async () => {
    await emulator.run('CREATE TABLE secrets (n bigint)', 'kit');
    emulator.forbidTable('kit', 'secrets');
    const warehouse = open();
    const refused = { code: 'warehouse/authorization', hint: expect.stringContaining('rights of Athena, of Glue') };
    expect(await failureOf(warehouse.executeScalar('SELECT n FROM secrets'))).toMatchObject(refused);
    const table = { kind: 'named', parts: ['secrets'] } as const;
    expect(await failureOf(Promise.resolve(warehouse.describe?.(table)))).toMatchObject(refused);
    expect(await warehouse.executeScalar(counting)).toBe('25');
  });
});

describe('connecting', () => {
  it.each([
    ['not-found', 'nowhere', undefined, 'workGroup'],
    ['authorization', 'closed', { state: 'DISABLED' }, ''],
    ['unsupported', 'placeless', {}, 'outputLocation'],
  ] as const)('tells of a work group that is no good: %s', async (reason, workGroup, facts, hint) => {
    if (facts) emulator.setWorkGroup(workGroup, facts);
    const error = await failureOf(open({ workGroup }).connect());
    expect(error).toMatchObject({ code: `warehouse/${reason}` });
    expect((error as { readonly hint?: string }).hint ?? '').toContain(hint);
  });

  it('does without looking at the work group where that is forbidden', async () => {
    emulator.forbidRequests({ times: 1, on: /GetWorkGroup/ });
    const warehouse = open();
    await warehouse.connect();
    expect(await warehouse.executeScalar(counting)).toBe('25');
  });
});

describe('estimates', () => {
  it('are the bytes of the plan, and their price from ten megabytes on', async () => {
    const tenMegabytes = (10 * 1024 ** 2) / 1024 ** 4;
    expect(await open().estimate?.('SELECT sum(n) FROM numbers')).toEqual({ bytes: 200, costUsd: tenMegabytes * 5 });
    expect(await open({ usdPerTebibyte: null }).estimate?.('SELECT sum(n) FROM numbers')).toEqual({ bytes: 200 });
  });

  it('are unknown where a table has no statistics', async () => {
    emulator.setTable('kit', 'numbers', { hasStatistics: false });
    expect(await open().estimate?.('SELECT sum(n) FROM numbers')).toEqual({});
  });

  it('of a statement that cannot run are its error', async () => {
    expect(await failureOf(Promise.resolve(open().estimate?.('SELECT nope FROM numbers')))).toMatchObject({
      code: 'warehouse/not-found',
    });
  });
});

describe('snapshots', () => {
  const named = { kind: 'named', parts: ['numbers'] } as const;
  const counted = {
    kind: 'aggregate',
    from: { table: named },
    measures: [{ alias: 'm0', expression: { kind: 'count_all' } }],
  } as const;

  it('read what an Iceberg table was when they were taken', async () => {
    const warehouse = open();
    await warehouse.describe?.(named);
    const snapshot = await warehouse.snapshot?.();
    await emulator.run('DELETE FROM numbers WHERE n > 9', 'kit');
    const sql = String(snapshot?.dialect.statement(counted));
    expect(sql).toContain('FOR TIMESTAMP AS OF TIMESTAMP');
    expect(await snapshot?.executeScalar(sql)).toBe('25');
    expect(await warehouse.executeScalar(warehouse.dialect.statement(counted))).toBe('10');
    expect(snapshot?.consistency).toMatch(/^time travel to \d{4}-.*Z of Iceberg tables; other tables/);
  });

  it('leave tables of other formats as they are', async () => {
    emulator.setTable('kit', 'numbers', { format: 'HIVE' });
    const warehouse = open();
    await warehouse.describe?.(named);
    const snapshot = await warehouse.snapshot?.();
    expect(snapshot?.dialect.statement(counted)).not.toContain('AS OF');
  });

  it('say what to do about a table that has no state of that time', async () => {
    emulator.failQueries(
      { times: 1 },
      'INVALID_ARGUMENTS: No version history table "kit"."numbers" at or before 2026-01-01',
    );
    expect(await failureOf(open().executeScalar(counting))).toMatchObject({
      code: 'warehouse/not-found',
      hint: expect.stringContaining('timeTravel: false'),
    });
  });

  it('are not offered where they are switched off', () => {
    const warehouse = open({ timeTravel: false });
    expect(warehouse.snapshot).toBeUndefined();
    expect(warehouse.capabilities.snapshot.support).toBe('unsupported');
  });
});

describe('capabilities', () => {
  it('say that Athena itself refuses no write, and what protects instead', () => {
    expect(open().capabilities.readOnly).toMatchObject({
      support: 'unsupported',
      reason: expect.stringContaining('no read-only mode'),
    });
  });
});

describe('errors', () => {
  it('show neither keys nor tokens nor signatures', async () => {
    const session = emulator.temporaryCredentials();
    const warehouse = open(session);
    const failures = [failureOf(warehouse.executeScalar('SELECT nope FROM numbers'))];
    await Promise.all(failures);
    emulator.expireTokens();
    failures.push(failureOf(warehouse.executeScalar(counting)));
    emulator.throttle({ times: 100 }, 'SlowDown');
    failures.push(failureOf(open().executeScalar(counting)));
    for (const failure of failures) {
      const shown = inspect(await failure, { depth: 20, showHidden: true });
      expect(shown).not.toMatch(/secret-[\da-f]{8}|session-[\da-f]{8}|Signature=/);
    }
  });
});

import { inspect } from 'node:util';
import type { StatementReport, Warehouse } from '@aegis/spec';
import { BigQueryEmulator } from '@aegis/warehouse-emulators/bigquery';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { optionsFor } from './__fixtures__/test-project.js';
import { type BigQueryOptions, bigquery } from './index.js';

let emulator: BigQueryEmulator;
const opened: Warehouse[] = [];

beforeEach(async () => {
  emulator = await BigQueryEmulator.open({ datasets: ['kit'] });
  await emulator.run('CREATE TABLE kit.numbers (n INT64)');
  await emulator.run(`INSERT INTO kit.numbers VALUES ${Array.from({ length: 25 }, (_, n) => `(${n})`).join(', ')}`);
});

afterEach(async () => {
  for (const warehouse of opened.splice(0)) await warehouse.close?.();
  await emulator.close();
});

const open = (options: BigQueryOptions = {}): Warehouse => {
  const warehouse = bigquery({ ...optionsFor(emulator), ...options });
  opened.push(warehouse);
  return warehouse;
};

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error) => error,
  );
const numbers = 'SELECT n FROM kit.numbers ORDER BY n';
/** 25 to the power of 9 rows to look at. */
const endless = `SELECT count(*) FROM ${Array.from({ length: 9 }, (_, index) => `kit.numbers AS t${index}`).join(' CROSS JOIN ')} WHERE t0.n + t1.n + t2.n + t3.n + t4.n + t5.n + t6.n + t7.n + t8.n = -1`;
const endlessJob = () => emulator.jobs.at(-1);

describe('requests', () => {
  it('are made again after throttling, errors of the server and broken connections', async () => {
    emulator.throttle({ times: 1, on: /POST .*\/jobs$/ });
    emulator.failRequests({ times: 1, on: /POST .*\/jobs$/ });
    emulator.dropConnections({ times: 1, on: /GET .*\/queries\// });
    expect(await open().executeScalar('SELECT count(*) FROM kit.numbers')).toBe('25');
    expect(emulator.jobs).toHaveLength(1);
  });

  it('make one job, also when the answer to the first of them was lost', async () => {
    const warehouse = open();
    await warehouse.connect();
    const inserted = () => emulator.requests.filter((line) => line.endsWith('/jobs')).length;
    const before = inserted();
    emulator.loseAnswers({ times: 2, on: /POST .*\/jobs$/ });
    expect(await warehouse.executeScalar('SELECT count(*) FROM kit.numbers')).toBe('25');
    expect(inserted() - before).toBe(4);
    expect(emulator.jobs).toHaveLength(1);
  });

  it('give up on a service that goes on refusing, and say that asking later may help', async () => {
    emulator.throttle({ times: 100 });
    expect(await failureOf(open().executeScalar('SELECT 1'))).toMatchObject({
      code: 'warehouse/throttled',
      retryable: true,
    });
    expect(emulator.requests.filter((line) => line.endsWith('/jobs'))).toHaveLength(5);
  });

  it('are not made again where a quota is used up', async () => {
    emulator.throttle({ times: 1 }, 'quotaExceeded');
    expect(await failureOf(open().executeScalar('SELECT 1'))).toMatchObject({ code: 'warehouse/unsupported' });
    expect(emulator.requests.filter((line) => line.endsWith('/jobs'))).toHaveLength(1);
  });

  it('to nobody are errors of the connection', async () => {
    const warehouse = open({ apiEndpoint: 'http://127.0.0.1:9' });
    expect(await failureOf(warehouse.connect())).toMatchObject({ code: 'warehouse/connection' });
  });
});

describe('tokens', () => {
  it('that expired are renewed, in the middle of a run', async () => {
    const warehouse = open();
    await warehouse.connect();
    emulator.expireTokens();
    expect(await warehouse.executeScalar('SELECT count(*) FROM kit.numbers')).toBe('25');
    expect(emulator.tokensGiven).toBe(2);
  });

  it('that are about to expire are renewed before', async () => {
    emulator.setTokenLifetime(1);
    const warehouse = open();
    await warehouse.connect();
    await warehouse.executeScalar('SELECT 1');
    expect(emulator.tokensGiven).toBeGreaterThan(1);
  });

  it('are asked for as another service account', async () => {
    const impersonate = 'quality@emulated-project.iam.gserviceaccount.com';
    const warehouse = open({ impersonate, impersonationEndpoint: emulator.url });
    expect(await warehouse.executeScalar('SELECT count(*) FROM kit.numbers')).toBe('25');
    expect(emulator.requests).toContain(`POST /v1/projects/-/serviceAccounts/${impersonate}:generateAccessToken`);
  });

  it('that are refused for good are an error of the credentials that shows none', async () => {
    const credentials = JSON.stringify({
      ...emulator.credentials,
      credential_source: { url: `${emulator.url}/bigquery` },
    });
    const error = await failureOf(open({ credentials }).connect());
    expect(error).toMatchObject({ code: 'warehouse/authentication' });
    expect(inspect(error, { depth: 20 })).not.toMatch(/emulated-[\da-f]{8}|subject-/);
  });

  it('are in no error', async () => {
    const error = await failureOf(open().executeScalar('SELECT nope FROM kit.numbers'));
    expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/Bearer|emulated-[\da-f]{8}/);
  });
});

describe('answers', () => {
  it('come in as many pages as they need, and no more are asked for than are wanted', async () => {
    emulator.setPageRows(10);
    const warehouse = open();
    const all = await warehouse.executeSample(numbers, 100);
    expect(all.map(({ n }) => Number(n))).toEqual(Array.from({ length: 25 }, (_, n) => n));
    const pages = () => emulator.requests.filter((line) => line.includes('/queries/')).length;
    expect(pages()).toBe(3);
    expect(await warehouse.executeSample(numbers, 12)).toHaveLength(12);
    expect(pages()).toBe(5);
  });

  it('survive a page that is lost half way', async () => {
    emulator.setPageRows(10);
    const warehouse = open();
    await warehouse.connect();
    emulator.dropConnections({ times: 2, on: /GET .*\/queries\// });
    expect(await warehouse.executeSample(numbers, 100)).toHaveLength(25);
  });

  it('tell the job, its bytes and whether they were cached', async () => {
    const reports: StatementReport[] = [];
    await open().executeScalar('SELECT sum(n) FROM kit.numbers', { onStatement: (report) => reports.push(report) });
    expect(reports[0]).toMatchObject({ bytesScanned: 200, cached: false });
    expect(reports[0]?.statementId).toBe(`${emulator.project}:US:${emulator.jobs[0]?.id}`);
  });

  it('are read once more where they were lost', async () => {
    const warehouse = open();
    await warehouse.connect();
    emulator.loseAnswers({ times: 1, on: /POST .*\/jobs$/ });
    emulator.loseAnswers({ times: 1, on: /GET .*\/queries\// });
    expect(await warehouse.executeSample(numbers, 100)).toHaveLength(25);
  });

  it('that take long are waited for', async () => {
    emulator.setQueryDelay(150);
    expect(await open().executeScalar('SELECT count(*) FROM kit.numbers')).toBe('25');
  });
});

describe('jobs', () => {
  it('are cancelled in the service, and the next one runs', async () => {
    const warehouse = open({ maxStatements: 1 });
    const controller = new AbortController();
    const failing = failureOf(warehouse.executeScalar(endless, { signal: controller.signal }));
    await expect.poll(() => endlessJob()?.state).toBe('RUNNING');
    controller.abort();
    expect(await failing).toMatchObject({ code: 'warehouse/cancelled' });
    expect(endlessJob()).toMatchObject({ isCancelRequested: true, state: 'DONE', reason: 'stopped' });
    expect(await warehouse.executeScalar('SELECT count(*) FROM kit.numbers')).toBe('25');
  });

  it('carry their time, and end in the service when it is over', async () => {
    const failing = open().executeScalar(endless, { timeoutMs: 150 });
    expect(await failureOf(failing)).toMatchObject({
      code: 'warehouse/timeout',
      message: 'the statement took longer than 150 ms',
    });
    expect(endlessJob()?.configuration.jobTimeoutMs).toBe('150');
    expect(endlessJob()).toMatchObject({ isCancelRequested: false, reason: 'stopped' });
  });

  it('are cancelled when the warehouse is closed', async () => {
    const warehouse = open();
    const failing = failureOf(warehouse.executeScalar(endless));
    await expect.poll(() => endlessJob()?.state).toBe('RUNNING');
    await warehouse.close?.();
    expect(await failing).toMatchObject({ code: 'warehouse/cancelled' });
    expect(endlessJob()?.isCancelRequested).toBe(true);
  });

  it('that the service stopped by itself are cancelled, and failed ones have their reason', async () => {
    emulator.failQueries({ times: 1 }, 'stopped', 'Job execution was cancelled: User requested cancellation');
    emulator.failQueries({ times: 1 }, 'resourcesExceeded', 'Resources exceeded during query execution');
    const warehouse = open();
    expect(await failureOf(warehouse.executeScalar('SELECT 1'))).toMatchObject({ code: 'warehouse/cancelled' });
    expect(await failureOf(warehouse.executeScalar('SELECT 1'))).toMatchObject({ code: 'warehouse/unsupported' });
  });

  it('carry labels, priority, the default dataset and the limit of bytes', async () => {
    const warehouse = open({ priority: 'batch', labels: { team: 'data' }, maximumBytesBilled: 20_000_000 });
    await warehouse.executeScalar('SELECT count(*) FROM numbers', { label: 'aegis run=01J table=numbers' });
    expect(emulator.jobs[0]?.configuration).toMatchObject({
      labels: { team: 'data', 'aegis-run': '01j', 'aegis-table': 'numbers' },
      query: {
        priority: 'BATCH',
        defaultDataset: { datasetId: 'kit' },
        maximumBytesBilled: '20000000',
        useLegacySql: false,
      },
    });
  });

  it('that would bill more than allowed are refused', async () => {
    const error = await failureOf(open({ maximumBytesBilled: 1 }).executeScalar('SELECT sum(n) FROM numbers'));
    expect(error).toMatchObject({ code: 'warehouse/unsupported', hint: expect.stringContaining('maximumBytesBilled') });
  });

  it.each([
    'DROP TABLE kit.numbers',
    'SELECT 1; SELECT 2',
    'CREATE TABLE kit.x (n INT64)',
    'EXPORT DATA OPTIONS() AS SELECT 1',
  ])('are never made for what is no SELECT: %s', async (sql) => {
    expect(await failureOf(open().executeScalar(sql))).toMatchObject({ code: 'warehouse/authorization' });
    expect(emulator.jobs).toEqual([]);
  });

  it('of a table that may not be read say which rights are needed', async () => {
    emulator.forbidTable('kit', 'numbers');
    expect(await failureOf(open().executeScalar('SELECT n FROM kit.numbers'))).toMatchObject({
      code: 'warehouse/authorization',
      hint: expect.stringContaining('BigQuery Data Viewer'),
    });
  });
});

describe('estimates', () => {
  it('are bytes and their price on demand, or no price where slots are paid for', async () => {
    expect(await open().estimate?.('SELECT sum(n) FROM numbers')).toEqual({
      bytes: 200,
      costUsd: (200 / 1024 ** 4) * 6.25,
    });
    expect(await open({ usdPerTebibyte: null }).estimate?.('SELECT sum(n) FROM numbers')).toEqual({ bytes: 200 });
    expect(emulator.jobs).toEqual([]);
  });
});

describe('snapshots', () => {
  const named = { kind: 'named', parts: ['numbers'] } as const;
  const counting = {
    kind: 'aggregate',
    from: { table: named },
    measures: [{ alias: 'm0', expression: { kind: 'count_all' } }],
  } as const;

  it('read what a table was when they were taken', async () => {
    const warehouse = open();
    await warehouse.describe?.(named);
    const snapshot = await warehouse.snapshot?.();
    await emulator.run('DELETE FROM kit.numbers WHERE n > 9');
    const sql = String(snapshot?.dialect.statement(counting));
    expect(sql).toContain('FOR SYSTEM_TIME AS OF TIMESTAMP');
    expect(await snapshot?.executeScalar(sql)).toBe('25');
    expect(await warehouse.executeScalar(warehouse.dialect.statement(counting))).toBe('10');
    expect(snapshot?.consistency).toMatch(/^time travel to \d{4}-.*Z; views/);
    expect(snapshot?.dialect.tableName(named)).toBe('`numbers`');
  });

  it.each([
    ['views: their past is not that of their tables', { type: 'VIEW' }],
    ['external tables', { type: 'EXTERNAL' }],
    ['tables cut by the time of loading: its column is no part of their rows', { timePartitioning: { type: 'DAY' } }],
  ] as const)('leave %s', async (_, facts) => {
    emulator.setTable('kit', 'numbers', facts);
    const warehouse = open();
    await warehouse.describe?.(named);
    const snapshot = await warehouse.snapshot?.();
    expect(snapshot?.dialect.statement(counting)).not.toContain('SYSTEM_TIME');
  });

  it('say what to do where policies forbid to read the past', async () => {
    emulator.setRowAccessPolicies('kit', 'numbers', ['own_region']);
    const warehouse = open();
    await warehouse.describe?.(named);
    const snapshot = await warehouse.snapshot?.();
    const error = await failureOf(
      Promise.resolve(snapshot?.executeScalar(String(snapshot.dialect.statement(counting)))),
    );
    expect(error).toMatchObject({
      code: 'warehouse/authorization',
      hint: expect.stringContaining('timeTravel: false'),
    });
  });

  it('are not offered where they are switched off', () => {
    const warehouse = open({ timeTravel: false });
    expect(warehouse.snapshot).toBeUndefined();
    expect(warehouse.capabilities.snapshot.support).toBe('unsupported');
  });
});

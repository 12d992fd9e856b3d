import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BigQueryEmulator } from './index.js';

interface Answer {
  readonly status: number;
  readonly body: {
    readonly error?: { readonly errors: readonly { readonly reason: string; readonly message: string }[] };
    readonly rows?: readonly { readonly f: readonly { readonly v: unknown }[] }[];
    readonly [member: string]: unknown;
  };
}

let emulator: BigQueryEmulator;
let token: string;

beforeAll(async () => {
  emulator = await BigQueryEmulator.open({ datasets: ['d'] });
  await emulator.run('CREATE TABLE d.t (x INT64, s STRING)');
  await emulator.run("INSERT INTO d.t VALUES (1, 'a'), (2, NULL), (3, 'c')");
  token = await newToken();
});
afterAll(() => emulator.close());

const newToken = async (): Promise<string> => {
  const subject_token = await (await fetch(`${emulator.url}/subject-token`)).text();
  const response = await fetch(`${emulator.url}/v1/token`, {
    method: 'POST',
    body: new URLSearchParams({ subject_token }),
  });
  return ((await response.json()) as { readonly access_token: string }).access_token;
};

const ask = async (method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> => {
  const response = await fetch(`${emulator.url}/bigquery/v2/projects/${emulator.project}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
};

const query = (sql: string, more: object = {}) => ask('POST', '/queries', { query: sql, useLegacySql: false, ...more });
const reasonOf = ({ status, body }: Answer) => [status, body.error?.errors[0]?.reason];

describe('queries', () => {
  it('are answered with schema, rows and their number', async () => {
    const { status, body } = await query('SELECT x, s FROM d.t ORDER BY x');
    expect(status).toBe(200);
    expect(body).toMatchObject({ jobComplete: true, totalRows: '3' });
    expect(body.schema).toEqual({
      fields: [
        { name: 'x', type: 'INTEGER', mode: 'NULLABLE' },
        { name: 's', type: 'STRING', mode: 'NULLABLE' },
      ],
    });
    expect(body.rows?.[1]).toEqual({ f: [{ v: '2' }, { v: null }] });
  });

  it('fail with the reason and the status of the service', async () => {
    expect(reasonOf(await query('SELEC 1'))).toEqual([400, 'invalidQuery']);
    expect(reasonOf(await query('SELECT * FROM d.nope'))).toEqual([404, 'notFound']);
    expect(reasonOf(await query('SELECT nope FROM d.t'))).toEqual([400, 'invalidQuery']);
    expect(reasonOf(await query('SELECT 1', { useLegacySql: true }))).toEqual([400, 'invalid']);
  });

  it('that it cannot run say so in a way that is no answer of the service', async () => {
    const before = emulator.notCovered.length;
    const answer = await query('SELECT * FROM UNNEST([1])');
    expect(reasonOf(answer)).toEqual([501, 'notCovered']);
    expect(emulator.notCovered.slice(before)).toEqual([expect.stringContaining('UNNEST')]);
  });

  it('of a dry run are named and priced, and not run', async () => {
    const configuration = { dryRun: true, query: { query: 'SELECT x FROM d.t', useLegacySql: false } };
    const { body } = await ask('POST', '/jobs', { configuration });
    expect(body.statistics).toMatchObject({ totalBytesProcessed: '24', query: { statementType: 'SELECT' } });
    const drop = { dryRun: true, query: { query: 'DROP TABLE d.t', useLegacySql: false } };
    await ask('POST', '/jobs', { configuration: drop });
    expect((await query('SELECT count(*) FROM d.t')).body.rows).toEqual([{ f: [{ v: '3' }] }]);
  });

  it('have one job for each id', async () => {
    const job = {
      jobReference: { jobId: 'mine' },
      configuration: { query: { query: 'SELECT 1', useLegacySql: false } },
    };
    expect((await ask('POST', '/jobs', job)).status).toBe(200);
    expect(reasonOf(await ask('POST', '/jobs', job))).toEqual([409, 'duplicate']);
    expect((await ask('GET', '/jobs/mine')).body.jobReference).toMatchObject({ jobId: 'mine', location: 'US' });
  });

  it('are cancelled by their id', async () => {
    const endless = `SELECT count(*) FROM ${Array.from({ length: 30 }, (_, index) => `d.t AS t${index}`).join(', ')} WHERE t0.x + t29.x < 0`;
    const job = {
      jobReference: { jobId: 'endless' },
      configuration: { query: { query: endless, useLegacySql: false } },
    };
    await ask('POST', '/jobs', job);
    expect((await ask('GET', '/queries/endless?timeoutMs=20')).body.jobComplete).toBe(false);
    await ask('POST', '/jobs/endless/cancel');
    expect(reasonOf(await ask('GET', '/queries/endless'))).toEqual([499, 'stopped']);
  });
});

describe('requests', () => {
  it('without a good token are refused', async () => {
    const old = token;
    emulator.expireTokens();
    expect(reasonOf(await query('SELECT 1'))).toEqual([401, 'authError']);
    token = await newToken();
    expect(token).not.toBe(old);
    expect((await query('SELECT 1')).status).toBe(200);
  });

  it('of another project or method are not there', async () => {
    expect(reasonOf(await ask('GET', '/reservations'))).toEqual([501, 'notCovered']);
    const elsewhere = await fetch(`${emulator.url}/bigquery/v2/projects/other/datasets`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(elsewhere.status).toBe(404);
  });

  it('go wrong as often as they were told to', async () => {
    emulator.throttle({ times: 2 });
    emulator.failRequests({ times: 1, on: /GET .*\/datasets$/ }, 500);
    expect(reasonOf(await query('SELECT 1'))).toEqual([403, 'rateLimitExceeded']);
    expect(reasonOf(await query('SELECT 1'))).toEqual([403, 'rateLimitExceeded']);
    expect((await query('SELECT 1')).status).toBe(200);
    await expect(ask('GET', '/datasets')).rejects.toThrow('JSON');
    expect((await ask('GET', '/datasets')).body.datasets).toMatchObject([{ datasetReference: { datasetId: 'd' } }]);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AthenaEmulator } from './index.js';

interface Answer {
  readonly status: number;
  readonly body: { readonly [member: string]: unknown };
}

let emulator: AthenaEmulator;

beforeAll(async () => {
  emulator = await AthenaEmulator.open({ databases: ['d'] });
  await emulator.run('CREATE TABLE t (x bigint, s varchar)', 'd');
  await emulator.run("INSERT INTO t VALUES (1, 'a'), (2, NULL), (3, 'c')", 'd');
});
afterAll(() => emulator.close());

const now = () => new Date().toISOString().replace(/[-:]|\.\d+/g, '');

const signature = (accessKeyId: string, date: string, signed: string) =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${date.slice(0, 8)}/us-east-1/athena/aws4_request, SignedHeaders=${signed}, Signature=${'0'.repeat(64)}`;

const signedBy = (accessKeyId: string, token?: string, date = now()): { readonly [name: string]: string } => ({
  authorization: signature(accessKeyId, date, `host;x-amz-date${token ? ';x-amz-security-token' : ''}`),
  'x-amz-date': date,
  ...(token && { 'x-amz-security-token': token }),
});

const ask = async (
  target: string,
  input: object,
  headers = signedBy(emulator.credentials.accessKeyId),
): Promise<Answer> => {
  const response = await fetch(emulator.url, {
    method: 'POST',
    headers: { ...headers, 'x-amz-target': target },
    body: JSON.stringify(input),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
};

const athena = (operation: string, input: object) => ask(`AmazonAthena.${operation}`, input);
const glue = (operation: string, input: object) => ask(`AWSGlue.${operation}`, input);
const typeOf = ({ status, body }: Answer) => [status, body.__type];

const start = (sql: string, more: object = {}) =>
  athena('StartQueryExecution', {
    QueryString: sql,
    ClientRequestToken: randomUUID(),
    QueryExecutionContext: { Database: 'd' },
    ...more,
  });

const ended = async (sql: string) => {
  const { QueryExecutionId } = (await start(sql)).body;
  const status = async () =>
    ((await athena('GetQueryExecution', { QueryExecutionId })).body.QueryExecution as { readonly Status: Status })
      .Status;
  await expect.poll(async () => (await status()).State).toMatch(/SUCCEEDED|FAILED|CANCELLED/);
  return { QueryExecutionId, ...(await status()) };
};

interface Status {
  readonly State: string;
  readonly StateChangeReason?: string;
}

describe('queries', () => {
  it('are answered with their columns, and rows of which the first has the names', async () => {
    const { QueryExecutionId } = await ended('SELECT x, s FROM t ORDER BY x');
    const { body } = await athena('GetQueryResults', { QueryExecutionId, MaxResults: 3 });
    expect(body).toMatchObject({
      NextToken: '3',
      ResultSet: {
        Rows: [
          { Data: [{ VarCharValue: 'x' }, { VarCharValue: 's' }] },
          { Data: [{ VarCharValue: '1' }, { VarCharValue: 'a' }] },
          { Data: [{ VarCharValue: '2' }, {}] },
        ],
        ResultSetMetadata: {
          ColumnInfo: [
            { Name: 'x', Type: 'bigint' },
            { Name: 's', Type: 'varchar' },
          ],
        },
      },
    });
  });

  it.each([
    ['SELECT * FROM nope', /^TABLE_NOT_FOUND: .*d\.nope/],
    ['SELECT nope FROM t', /^COLUMN_NOT_FOUND: .*'nope'/],
    ['SELECT 1 +', /^SYNTAX_ERROR/],
    ["SELECT CAST('x' AS integer)", /^INVALID_CAST_ARGUMENT: Cannot cast 'x'/],
  ])('fail with the words of the service: %s', async (sql, reason) => {
    expect(await ended(sql)).toMatchObject({ State: 'FAILED', StateChangeReason: expect.stringMatching(reason) });
  });

  it('that do not parse are not taken', async () => {
    const answer = await start('SELEC 1');
    expect(typeOf(answer)).toEqual([400, 'InvalidRequestException']);
    expect(answer.body).toMatchObject({ AthenaErrorCode: 'MALFORMED_QUERY' });
  });

  it.each(['SELECT * FROM UNNEST(ARRAY[1])', 'SELECT geometry_area(x) FROM t', 'SHOW TABLES'])(
    'that it cannot run fail in a way that is no answer of the service: %s',
    async (sql) => {
      const before = emulator.notCovered.length;
      expect(await ended(sql)).toMatchObject({
        State: 'FAILED',
        StateChangeReason: expect.stringMatching(/^NOT_COVERED/),
      });
      expect(emulator.notCovered.slice(before)).toEqual([expect.stringContaining(sql)]);
    },
  );

  it('have one execution for each token', async () => {
    const token = { ClientRequestToken: 'x'.repeat(32) };
    const ids = [await start('SELECT 1', token), await start('SELECT 1', token)].map(
      ({ body }) => body.QueryExecutionId,
    );
    expect(ids[0]).toBe(ids[1]);
    expect(typeOf(await start('SELECT 1', { ClientRequestToken: 'short' }))).toEqual([400, 'InvalidRequestException']);
  });

  it('are stopped by their id', async () => {
    const from = Array.from({ length: 30 }, (_, index) => `t t${index}`).join(', ');
    const { QueryExecutionId } = (await start(`SELECT count(*) FROM ${from} WHERE t0.x + t29.x < 0`)).body;
    await expect.poll(() => emulator.queries.at(-1)?.state).toBe('RUNNING');
    await athena('StopQueryExecution', { QueryExecutionId });
    expect(emulator.queries.at(-1)).toMatchObject({ state: 'CANCELLED', isStopRequested: true });
    expect(typeOf(await athena('GetQueryResults', { QueryExecutionId }))).toEqual([400, 'InvalidRequestException']);
  });
});

describe('values', () => {
  it.each([
    ['CAST(1 AS double)', 'double', '1.0'],
    ['CAST(12345678.5 AS double)', 'double', '1.23456785E7'],
    ['CAST(-0.00012 AS double)', 'double', '-1.2E-4'],
    ["CAST('NaN' AS double)", 'double', 'NaN'],
    ['CAST(0.1 AS real)', 'float', '0.1'],
    ["DECIMAL '1.50'", 'decimal', '1.50'],
    ["TIMESTAMP '2026-01-15 12:00:00.5'", 'timestamp', '2026-01-15 12:00:00.500000'],
    ["TIMESTAMP '2026-01-15 12:00:00 UTC'", 'timestamp with time zone', '2026-01-15 12:00:00.000000 UTC'],
    ["X'68656C'", 'varbinary', '68 65 6c'],
    ["ARRAY['a', 'b']", 'array', '[a, b]'],
    ['true', 'boolean', 'true'],
  ])('have the text that Athena gives them: %s', async (sql, Type, text) => {
    const { QueryExecutionId } = await ended(`SELECT ${sql} AS x FROM t WHERE x = 1`);
    const { body } = await athena('GetQueryResults', { QueryExecutionId });
    expect(body.ResultSet).toMatchObject({
      Rows: [{}, { Data: [{ VarCharValue: text }] }],
      ResultSetMetadata: { ColumnInfo: [{ Type }] },
    });
  });
});

describe('the catalogue', () => {
  it('has tables with the types of Glue', async () => {
    const { body } = await glue('GetTable', { DatabaseName: 'D', Name: 'T' });
    expect(body.Table).toMatchObject({
      Name: 't',
      StorageDescriptor: {
        Columns: [
          { Name: 'x', Type: 'bigint' },
          { Name: 's', Type: 'string' },
        ],
      },
      Parameters: { table_type: 'ICEBERG' },
    });
  });

  it('has databases, and says what it does not have', async () => {
    expect((await glue('GetDatabases', {})).body.DatabaseList).toMatchObject([{ Name: 'd' }, { Name: 'default' }]);
    expect((await glue('GetDatabase', { Name: 'd' })).body.Database).toMatchObject({ Name: 'd' });
    expect((await glue('GetPartitions', { DatabaseName: 'd', TableName: 't' })).body).toEqual({ Partitions: [] });
    const missing = [400, 'EntityNotFoundException'];
    expect(typeOf(await glue('GetTable', { DatabaseName: 'd', Name: 'nope' }))).toEqual(missing);
    expect(typeOf(await glue('GetTables', { DatabaseName: 'nope' }))).toEqual(missing);
    expect(typeOf(await glue('GetDatabase', { Name: 'nope' }))).toEqual(missing);
  });

  it('shows the types of Athena to its own queries', async () => {
    const { QueryExecutionId } = await ended(
      "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'd' AND table_name = 't' ORDER BY ordinal_position",
    );
    const { body } = await athena('GetQueryResults', { QueryExecutionId });
    expect(body.ResultSet).toMatchObject({
      Rows: [
        {},
        { Data: [{ VarCharValue: 'x' }, { VarCharValue: 'bigint' }] },
        { Data: [{ VarCharValue: 's' }, { VarCharValue: 'varchar' }] },
      ],
    });
  });
});

describe('requests', () => {
  const asked = (headers: { readonly [name: string]: string }) => ask('AWSGlue.GetDatabases', {}, headers);

  it('have to be signed, of this hour and with credentials that are good', async () => {
    const { accessKeyId, sessionToken } = emulator.temporaryCredentials();
    expect((await asked(signedBy(accessKeyId, sessionToken))).status).toBe(200);
    expect(typeOf(await asked({}))).toEqual([403, 'MissingAuthenticationTokenException']);
    expect(typeOf(await asked(signedBy(accessKeyId, 'other')))).toEqual([400, 'UnrecognizedClientException']);
    expect(typeOf(await asked(signedBy('AKIAOTHER')))).toEqual([400, 'UnrecognizedClientException']);
    const old = signedBy(accessKeyId, sessionToken, '20260101T000000Z');
    expect(typeOf(await asked(old))).toEqual([403, 'InvalidSignatureException']);
    const unsigned = { ...signedBy(accessKeyId), 'x-amz-security-token': sessionToken };
    expect(typeOf(await asked(unsigned))).toEqual([403, 'InvalidSignatureException']);
    emulator.expireTokens();
    expect(typeOf(await asked(signedBy(accessKeyId, sessionToken)))).toEqual([400, 'ExpiredTokenException']);
  });

  it('for other operations are not covered', async () => {
    expect(typeOf(await athena('ListNamedQueries', {}))).toEqual([501, 'NotCoveredException']);
    expect(typeOf(await glue('DeleteTable', {}))).toEqual([501, 'NotCoveredException']);
  });

  it('go wrong as often as they were told to', async () => {
    emulator.throttle({ times: 1, on: /^Glue\./ });
    emulator.failRequests({ times: 1, on: /^Glue\.GetDatabases$/ }, 500);
    expect(typeOf(await glue('GetDatabases', {}))).toEqual([400, 'TooManyRequestsException']);
    await expect(glue('GetDatabases', {})).rejects.toThrow('JSON');
    expect((await glue('GetDatabases', {})).status).toBe(200);
    expect(emulator.requests.at(-1)).toBe('Glue.GetDatabases');
  });
});

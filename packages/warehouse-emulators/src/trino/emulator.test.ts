import { afterEach, describe, expect, it } from 'vitest';
import { TrinoEmulator, type TrinoEmulatorOptions } from './index.js';

let emulator: TrinoEmulator;

afterEach(() => emulator.close());

const open = async (options: TrinoEmulatorOptions = {}): Promise<void> => {
  emulator = await TrinoEmulator.open({ schemas: ['shop'], ...options });
};

interface Results {
  readonly id: string;
  readonly nextUri?: string;
  readonly columns?: readonly { readonly name: string; readonly type: string; readonly typeSignature: object }[];
  readonly data?: readonly (readonly unknown[])[];
  readonly error?: { readonly errorName: string; readonly errorType: string; readonly message: string };
  readonly stats: { readonly state: string };
}

const session = { 'x-trino-user': 'anna', 'x-trino-schema': 'shop' };

const post = (sql: string, headers: { readonly [name: string]: string } = {}) =>
  fetch(`${emulator.url}/v1/statement`, { method: 'POST', body: sql, headers: { ...session, ...headers } });

/** All pages of a statement; every answer is read once. */
const pagesOf = async (sql: string, headers: { readonly [name: string]: string } = {}): Promise<readonly Results[]> => {
  const pages = [(await (await post(sql, headers)).json()) as Results];
  for (let next = pages[0]?.nextUri; next !== undefined; next = pages.at(-1)?.nextUri)
    pages.push((await (await fetch(next, { headers: session })).json()) as Results);
  return pages;
};

const rowsOf = async (sql: string): Promise<readonly unknown[]> =>
  (await pagesOf(sql)).flatMap(({ data = [], error }) => [...data, ...(error ? [error.errorName] : [])]);

describe('statements', () => {
  it('are queued, run, and give typed columns and rows', async () => {
    await open();
    const pages = await pagesOf("SELECT 1 AS a, CAST('x' AS VARCHAR) AS b");
    expect(pages[0]?.nextUri).toContain('/v1/statement/queued/');
    expect(pages[0]?.data).toBeUndefined();
    expect(pages.at(-1)).toMatchObject({
      columns: [
        { name: 'a', type: 'integer', typeSignature: { rawType: 'integer', arguments: [] } },
        { name: 'b', type: 'varchar' },
      ],
      data: [[1, 'x']],
      stats: { state: 'FINISHED' },
    });
  });

  it('have bigints as numbers with all digits', async () => {
    await open();
    const [page] = (await pagesOf('SELECT 1')).slice(-1);
    expect(page?.data).toEqual([[1]]);
    const { nextUri = '' } = (await (await post('SELECT CAST(9223372036854775807 AS BIGINT)')).json()) as Results;
    const { nextUri: executing = '' } = (await (await fetch(nextUri)).json()) as Results;
    expect(await (await fetch(executing)).text()).toContain('"data":[[9223372036854775807]]');
  });

  it('write values as Trino does', async () => {
    await open();
    const values = [
      ["CAST('NaN' AS DOUBLE)", 'NaN'],
      ["CAST('1.5' AS DOUBLE)", 1.5],
      ["DECIMAL '1.50'", '1.50'],
      ["TIMESTAMP '2026-01-15 12:00:00.5'", '2026-01-15 12:00:00.500000'],
      ["TIMESTAMP '2026-01-15 12:00:00 UTC'", '2026-01-15 12:00:00.000000 UTC'],
      ["CAST('12:00:00' AS time(6))", '12:00:00.000000'],
      ["X'4142'", 'QUI='],
      ['ARRAY[1, 2]', [1, 2]],
      ["MAP(ARRAY['a'], ARRAY[1])", { a: 1 }],
      ["INTERVAL '1' DAY", '1 00:00:00.000'],
      ['NULL', null],
    ] as const;
    const rows = await rowsOf(`SELECT ${values.map(([sql], index) => `${sql} AS c${index}`).join(', ')}`);
    expect(rows).toEqual([values.map(([, value]) => value)]);
  });

  it('come in pages, each of which can be asked for again', async () => {
    await open();
    emulator.setPageRows(2);
    const pages = await pagesOf('SELECT x FROM (VALUES (1), (2), (3), (4), (5)) AS t(x) ORDER BY x');
    expect(pages.flatMap(({ data = [] }) => data)).toEqual([[1], [2], [3], [4], [5]]);
    const [second] = pages.filter(({ data }) => data?.[0]?.[0] === 3);
    const asked = pages[pages.indexOf(second as Results) - 1]?.nextUri ?? '';
    expect(((await (await fetch(asked)).json()) as Results).data).toEqual([[3], [4]]);
  });

  it.each([
    ['SELEC 1', 'SYNTAX_ERROR'],
    ["SELECT 'open", 'SYNTAX_ERROR'],
    ['PRAGMA version', 'SYNTAX_ERROR'],
    ['SELECT * FROM nope', 'TABLE_NOT_FOUND'],
    ['SELECT * FROM nope.nope', 'SCHEMA_NOT_FOUND'],
    ['SELECT * FROM nope.nope.nope', 'CATALOG_NOT_FOUND'],
    ['SELECT nope FROM (VALUES (1)) AS t(x)', 'COLUMN_NOT_FOUND'],
    ["SELECT CAST('x' AS INTEGER)", 'INVALID_CAST_ARGUMENT'],
    ['SELECT 9223372036854775807 + 1', 'NUMERIC_VALUE_OUT_OF_RANGE'],
    ['SELECT transform(ARRAY[1], x -> x + 1)', 'NOT_COVERED_BY_THE_EMULATOR'],
    ['SHOW TABLES', 'NOT_COVERED_BY_THE_EMULATOR'],
  ])('end with the error that Trino has for it: %s', async (sql, errorName) => {
    await open();
    expect(await rowsOf(sql)).toEqual([errorName]);
  });

  it('make the schema that their session names', async () => {
    await open();
    const session = { 'x-trino-schema': 'new' };
    expect((await pagesOf('SELECT * FROM t', session)).at(-1)?.error?.errorName).toBe('SCHEMA_NOT_FOUND');
    expect((await pagesOf('CREATE SCHEMA new', session)).at(-1)?.error).toBeUndefined();
    expect((await pagesOf('SELECT 1', session)).at(-1)?.data).toEqual([[1]]);
  });

  it('that could not be run are told', async () => {
    await open();
    await pagesOf('SHOW TABLES');
    expect(emulator.notCovered).toEqual(['not covered by the emulator: SHOW: SHOW TABLES']);
  });

  it('are cancelled by DELETE', async () => {
    await open();
    emulator.setQueryDelay(5_000);
    const { nextUri = '' } = (await (await post('SELECT 1')).json()) as Results;
    expect((await fetch(nextUri, { method: 'DELETE' })).status).toBe(204);
    await expect.poll(() => emulator.queries[0]?.state).toBe('FAILED');
    expect(emulator.queries[0]).toMatchObject({ isCancelRequested: true, errorName: 'USER_CANCELED' });
  });

  it('end when they have run for query_max_run_time', async () => {
    await open();
    emulator.setQueryDelay(5_000);
    const pages = await pagesOf('SELECT 1', { 'x-trino-session': 'query_max_run_time=50ms' });
    expect(pages.at(-1)?.error).toMatchObject({
      errorName: 'EXCEEDED_TIME_LIMIT',
      errorType: 'INSUFFICIENT_RESOURCES',
    });
  });
});

describe('transactions', () => {
  const begin = async (sql: string): Promise<string> => {
    const { nextUri = '' } = (await (await post(sql, { 'x-trino-transaction-id': 'NONE' })).json()) as Results;
    const { nextUri: executing = '' } = (await (await fetch(nextUri)).json()) as Results;
    return (await fetch(executing)).headers.get('x-trino-started-transaction-id') ?? '';
  };
  const errorIn = async (id: string, sql: string): Promise<string | undefined> =>
    (await pagesOf(sql, { 'x-trino-transaction-id': id })).at(-1)?.error?.errorName;

  it('that are read only refuse writes, and others do not', async () => {
    await open();
    await emulator.run('CREATE TABLE t (x integer)', 'shop');
    expect(await errorIn(await begin('START TRANSACTION READ ONLY'), 'DROP TABLE t')).toBe('READ_ONLY_VIOLATION');
    expect(await errorIn(await begin('START TRANSACTION'), 'INSERT INTO t VALUES (1)')).toBeUndefined();
    expect(await rowsOf('SELECT x FROM t')).toEqual([[1]]);
  });

  it('do nothing more after one statement failed, until they are rolled back', async () => {
    await open();
    const id = await begin('START TRANSACTION READ ONLY');
    expect(await errorIn(id, 'SELECT * FROM nope')).toBe('TABLE_NOT_FOUND');
    expect(await errorIn(id, 'SELECT 1')).toBe('TRANSACTION_ALREADY_ABORTED');
    expect(await errorIn(id, 'ROLLBACK')).toBeUndefined();
    expect(emulator.openTransactions).toBe(0);
    expect(await errorIn(id, 'SELECT 1')).toBe('UNKNOWN_TRANSACTION');
  });

  it('need a client that knows them', async () => {
    await open();
    expect(await rowsOf('START TRANSACTION')).toEqual(['INCOMPATIBLE_CLIENT']);
  });
});

describe('metadata', () => {
  it('is in information_schema, in the types that were declared', async () => {
    await open();
    await emulator.run(
      'CREATE TABLE "Orders" (Id bigint, tags array(varchar), r row(a integer), at timestamp(3))',
      'shop',
    );
    await emulator.run('CREATE VIEW v AS SELECT id FROM orders', 'shop');
    const sql =
      "SELECT column_name, data_type FROM emulated.information_schema.columns WHERE table_name = 'orders' ORDER BY ordinal_position";
    expect(await rowsOf(sql)).toEqual([
      ['id', 'bigint'],
      ['tags', 'array(varchar)'],
      ['r', 'row(a integer)'],
      ['at', 'timestamp(3)'],
    ]);
    expect(await rowsOf('SELECT table_name, table_type FROM information_schema.tables ORDER BY 1')).toEqual([
      ['orders', 'BASE TABLE'],
      ['v', 'VIEW'],
    ]);
  });

  it('of Iceberg has versions that can be read, and partitions', async () => {
    await open();
    await emulator.run('CREATE TABLE t (x integer, day date)', 'shop');
    await emulator.run('INSERT INTO t VALUES (1, NULL)', 'shop');
    emulator.setTable('shop', 't', { partitionedBy: ['day', 'x_bucket'] });
    const { nextUri = '' } = (await (await post('SELECT snapshot_id FROM "t$refs"')).json()) as Results;
    const { nextUri: executing = '' } = (await (await fetch(nextUri)).json()) as Results;
    const [, version] = /"data":\[\[(\d+)\]\]/.exec(await (await fetch(executing)).text()) ?? [];
    await emulator.run('INSERT INTO t VALUES (2, NULL)', 'shop');
    expect(await rowsOf(`SELECT count(*) FROM t FOR VERSION AS OF ${version}`)).toEqual([[1]]);
    expect(await rowsOf('SELECT count(*) FROM t')).toEqual([[2]]);
    const [partitions] = (await pagesOf('SELECT * FROM "t$partitions" LIMIT 0')).slice(-1);
    expect(partitions?.columns?.[0]).toMatchObject({ name: 'partition', type: 'row(day varchar, x_bucket varchar)' });
  });

  it('of a plan has bytes of each table', async () => {
    await open();
    await emulator.run('CREATE TABLE t (x integer, y integer)', 'shop');
    await emulator.run('INSERT INTO t VALUES (1, 1), (2, 2)', 'shop');
    const [[plan]] = (await rowsOf('EXPLAIN (TYPE IO, FORMAT JSON) SELECT x FROM t')) as [[string]];
    expect(JSON.parse(plan)).toMatchObject({
      inputTableColumnInfos: [{ table: { schemaTable: { table: 't' } }, estimate: { outputSizeInBytes: 32 } }],
    });
  });
});

describe('what goes wrong', () => {
  it('throttles, fails and drops the requests that are meant', async () => {
    await open();
    emulator.throttle({ times: 1, on: /^POST/ }, 3);
    const throttled = await post('SELECT 1');
    expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '3']);
    emulator.failRequests({ times: 1 }, 502);
    expect((await post('SELECT 1')).status).toBe(502);
    emulator.dropConnections({ times: 1 });
    await expect(post('SELECT 1')).rejects.toThrow();
    emulator.loseAnswers({ times: 1 });
    await expect(post('SELECT 1')).rejects.toThrow();
    expect(emulator.queries).toHaveLength(1);
    expect(await rowsOf('SELECT 1')).toEqual([[1]]);
  });

  it('fails queries with the error that is wanted', async () => {
    await open();
    emulator.failQueries({ times: 1 }, 'HIVE_METASTORE_ERROR', 'metastore is away', 'EXTERNAL');
    expect((await pagesOf('SELECT 1')).at(-1)?.error).toMatchObject({
      errorName: 'HIVE_METASTORE_ERROR',
      errorType: 'EXTERNAL',
      message: 'metastore is away',
    });
  });

  it('refuses wrong passwords, unknown and expired tokens', async () => {
    await open({ passwords: { anna: 'right' }, tokens: ['good'] });
    const statusOf = async (authorization: string) => (await post('SELECT 1', { authorization })).status;
    const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;
    expect(await statusOf(basic('anna:right'))).toBe(200);
    expect(await statusOf(basic('anna:wrong'))).toBe(401);
    expect(await statusOf('Bearer good')).toBe(200);
    expect(await statusOf('Bearer bad')).toBe(401);
    emulator.expireTokens();
    expect(await statusOf('Bearer good')).toBe(401);
  });

  it('refuses tables, and Hive those that are read without a condition on their partitions', async () => {
    await open({ connector: 'hive' });
    await emulator.run('CREATE TABLE t (x integer, day varchar)', 'shop');
    emulator.setTable('shop', 't', { partitionedBy: ['day'], requiresPartitionFilter: true });
    expect(await rowsOf('SELECT x FROM t')).toEqual(['QUERY_REJECTED']);
    expect(await rowsOf("SELECT x FROM t WHERE day = 'x'")).toEqual([]);
    emulator.setTable('shop', 't', { isForbidden: true });
    expect(await rowsOf('SELECT x FROM t')).toEqual(['PERMISSION_DENIED']);
  });
});

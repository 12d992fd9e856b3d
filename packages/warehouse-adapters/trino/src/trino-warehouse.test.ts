import { isAegisError, type StatementReport, type Warehouse, type WarehouseError } from '@aegis/spec';
import { TrinoEmulator, type TrinoEmulatorOptions } from '@aegis/warehouse-emulators/trino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { optionsFor } from './__fixtures__/test-cluster.js';
import { type TrinoOptions, trino } from './index.js';

let emulator: TrinoEmulator;
const opened: Warehouse[] = [];

const openEmulator = async (options: TrinoEmulatorOptions = {}): Promise<void> => {
  emulator = await TrinoEmulator.open({ schemas: ['kit'], ...options });
  await emulator.run('CREATE TABLE numbers (n bigint, day varchar)', 'kit');
  const rows = Array.from({ length: 25 }, (_, index) => `(${index}, 'a')`);
  await emulator.run(`INSERT INTO numbers VALUES ${rows.join(', ')}`, 'kit');
};

const open = (options: Partial<TrinoOptions> = {}): Warehouse => {
  const warehouse = trino({ ...optionsFor(emulator), ...options });
  opened.push(warehouse);
  return warehouse;
};

const failureOf = async (work: Promise<unknown>): Promise<WarehouseError> => {
  const error = await work.then(
    () => 'no error',
    (cause: unknown) => cause,
  );
  if (!isAegisError(error)) throw new Error(`no AegisError: ${error}`);
  return error as WarehouseError;
};

const statementsOf = (): readonly string[] => emulator.queries.map(({ sql }) => sql);
const count = 'SELECT count(*) FROM numbers';

beforeEach(() => openEmulator());
afterEach(async () => {
  for (const warehouse of opened.splice(0)) await warehouse.close?.();
  await emulator.close();
});

describe('requests', () => {
  it.each([
    ['are throttled', () => emulator.throttle({ times: 2 })],
    ['meet a server that is away for a moment', () => emulator.failRequests({ times: 2 }, 503)],
    ['meet a bad gateway', () => emulator.failRequests({ times: 2 }, 502)],
    ['lose their connection', () => emulator.dropConnections({ times: 2 })],
    ['lose the answers to statements', () => emulator.loseAnswers({ times: 1, on: /^POST/ })],
    ['lose pages', () => emulator.loseAnswers({ times: 2, on: /executing/ })],
  ])('are made again when they %s', async (_, spoil) => {
    emulator.setPageRows(10);
    const warehouse = open();
    await warehouse.connect();
    spoil();
    const rows = await warehouse.executeSample('SELECT n FROM numbers ORDER BY n', 100);
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 25 }, (_, index) => String(index)));
  });

  it('wait as long as the server asks them to', async () => {
    const warehouse = open();
    await warehouse.connect();
    emulator.throttle({ times: 1 }, 0.15);
    const started = performance.now();
    await warehouse.executeScalar('SELECT 1');
    expect(performance.now() - started).toBeGreaterThan(140);
  });

  it('give up after a while, and say what the server said', async () => {
    emulator.throttle({ times: 100 });
    expect(await failureOf(open().executeScalar('SELECT 1'))).toMatchObject({
      code: 'warehouse/throttled',
      message: 'the server answered 429: Too Many Requests',
      retryable: true,
    });
    expect(emulator.requests).toHaveLength(6);
  });

  it('are not made again for what will not pass', async () => {
    emulator.failRequests({ times: 1 }, 500);
    expect(await failureOf(open().executeScalar('SELECT 1'))).toMatchObject({ code: 'warehouse/throttled' });
    expect(emulator.requests).toHaveLength(1);
  });

  it('go to the server of the options, wherever pages are said to be', async () => {
    emulator.setPublicOrigin('http://elsewhere.invalid:1');
    expect(await open().executeScalar(count)).toBe('25');
  });

  it('that nobody answers are a connection', async () => {
    const server = emulator.url;
    await emulator.close();
    expect(await failureOf(trino({ server }).executeScalar('SELECT 1'))).toMatchObject({
      code: 'warehouse/connection',
      hint: expect.stringContaining('server'),
    });
    await openEmulator();
  });

  it('that are not answered in time are a connection', async () => {
    emulator.setQueryDelay(5_000);
    const error = await failureOf(open({ requestTimeoutMs: 30 }).executeScalar('SELECT 1'));
    expect(error).toMatchObject({ code: 'warehouse/connection', message: expect.stringContaining('30 ms') });
  });

  it('to something that is not Trino say so', async () => {
    emulator.failRequests({ times: 1 }, 200);
    expect(await failureOf(open().executeScalar('SELECT 1'))).toMatchObject({
      code: 'warehouse/connection',
      hint: expect.stringContaining('option server'),
    });
  });
});

describe('credentials', () => {
  const withGate = async (): Promise<void> => {
    await emulator.close();
    await openEmulator({ passwords: { anna: 'right' }, tokens: ['good-token'] });
  };

  it('are a password, or a token', async () => {
    await withGate();
    expect(await open({ user: 'anna', password: 'right' }).executeScalar(count)).toBe('25');
    expect(await open({ user: 'anna', accessToken: 'good-token' }).executeScalar(count)).toBe('25');
    expect(emulator.queries.every(({ session }) => session.user === 'anna')).toBe(true);
  });

  it('that are wrong, missing or expired are told without being shown', async () => {
    await withGate();
    const wrong = await failureOf(open({ user: 'anna', password: 'very-secret' }).connect());
    expect(wrong.code).toBe('warehouse/authentication');
    expect(JSON.stringify([wrong.display, wrong.cause, wrong.stack])).not.toContain('very-secret');
    expect((await failureOf(open().connect())).code).toBe('warehouse/authentication');
    const warehouse = open({ accessToken: 'good-token' });
    await warehouse.connect();
    emulator.expireTokens();
    expect((await failureOf(warehouse.executeScalar(count))).code).toBe('warehouse/authentication');
  });
});

describe('statements', () => {
  it('carry the session of the options and the tags of their label', async () => {
    const warehouse = open({
      source: 'checks',
      clientTags: ['team=data'],
      sessionProperties: { query_priority: 3, x: 'a,b=c' },
    });
    await warehouse.executeScalar(count, { label: 'aegis run=01J table=a,b', timeoutMs: 30_000 });
    expect(emulator.queries.at(-1)?.session).toMatchObject({
      user: 'aegis',
      catalog: 'emulated',
      schema: 'kit',
      source: 'checks',
      timeZone: 'UTC',
      clientTags: ['aegis', 'run=01J', 'table=a_b', 'team=data'],
      capabilities: ['PARAMETRIC_DATETIME'],
      properties: { query_priority: '3', x: 'a,b=c', query_max_run_time: '30000ms' },
    });
  });

  it('report the id that Trino gave them', async () => {
    const reports: StatementReport[] = [];
    await open().executeScalar(count, { onStatement: (report) => reports.push(report) });
    expect(reports).toHaveLength(1);
    expect(reports[0]?.statementId).toBe(emulator.queries.at(-1)?.id);
  });

  it('read no more pages than they need, and end in the engine then', async () => {
    emulator.setPageRows(5);
    expect(await open().executeSample('SELECT n FROM numbers', 3)).toHaveLength(3);
    expect(emulator.requests.filter((line) => line.startsWith('DELETE'))).toHaveLength(1);
  });

  it('give the second column of a name another', async () => {
    expect(await open().executeSample('SELECT 1 AS a, 2 AS a', 1)).toEqual([{ a: 1, a_2: 2 }]);
  });

  it('end in the engine when they are cancelled while they wait', async () => {
    emulator.setQueryDelay(5_000);
    const controller = new AbortController();
    const failed = failureOf(open({ readOnlyTransactions: false }).executeScalar(count, { signal: controller.signal }));
    setTimeout(() => controller.abort(), 50);
    expect((await failed).code).toBe('warehouse/cancelled');
    expect(emulator.queries.at(-1)).toMatchObject({ isCancelRequested: true, errorName: 'USER_CANCELED' });
  });

  it('end when the warehouse is closed', async () => {
    emulator.setQueryDelay(5_000);
    const warehouse = open({ readOnlyTransactions: false });
    const failed = failureOf(warehouse.executeScalar(count));
    setTimeout(() => warehouse.close?.(), 50);
    expect((await failed).code).toBe('warehouse/cancelled');
    expect(emulator.queries.at(-1)?.isCancelRequested).toBe(true);
  });

  it('that the server stops by its time are a timeout', async () => {
    emulator.setQueryDelay(5_000);
    const warehouse = open({ readOnlyTransactions: false });
    expect(await failureOf(warehouse.executeScalar(count, { timeoutMs: 50 }))).toMatchObject({
      code: 'warehouse/timeout',
      message: 'the statement took longer than 50 ms',
    });
  });

  it('that fail say what Trino said', async () => {
    emulator.failQueries({ times: 1 }, 'CLUSTER_OUT_OF_MEMORY', 'Query killed because the cluster is out of memory');
    const failed = await failureOf(open({ readOnlyTransactions: false }).executeScalar(count));
    expect(failed).toMatchObject({ code: 'warehouse/throttled', message: expect.stringContaining('out of memory') });
  });

  it('of a table that may not be read say which right is needed', async () => {
    emulator.setTable('kit', 'numbers', { isForbidden: true });
    expect(await failureOf(open().executeScalar(count))).toMatchObject({
      code: 'warehouse/authorization',
      hint: expect.stringContaining('SELECT'),
    });
  });
});

describe('read-only transactions', () => {
  it('are begun once and used again, and ended in the end', async () => {
    const warehouse = open();
    await warehouse.executeScalar(count);
    await warehouse.executeScalar(count);
    expect(statementsOf()).toEqual(['START TRANSACTION READ ONLY', count, count]);
    expect(emulator.openTransactions).toBe(1);
    await warehouse.close?.();
    expect(emulator.openTransactions).toBe(0);
  });

  it('are as many as there are statements at once', async () => {
    const warehouse = open({ maxStatements: 3 });
    await Promise.all([1, 2, 3, 4, 5].map(() => warehouse.executeScalar(count)));
    expect(emulator.openTransactions).toBe(3);
  });

  it('are not used again after a statement failed in them', async () => {
    const warehouse = open();
    await failureOf(warehouse.executeScalar('SELECT * FROM nope'));
    expect(await warehouse.executeScalar(count)).toBe('25');
    expect(statementsOf().filter((sql) => sql.startsWith('START'))).toHaveLength(2);
    await expect.poll(() => emulator.openTransactions).toBe(1);
  });

  it('that the server has forgotten are begun again', async () => {
    const warehouse = open();
    await warehouse.connect();
    emulator.expireTransactions();
    expect(await warehouse.executeScalar(count)).toBe('25');
  });

  it('let the server refuse writes, and can be switched off', async () => {
    expect(await failureOf(open().executeScalar('INSERT INTO numbers VALUES (1, NULL)'))).toMatchObject({
      code: 'warehouse/authorization',
      message: 'Cannot execute write in a read-only transaction',
    });
    const without = open({ readOnlyTransactions: false });
    expect(without.capabilities.readOnly).toEqual({
      support: 'unsupported',
      reason: 'opened with readOnlyTransactions: false',
    });
    expect(await without.executeScalar(count)).toBe('25');
    expect(emulator.queries.at(-1)?.session.transactionId).toBeUndefined();
  });

  it('that the server cannot hold say what to do', async () => {
    emulator.failQueries({ times: 1 }, 'UNSUPPORTED_ISOLATION_LEVEL', 'not here');
    expect(await failureOf(open().executeScalar(count))).toMatchObject({
      code: 'warehouse/unsupported',
      hint: expect.stringContaining('readOnlyTransactions: false'),
    });
  });
});

describe('descriptions', () => {
  const parts = (...names: readonly string[]) => ({ kind: 'named', parts: names }) as const;

  it('are found with one to three parts of a name, in any case', async () => {
    const warehouse = open();
    for (const table of [['Numbers'], ['KIT', 'numbers'], ['emulated', 'kit', 'NUMBERS']]) {
      const found = await warehouse.describe?.(parts(...table));
      expect(found?.table).toEqual(parts(...table.map((part) => part.toLowerCase())));
      expect(found?.columns.map(({ name, type }) => `${name} ${type.native}`)).toEqual(['n bigint', 'day varchar']);
    }
  });

  it('are absent for tables, schemas and catalogues that do not exist', async () => {
    const warehouse = open();
    for (const table of [['nope'], ['nope', 'numbers'], ['nope', 'kit', 'numbers'], ['a', 'b', 'c', 'd']])
      expect(await warehouse.describe?.(parts(...table))).toBeUndefined();
  });

  it('need the parts that neither the name nor an option says', async () => {
    const warehouse = trino({ server: emulator.url });
    expect(await failureOf(Promise.resolve(warehouse.describe?.(parts('numbers'))))).toMatchObject({
      code: 'warehouse/not-found',
      hint: expect.stringContaining('schema'),
    });
    expect(await warehouse.describe?.(parts('emulated', 'kit', 'numbers'))).toBeDefined();
    expect(await warehouse.listTables?.()).toEqual([]);
    await warehouse.close?.();
  });

  it('know views', async () => {
    await emulator.run('CREATE VIEW v AS SELECT n FROM numbers', 'kit');
    const found = await open().describe?.(parts('v'));
    expect(found).toMatchObject({ kind: 'view' });
    expect(found?.partitionColumns).toBeUndefined();
  });

  it.each([
    ['iceberg', ['day', 'n_bucket'], ['day', 'n']],
    ['hive', ['day'], ['day']],
    ['hive', [], undefined],
    ['memory', ['day'], undefined],
  ] as const)('of %s partitioned by %j have the columns %j', async (connector, partitionedBy, expected) => {
    await emulator.close();
    await openEmulator({ connector });
    emulator.setTable('kit', 'numbers', { partitionedBy });
    expect((await open().describe?.(parts('numbers')))?.partitionColumns).toEqual(expected);
  });

  it('ask once which connector a catalogue has', async () => {
    const warehouse = open({ catalog: 'Emulated' });
    await Promise.all([warehouse.describe?.(parts('numbers')), warehouse.describe?.(parts('kit', 'numbers'))]);
    expect(statementsOf().filter((sql) => sql.includes('system.metadata.catalogs'))).toHaveLength(1);
  });

  it('list the tables of the schema, or of all', async () => {
    expect(await open().listTables?.()).toEqual([parts('numbers')]);
    expect(await trino({ server: emulator.url, catalog: 'emulated' }).listTables?.()).toEqual([
      parts('kit', 'numbers'),
    ]);
  });

  it('are not for files', async () => {
    const file = { kind: 'file', path: 'a.csv', format: 'csv' } as const;
    expect((await failureOf(Promise.resolve(open().describe?.(file)))).code).toBe('plan/unsupported');
  });
});

describe('estimates', () => {
  it('are bytes of the tables that are read, without money', async () => {
    expect(await open().estimate?.('SELECT sum(n) FROM numbers')).toEqual({ bytes: 400 });
  });

  it('of a partition filter that is missing say what to do', async () => {
    await emulator.close();
    await openEmulator({ connector: 'hive' });
    emulator.setTable('kit', 'numbers', { partitionedBy: ['day'], requiresPartitionFilter: true });
    expect(await failureOf(open().executeScalar(count))).toMatchObject({
      code: 'warehouse/unsupported',
      hint: expect.stringContaining('scope.where'),
    });
  });
});

describe('snapshots', () => {
  const numbers = { kind: 'named', parts: ['numbers'] } as const;
  const counting = {
    kind: 'aggregate',
    from: { table: numbers },
    measures: [{ alias: 'm0', expression: { kind: 'count_all' } }],
  } as const;

  it('read an Iceberg table in the version that it had when it was described', async () => {
    const warehouse = open();
    const snapshot = await warehouse.snapshot?.();
    await snapshot?.describe?.(numbers);
    await emulator.run('DELETE FROM numbers WHERE n > 9', 'kit');
    const sql = String(snapshot?.dialect.statement(counting));
    expect(sql).toMatch(/FROM "numbers" FOR VERSION AS OF \d{19}$/);
    expect(await snapshot?.executeScalar(sql)).toBe('25');
    expect(await warehouse.executeScalar(warehouse.dialect.statement(counting))).toBe('10');
    expect(snapshot?.consistency).toContain('version of each Iceberg table');
  });

  it('go on reading a version, also when the table is described again meanwhile', async () => {
    const warehouse = open();
    await warehouse.describe?.(numbers);
    const [first, second] = [await warehouse.snapshot?.(), await warehouse.snapshot?.()];
    const sql = String(first?.dialect.statement(counting));
    await emulator.run('DELETE FROM numbers', 'kit');
    await warehouse.describe?.(numbers);
    expect(first?.dialect.statement(counting)).toBe(sql);
    expect(await first?.executeScalar(sql)).toBe('25');
    expect(await second?.executeScalar(String(second.dialect.statement(counting)))).toBe('0');
  });

  it('leave views, and tables of other connectors', async () => {
    await emulator.run('CREATE VIEW v AS SELECT n FROM numbers', 'kit');
    const view = { kind: 'named', parts: ['v'] } as const;
    const snapshot = await open().snapshot?.();
    await snapshot?.describe?.(view);
    expect(snapshot?.dialect.statement({ ...counting, from: { table: view } })).not.toContain('VERSION');
    await emulator.close();
    await openEmulator({ connector: 'hive' });
    const other = await open().snapshot?.();
    await other?.describe?.(numbers);
    expect(other?.dialect.statement(counting)).not.toContain('VERSION');
  });

  it('leave tables whose columns are others than those of the version', async () => {
    await emulator.run('ALTER TABLE numbers ADD COLUMN added integer', 'kit');
    const snapshot = await open().snapshot?.();
    const found = await snapshot?.describe?.(numbers);
    expect(found?.columns.map(({ name }) => name)).toEqual(['n', 'day', 'added']);
    expect(snapshot?.dialect.statement(counting)).not.toContain('VERSION');
  });

  it('answer nothing after they were released', async () => {
    const snapshot = await open().snapshot?.();
    await snapshot?.release();
    expect((await failureOf(Promise.resolve(snapshot?.executeScalar(count)))).code).toBe('warehouse/connection');
  });

  it('are not offered where they are switched off', () => {
    const warehouse = open({ timeTravel: false });
    expect(warehouse.snapshot).toBeUndefined();
    expect(warehouse.capabilities.snapshot).toEqual({
      support: 'unsupported',
      reason: 'opened with timeTravel: false',
    });
  });
});

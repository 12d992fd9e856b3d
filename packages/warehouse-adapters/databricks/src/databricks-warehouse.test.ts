import type { StatementReport, Warehouse } from '@aegis/spec';
import { afterAll, describe, expect, it } from 'vitest';
import { newSchema, runAll } from './__fixtures__/new-schema.js';
import { onSpark } from './__fixtures__/on-spark.js';
import { namespaceOf, settingsOf, statementOf } from './__fixtures__/thrift-message.js';
import { type DatabricksOptions, databricks } from './index.js';

const tables = [
  `CREATE TABLE sales (id INT NOT NULL, price DECIMAL(10, 2), tags ARRAY<STRING>, place STRUCT<city: STRING, at: MAP<STRING, BIGINT>>,
    seen TIMESTAMP, local TIMESTAMP_NTZ, code VARCHAR(3), day DATE) USING parquet PARTITIONED BY (day)`,
  "INSERT INTO sales VALUES (1, 1.5, array('a'), NULL, NULL, NULL, 'x', DATE'2026-01-01')",
  'CREATE VIEW sold AS SELECT id FROM sales',
  'CREATE TABLE stock USING parquet AS SELECT id FROM range(10)',
];

await onSpark(async (workspace) => {
  const options = await newSchema(workspace);
  await runAll(options, tables);
  const warehouse: Warehouse = databricks(options);
  afterAll(() => warehouse.close?.());

  const called = (method: string) => workspace.calls.filter((call) => call.method === method);

  /** A warehouse of its own for one test. */
  const withWarehouse = async (
    own: DatabricksOptions,
    check: (warehouse: Warehouse) => Promise<void>,
  ): Promise<void> => {
    const opened = databricks(own);
    try {
      await check(opened);
    } finally {
      workspace.answerWith(undefined);
      await opened.close?.();
    }
  };

  describe('values', () => {
    it.each([
      ['array(1, NULL)', [1, null]],
      ['array(9007199254740993)', ['9007199254740993']],
      ["map('k', 1.50)", { k: '1.50' }],
      ["named_struct('a', 1, 'b', 'text')", { a: 1, b: 'text' }],
      ["X'00ff'", 'AP8='],
      ["CAST('NaN' AS FLOAT)", 'NaN'],
      ['CAST(0.1 AS FLOAT)', 0.1],
      ["TIMESTAMP'2026-07-15 12:00:00.000001+05:45'", '2026-07-15T06:15:00.000001Z'],
      ["TIMESTAMP_NTZ'2026-07-15 12:00:00.1'", '2026-07-15T12:00:00.1'],
      ["DATE'-0044-03-15'", '-000044-03-15'],
      ["DATE'+12026-01-01'", '+012026-01-01'],
      ['CAST(-0.0 AS DOUBLE)', 0],
      ['INTERVAL 1 DAY', '1 00:00:00.000000000'],
      ['NULL', null],
    ])('%s', async (sql, cell) => {
      expect(await warehouse.executeScalar(`SELECT ${sql}`)).toEqual(cell);
    });

    it('of columns with one name are all kept', async () => {
      expect(await warehouse.executeSample('SELECT 1 AS id, 2 AS id', 1)).toEqual([{ id: 1, id_2: 2 }]);
    });

    it('of many pages are all there, in order', async () => {
      const rows = await warehouse.executeSample('SELECT id FROM range(25000) ORDER BY id', 100_000);
      expect(rows.map(({ id }) => Number(id))).toEqual(Array.from({ length: 25_000 }, (_, index) => index));
    });
  });

  describe('describe', () => {
    it('knows nested types, partitions and what may be NULL', async () => {
      const table = { kind: 'named', parts: [options.schema, 'SALES'] } as const;
      expect(await warehouse.describe?.(table)).toMatchObject({
        table: { kind: 'named', parts: [options.schema, 'sales'] },
        kind: 'table',
        partitionColumns: ['day'],
        columns: [
          { name: 'id', type: { kind: 'integer', native: 'int' } },
          { name: 'price', type: { kind: 'decimal', native: 'decimal(10,2)' } },
          { name: 'tags', type: { kind: 'array', native: 'array<string>' } },
          { name: 'place', type: { kind: 'struct', native: 'struct<city:string,at:map<string,bigint>>' } },
          { name: 'seen', type: { kind: 'timestamptz', native: 'timestamp_ltz' } },
          { name: 'local', type: { kind: 'timestamp', native: 'timestamp_ntz' } },
          { name: 'code', type: { kind: 'text', native: 'string' } },
          { name: 'day', type: { kind: 'date', native: 'date' } },
        ],
      });
    });

    it('knows a view from a table', async () => {
      expect(await warehouse.describe?.({ kind: 'named', parts: ['sold'] })).toMatchObject({
        kind: 'view',
        columns: [{ name: 'id' }],
      });
    });

    it('reads no file', async () => {
      const file = { kind: 'file', path: '/x.csv', format: 'csv' } as const;
      await expect(warehouse.describe?.(file)).rejects.toMatchObject({ code: 'plan/unsupported' });
    });
  });

  describe('estimate', () => {
    it('is the bytes of the files that the plan reads', async () => {
      const { bytes = 0 } = (await warehouse.estimate?.('SELECT count(id) FROM stock')) ?? {};
      expect(bytes).toBeGreaterThan(0);
      const twice = await warehouse.estimate?.('SELECT count(*) FROM stock a JOIN stock b ON a.id = b.id');
      expect(twice?.bytes).toBe(2 * bytes);
    });

    it('is nothing where the optimizer does not know the files, as of partitions that nobody analysed', async () => {
      expect(await warehouse.estimate?.('SELECT count(*) FROM sales')).toEqual({});
    });

    it('is nothing for rows that the statement itself holds', async () => {
      expect(await warehouse.estimate?.('SELECT 1')).toEqual({ bytes: 0 });
    });
  });

  describe('sessions', () => {
    it('begin in the schema, with settings and tags, and tell statements apart', async () => {
      const own = { ...options, sessionConfiguration: { statement_timeout: '600' }, queryTags: { team: 'sales' } };
      await withWarehouse(own, async (opened) => {
        const reports: StatementReport[] = [];
        await opened.executeScalar('SELECT 1', {
          label: 'aegis run=1',
          timeoutMs: 1_500,
          onStatement: (report) => reports.push(report),
        });
        const opening = called('OpenSession').at(-1)?.message ?? Buffer.alloc(0);
        expect(settingsOf(opening)).toEqual({ statement_timeout: '600', QUERY_TAGS: 'team:sales' });
        expect(namespaceOf(opening)).toEqual([options.schema]);
        const statement = statementOf(called('ExecuteStatement').at(-1)?.message ?? Buffer.alloc(0));
        expect(statement).toEqual({ sql: '/* aegis run=1 */ SELECT 1', timeoutSeconds: 2 });
        expect(reports[0]?.statementId).toMatch(/^[0-9a-f]{8}-/);
      });
    });

    it('that the service forgot are opened anew', async () => {
      await withWarehouse(options, async (opened) => {
        await opened.connect();
        const before = called('OpenSession').length;
        await workspace.forgetSessions();
        expect(await opened.executeScalar('SELECT current_schema()')).toBe(options.schema);
        expect(called('OpenSession').length).toBe(before + 1);
      });
    });

    it('are closed with the warehouse', async () => {
      const before = called('CloseSession').length;
      await withWarehouse(options, async (opened) => opened.connect());
      expect(called('CloseSession').length).toBe(before + 1);
    });

    it('end what is under way when they are closed', async () => {
      const opened = databricks(options);
      const endless = 'SELECT count(*) FROM range(100000000) a CROSS JOIN range(100000000) b WHERE a.id + b.id = -1';
      const answer = opened.executeScalar(endless).catch((error: unknown) => error);
      await opened.executeScalar('SELECT 1');
      await opened.close?.();
      expect(await answer).toMatchObject({ code: 'warehouse/cancelled' });
      expect(called('CancelOperation').length).toBeGreaterThan(0);
    });
  });

  describe('refusals', () => {
    it.each([
      ['a wrong token', { token: 'wrong-and-secret' }, 'warehouse/authentication'],
      ['a wrong path', { httpPath: '/sql/1.0/warehouses/none' }, 'warehouse/not-found'],
      ['nobody who listens', { port: 1 }, 'warehouse/connection'],
      ['a certificate that nobody vouches for', { sslrootcert: undefined }, 'warehouse/connection'],
    ])('of %s say what to do and show no secret', async (_, wrong, code) => {
      const { sslrootcert, ...own } = { ...options, retryMaxAttempts: 1, ...wrong };
      const opening = databricks({ ...own, ...(sslrootcert !== undefined && { sslrootcert }) }).connect();
      const error = await opening.catch((cause: unknown) => cause);
      expect(error).toMatchObject({ code, hint: expect.any(String) });
      expect(String(error)).not.toContain('wrong-and-secret');
    });

    it('of a busy service are throttled, so that the engine may wait', async () => {
      await withWarehouse(options, async (opened) => {
        await opened.connect();
        for (const status of [429, 503]) {
          workspace.answerWith(status, 'ExecuteStatement');
          await expect(opened.executeScalar('SELECT 1')).rejects.toMatchObject({
            code: 'warehouse/throttled',
            retryable: true,
          });
        }
      });
    });

    it('of calls that may be repeated are repeated, and not for ever', async () => {
      await withWarehouse({ ...options, retryMaxAttempts: 3, retryDelayMs: 1 }, async (opened) => {
        await opened.connect();
        const before = called('GetOperationStatus').length;
        workspace.answerWith(503, 'GetOperationStatus');
        await expect(opened.executeScalar('SELECT 1')).rejects.toMatchObject({ code: 'warehouse/throttled' });
        expect(called('GetOperationStatus').length - before).toBe(3);
      });
    });
  });

  describe('snapshots', () => {
    it('read what has no versions as it is, and ask for its versions once', async () => {
      const snapshot = await warehouse.snapshot?.();
      const from = { table: { kind: 'named', parts: ['sales'] } } as const;
      const count = {
        kind: 'aggregate',
        from,
        measures: [{ alias: 'm0', expression: { kind: 'count_all' } }],
      } as const;
      const sql = snapshot?.dialect.statement(count) ?? '';
      // A session that an earlier test made the service forget is opened here.
      await warehouse.executeScalar('SELECT 1');
      const before = called('ExecuteStatement').length;
      expect(await snapshot?.executeScalar(sql)).toBe('1');
      expect(await snapshot?.executeScalar(sql)).toBe('1');
      const statements = called('ExecuteStatement')
        .slice(before)
        .map(({ message }) => statementOf(message).sql);
      expect(statements).toEqual([
        'DESCRIBE HISTORY `sales` LIMIT 1',
        'SELECT count(*) AS m0 FROM `sales`',
        'SELECT count(*) AS m0 FROM `sales`',
      ]);
      await snapshot?.release();
    });

    it('write versions as Spark reads them, which knows none of this table', async () => {
      await expect(warehouse.executeScalar('SELECT count(*) FROM sales VERSION AS OF 12 AS s')).rejects.toMatchObject({
        code: 'warehouse/unsupported',
        message: expect.stringContaining('TIME_TRAVEL'),
      });
    });
  });
});

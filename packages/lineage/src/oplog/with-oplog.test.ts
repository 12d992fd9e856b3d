import type { OperationRecord, OperationStore, Warehouse } from '@aegis/spec';
import { beforeEach, describe, expect, it } from 'vitest';
import { WritableDuckDb } from './__fixtures__/duckdb-warehouse.js';
import { memoryOperationStore } from './memory-store.js';
import { withOplog } from './with-oplog.js';

let base: WritableDuckDb;
let store: OperationStore;
beforeEach(async () => {
  base = new WritableDuckDb();
  store = memoryOperationStore();
  await base.execute(
    'CREATE TABLE orders AS SELECT range AS id, range * 10 AS amount, range % 2 AS region FROM range(5)',
  );
});

const recordedAfter = async (
  use: (warehouse: ReturnType<typeof withOplog>) => Promise<unknown>,
): Promise<readonly OperationRecord[]> => {
  await use(withOplog(base, store));
  return store.operations();
};

const summaries = (operations: readonly OperationRecord[]) =>
  operations.map(({ changes, rowsAffected }) => `${changes[0]?.kind} ${changes[0]?.output?.join('.')} ${rowsAffected}`);

describe('a warehouse with an operation log', () => {
  it('records a statement with what it changed, from which columns, by whom and when', async () => {
    const clock = () => new Date('2025-03-01T10:00:00Z');
    const warehouse = withOplog(base, store, { user: 'ana', runId: 'load-7', warehouse: 'shop', clock });
    await warehouse.execute?.('CREATE TABLE totals AS SELECT region, sum(amount) AS total FROM orders GROUP BY region');
    expect(await store.operations()).toEqual([
      {
        operationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        ...{ runId: 'load-7', user: 'ana', warehouse: 'shop', parserName: 'duckdb' },
        sql: 'CREATE TABLE totals AS SELECT region, sum(amount) AS total FROM orders GROUP BY region',
        changes: [
          {
            ...{
              kind: 'create_table_as',
              output: ['totals'],
              outputColumns: ['region', 'total'],
              inputs: [['orders']],
            },
            columns: [
              { column: 'region', expression: 'region', inputs: [input('region', 'DIRECT', 'IDENTITY')] },
              { column: 'total', expression: 'SUM(amount)', inputs: [input('amount', 'DIRECT', 'AGGREGATION')] },
              { column: null, expression: 'region', inputs: [input('region', 'INDIRECT', 'GROUP_BY')] },
            ],
          },
        ],
        ...{ rowsAffected: '2', startedAt: '2025-03-01T10:00:00.000Z', finishedAt: '2025-03-01T10:00:00.000Z' },
        ...{ durationMs: expect.any(Number), error: null },
      },
    ]);
  });

  const input = (column: string, type: string, subtype: string) => ({ table: ['orders'], column, type, subtype });

  it('records every kind of change, whichever member it goes through', async () => {
    const operations = await recordedAfter(async (warehouse) => {
      await warehouse.execute?.('CREATE TABLE a AS SELECT * FROM orders');
      await warehouse.executeSample('INSERT INTO a SELECT * FROM orders RETURNING id', 10);
      await warehouse.executeScalar('UPDATE a SET amount = 0 WHERE id = 1');
      await warehouse.execute?.('DELETE FROM a WHERE id = 2');
      await warehouse.execute?.('MERGE INTO a USING orders o ON a.id = o.id WHEN NOT MATCHED THEN INSERT *');
      await warehouse.execute?.('CREATE VIEW v AS SELECT id FROM a');
      await warehouse.execute?.('ALTER TABLE a RENAME TO b').catch(() => {});
      await (await warehouse.snapshot?.())?.executeScalar('CREATE TABLE s AS SELECT 1 AS x');
      await (await warehouse.snapshot?.())?.execute?.('DROP TABLE s');
      await warehouse.execute?.('DROP VIEW v');
    });
    expect(operations.map(({ changes }) => `${changes[0]?.kind} ${changes[0]?.output?.join('.')}`)).toEqual([
      ...['create_table_as a', 'insert a', 'update a', 'delete a', 'merge a', 'create_view v', 'rename b'],
      ...['create_table_as s', 'drop s', 'drop v'],
    ]);
  });

  it('offers nothing that could change a table and that it does not record', () => {
    const wrapped = withOplog(Object.assign(new WritableDuckDb(), { runAnything: async () => {} }), store);
    expect(Object.keys(wrapped)).not.toContain('runAnything');
    expect('runAnything' in wrapped).toBe(false);
  });

  it('leaves out queries, which change nothing, unless asked for them', async () => {
    expect(await recordedAfter((warehouse) => warehouse.executeSample('SELECT max(amount) FROM orders', 1))).toEqual(
      [],
    );
    await withOplog(base, store, { queries: true }).executeScalar('SELECT max(amount) FROM orders');
    expect(summaries(await store.operations())).toEqual(['select undefined null']);
  });

  it('records queries that are not certain to change nothing', async () => {
    await base.execute('CREATE SEQUENCE s');
    const operations = await recordedAfter((warehouse) => warehouse.executeScalar("SELECT nextval('s')"));
    expect(operations).toHaveLength(1);
  });

  it('knows the columns behind a star, also of tables that the statement replaces', async () => {
    const [operation] = await recordedAfter(async (warehouse) =>
      warehouse.execute?.('CREATE OR REPLACE TABLE orders AS SELECT * EXCLUDE (region) FROM orders'),
    );
    expect(operation?.changes[0]?.outputColumns).toEqual(['id', 'amount']);
  });

  it('records what cannot be parsed as other, with the reason', async () => {
    const [operation] = await recordedAfter(async (warehouse) =>
      warehouse.execute?.('FROM orders INSERT nonsense').catch(() => {}),
    );
    expect(operation?.changes).toEqual([
      expect.objectContaining({ kind: 'other', output: null, unresolved: expect.stringContaining('cannot be parsed') }),
    ]);
  });

  it('records a statement that fails with its error, and throws the same error', async () => {
    const warehouse = withOplog(base, store);
    await expect(warehouse.execute?.('INSERT INTO missing SELECT * FROM orders')).rejects.toMatchObject({
      code: 'warehouse/unknown',
    });
    const [operation] = await store.operations();
    expect(operation?.error).toMatchObject({ code: 'warehouse/unknown', message: expect.stringContaining('missing') });
    expect(operation?.rowsAffected).toBeNull();
  });

  it('gives the statements of one warehouse one run id, and each an id of its own', async () => {
    const operations = await recordedAfter(async (warehouse) => {
      await warehouse.execute?.('CREATE TABLE a (x INT)');
      await warehouse.execute?.('DROP TABLE a');
    });
    expect(new Set(operations.map(({ runId }) => runId)).size).toBe(1);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(2);
  });

  it('masks secrets in the SQL, in its lineage and in its error', async () => {
    const [operation] = await recordedAfter(async (warehouse) =>
      warehouse
        .execute?.("ATTACH 'host=db password=hunter22 dbname=x' AS pg (TYPE no_such_type_hunter22)")
        .catch(() => {}),
    );
    expect(JSON.stringify(operation)).not.toContain('hunter22');
    expect(operation?.sql).toContain('password=***');
  });
});

describe('a store that fails', () => {
  const failing: OperationStore = {
    recordOperation: async () => {
      throw new Error('disk full');
    },
    operations: async () => [],
  };

  it('never fails a statement, and is counted', async () => {
    const warehouse = withOplog(base, failing);
    await expect(warehouse.execute?.('CREATE TABLE a AS SELECT 1 AS x')).resolves.toEqual({ rowsAffected: '1' });
    expect(await base.executeScalar('SELECT count(*) FROM a')).toBe('1');
    expect(warehouse.oplog).toMatchObject({ lost: 1, recorded: 0, lastError: { message: 'disk full' } });
  });

  it('never hides the error of the statement', async () => {
    await expect(withOplog(base, failing).execute?.('DROP TABLE nothing')).rejects.toMatchObject({
      code: 'warehouse/unknown',
    });
  });

  it('is not waited for longer than it is worth', async () => {
    const hanging: OperationStore = { ...failing, recordOperation: () => new Promise(() => {}) };
    const warehouse = withOplog(base, hanging, { storeTimeoutMs: 20 });
    await warehouse.execute?.('CREATE TABLE a AS SELECT 1 AS x');
    expect(warehouse.oplog.lost).toBe(1);
  });

  it('that throws before it answers is counted too', async () => {
    const throwing = { ...failing, recordOperation: (): Promise<void> => JSON.parse('{') };
    const warehouse = withOplog(base, throwing);
    await warehouse.execute?.('CREATE TABLE a AS SELECT 1 AS x');
    expect(warehouse.oplog.lost).toBe(1);
  });
});

it('offers what the wrapped warehouse offers, and not more', () => {
  const { contract, dialect, capabilities } = base;
  const least: Warehouse = {
    ...{ contract, dialect, capabilities },
    connect: async () => {},
    executeScalar: async () => null,
    executeSample: async () => [],
  };
  const wrapped = withOplog(least, store);
  for (const member of ['execute', 'snapshot', 'describe', 'close', 'estimate'] as const) {
    expect(wrapped[member], member).toBeUndefined();
  }
});

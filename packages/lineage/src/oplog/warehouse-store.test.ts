import { beforeEach, describe, expect, it } from 'vitest';
import { WritableDuckDb } from './__fixtures__/duckdb-warehouse.js';
import { memoryOperationStore } from './memory-store.js';
import { warehouseOperationStore } from './warehouse-store.js';
import { withOplog } from './with-oplog.js';

let warehouse: WritableDuckDb;
beforeEach(() => {
  warehouse = new WritableDuckDb();
});

describe('operations in a table of the warehouse', () => {
  it('are read back as they were recorded, in order', async () => {
    const [table, memory] = [warehouseOperationStore(warehouse), memoryOperationStore()];
    const both = {
      ...memory,
      recordOperation: async (operation: Parameters<typeof memory.recordOperation>[0]) => {
        await memory.recordOperation(operation);
        await table.recordOperation(operation);
      },
    };
    const logged = withOplog(warehouse, both, { user: "o'brien", runId: 'r1' });
    await logged.execute?.("CREATE TABLE a AS SELECT 'it''s \\ \n \"quoted\" 🎉' AS x");
    await logged.execute?.('DROP TABLE nothing').catch(() => {});
    await logged.execute?.('DROP TABLE a');
    const kept = await table.operations();
    expect(kept).toEqual(await memory.operations());
    expect(kept.map(({ error }) => error === null)).toEqual([true, false, true]);
    expect(await table.operations({ runId: 'other' })).toEqual([]);
  });

  it('stand in columns that people can query', async () => {
    await withOplog(warehouse, warehouseOperationStore(warehouse, { table: ['log'] }), { user: 'ana' }).execute?.(
      'CREATE TABLE a AS SELECT 1 AS x',
    );
    expect(await warehouse.executeSample('SELECT kind, "output", user_name, rows_affected FROM log', 5)).toEqual([
      { kind: 'create_table_as', output: 'a', user_name: 'ana', rows_affected: '1' },
    ]);
  });

  it('are no operations themselves', async () => {
    const table = warehouseOperationStore(warehouse);
    await withOplog(warehouse, table).execute?.('CREATE TABLE a AS SELECT 1 AS x');
    expect(await table.operations()).toHaveLength(1);
  });

  it('cannot be kept through the log that they are for, nor where nothing can be written', async () => {
    const logged = withOplog(warehouse, memoryOperationStore());
    expect(() => warehouseOperationStore(logged)).toThrow('cannot be written through that log');
    const { execute: _, ...reading } = logged;
    expect(() => warehouseOperationStore(reading)).toThrow('open for reading only');
  });
});

import type { Warehouse } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { WritableDuckDb } from '../oplog/__fixtures__/duckdb-warehouse.js';
import { memoryOperationStore } from '../oplog/memory-store.js';
import { runPipeline } from './run-pipeline.js';

const load = {
  name: '01_load.sql',
  sql: "-- the raw rows\nCREATE TABLE raw AS SELECT 1 AS id, 'x;y' AS t;\n\nINSERT INTO raw VALUES (2, 'z');",
};
const build = { name: '02_build.sql', sql: 'CREATE TABLE out AS SELECT count(*) AS n FROM raw' };

describe('a pipeline', () => {
  it('runs the statements of its steps in order and records them under one run id', async () => {
    const [warehouse, store] = [new WritableDuckDb(), memoryOperationStore()];
    const result = await runPipeline(warehouse, [load, build], { store, user: 'ana', runId: 'nightly-1' });
    expect(result).toMatchObject({ runId: 'nightly-1', status: 'completed', notRun: 0, lost: 0 });
    expect(
      result.statements.map(({ location, kind, output, rowsAffected }) => [location, kind, output, rowsAffected]),
    ).toEqual([
      [{ file: '01_load.sql', line: 2, column: 1 }, 'create_table_as', ['raw'], '1'],
      [{ file: '01_load.sql', line: 4, column: 1 }, 'insert', ['raw'], '1'],
      [{ file: '02_build.sql', line: 1, column: 1 }, 'create_table_as', ['out'], '1'],
    ]);
    expect(await warehouse.executeScalar('SELECT n FROM out')).toBe('2');
    const operations = await store.operations({ runId: 'nightly-1' });
    expect(operations.map(({ user }) => user)).toEqual(['ana', 'ana', 'ana']);
    expect(operations[2]?.changes[0]?.inputs).toEqual([['raw']]);
  });

  it('stops at the first failure and says where it is', async () => {
    const broken = {
      name: '02_broken.sql',
      sql: 'SELECT 1;\nCREATE TABLE a AS SELECT * FROM missing;\nDROP TABLE raw',
    };
    const seen: string[] = [];
    const result = await runPipeline(new WritableDuckDb(), [load, broken, build], {
      onStatement: ({ location: { file, line }, status }) => seen.push(`${file}:${line} ${status}`),
    });
    expect(seen).toEqual([
      '01_load.sql:2 completed',
      '01_load.sql:4 completed',
      '02_broken.sql:1 completed',
      '02_broken.sql:2 failed',
    ]);
    expect(result).toMatchObject({ status: 'failed', notRun: 2 });
    expect(result.statements.at(-1)?.error).toMatchObject({ message: expect.stringContaining('missing') });
  });

  it('records the statement that failed, and leaves out queries', async () => {
    const store = memoryOperationStore();
    await runPipeline(new WritableDuckDb(), [{ name: 'a', sql: 'SELECT 1; DROP TABLE missing' }], { store });
    expect((await store.operations()).map(({ error }) => error?.code)).toEqual(['warehouse/unknown']);
  });

  it('refuses transactions before anything runs', async () => {
    const warehouse = new WritableDuckDb();
    const steps = [load, { name: 'b.sql', sql: '\n  BEGIN; DELETE FROM raw; COMMIT' }];
    await expect(runPipeline(warehouse, steps)).rejects.toMatchObject({
      code: 'lineage/invalid',
      location: { file: 'b.sql', line: 2, column: 3 },
    });
    await expect(warehouse.executeScalar('SELECT count(*) FROM raw')).rejects.toThrow('raw');
  });

  it('refuses a warehouse that is open for reading only', async () => {
    const { contract, dialect, capabilities } = new WritableDuckDb();
    const reading: Warehouse = {
      ...{ contract, dialect, capabilities },
      connect: async () => {},
      executeScalar: async () => null,
      executeSample: async () => [],
    };
    await expect(runPipeline(reading, [load])).rejects.toMatchObject({ hint: expect.stringContaining('read_write') });
  });

  it('goes on where the store fails, and counts what is lost', async () => {
    const store = { ...memoryOperationStore(), recordOperation: () => Promise.reject(new Error('disk full')) };
    expect(await runPipeline(new WritableDuckDb(), [load, build], { store })).toMatchObject({
      status: 'completed',
      lost: 3,
    });
  });

  it('does nothing for steps without statements', async () => {
    const steps = [{ name: 'empty.sql', sql: '-- nothing yet\n ;; ' }];
    expect(await runPipeline(new WritableDuckDb(), steps)).toMatchObject({ status: 'completed', statements: [] });
  });
});

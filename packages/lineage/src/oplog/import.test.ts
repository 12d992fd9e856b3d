import { expect, it } from 'vitest';
import { GraphBuilder } from '../graph/graph-builder.js';
import type { LineageGraph } from '../graph/lineage-graph.js';
import { WritableDuckDb } from './__fixtures__/duckdb-warehouse.js';
import { importOperations } from './import.js';
import { memoryOperationStore } from './memory-store.js';
import { withOplog } from './with-oplog.js';

const graphAfter = async (...statements: readonly string[]): Promise<LineageGraph> => {
  const store = memoryOperationStore();
  const warehouse = withOplog(new WritableDuckDb(), store, { warehouse: 'shop', runId: 'r1' });
  for (const sql of statements) await warehouse.execute?.(sql).catch(() => {});
  const builder = new GraphBuilder();
  importOperations(await store.operations(), { builder, source: 'oplog' });
  return builder.build();
};

const operationsOf = (graph: LineageGraph) =>
  [...graph.operations()].map(({ kind, runId, rowsWritten, status, origin }) => ({
    kind,
    runId,
    rowsWritten,
    status,
    origin,
  }));

it('makes operations with their runs, datasets with their columns, and edges between columns', async () => {
  const graph = await graphAfter(
    'CREATE TABLE raw AS SELECT 1 AS id, 2 AS amount',
    'CREATE VIEW big AS SELECT id FROM raw WHERE amount > 1',
  );
  expect(operationsOf(graph)).toEqual([
    { kind: 'create_table_as', runId: 'r1', rowsWritten: '1', status: 'completed', origin: 'oplog' },
    { kind: 'create_view', runId: 'r1', rowsWritten: null, status: 'completed', origin: 'oplog' },
  ]);
  const datasets = graph.datasets.map(({ name, kind, columns, warehouse }) => [
    name,
    kind,
    columns.map((column) => column.name),
    warehouse,
  ]);
  expect(datasets).toEqual([
    ['raw', 'table', ['id', 'amount'], 'shop'],
    ['big', 'view', ['id'], 'shop'],
  ]);
});

it('takes a statement that ran twice for one operation, and two statements for two', async () => {
  const graph = await graphAfter(
    ...[
      'CREATE TABLE a (x INT)',
      "INSERT INTO a SELECT 1 WHERE 'mon' = 'mon'",
      "INSERT INTO a SELECT 2 WHERE 'tue' = 'tue'",
    ],
    'INSERT INTO a SELECT x + 1 FROM a',
  );
  expect(operationsOf(graph).map(({ kind }) => kind)).toEqual(['create_table', 'insert', 'insert']);
});

it('leaves out what failed, says so, and knows what was dropped', async () => {
  const graph = await graphAfter(
    'CREATE TABLE a AS SELECT 1 AS x',
    'CREATE TABLE b AS SELECT * FROM missing',
    'CREATE VIEW v AS SELECT x FROM a',
    'DROP VIEW v',
    'DROP TABLE a',
  );
  expect(graph.datasets.map(({ name, kind, isDropped }) => [name, kind, isDropped])).toEqual([
    ['a', 'table', true],
    ['v', 'view', true],
  ]);
  expect(graph.problems.map(({ message }) => message)).toContainEqual(
    expect.stringContaining('a statement that failed is left out'),
  );
});

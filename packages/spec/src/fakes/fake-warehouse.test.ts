import { describe, expect, it } from 'vitest';
import type { Dialect } from '../dialect.js';
import type { Row } from '../json.js';
import type { TableDescription, TableName } from '../table.js';
import type { StatementReport } from '../warehouse.js';
import { FakeWarehouse } from './fake-warehouse.js';

const dialect: Dialect = {
  contract: 'dialect/v1',
  name: 'words',
  parserName: 'duckdb',
  strategy: {
    maxStatementBytes: 1000,
    maxMeasures: 10,
    hashBeforeKeyCounts: false,
    sideBySide: false,
    foldFilters: false,
    standsAlone: () => false,
  },
  quoteIdentifier: (name) => name,
  tableName: (table) => JSON.stringify(table),
  expression: ({ kind }) => kind,
  statement: ({ kind }) => kind,
  columnType: (native) => ({ kind: 'other', native }),
  describeSql: () => 'describe',
};

const orders: TableName = { kind: 'named', parts: ['orders'] };
const description: TableDescription = { table: orders, kind: 'table', columns: [] };

const answering = (rows: readonly Row[]) => new FakeWarehouse({ dialect, tables: [description], answer: () => rows });

describe('a fake warehouse', () => {
  it('gives no more rows than were asked for', async () => {
    expect(await answering([{ a: 1 }, { a: 2 }, { a: 3 }]).executeSample('rows', 2)).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('gives the first column of the first row as a scalar', async () => {
    expect(await answering([{ a: '7', b: 8 }, { a: '9' }]).executeScalar('count')).toBe('7');
  });

  it.each([
    ['there is no row', []],
    ['the row has no column', [{}]],
    ['the value is NULL', [{ a: null }]],
  ])('gives null as a scalar when %s', async (_name, rows) => {
    expect(await answering(rows).executeScalar('count')).toBeNull();
  });

  it('remembers statements in the order in which they arrived', async () => {
    const warehouse = answering([]);
    await warehouse.executeScalar('first');
    await warehouse.executeSample('second', 5);
    expect(warehouse.statements).toEqual(['first', 'second']);
  });

  it('fails with what the answer threw', async () => {
    const answer = () => {
      throw new Error('no such table');
    };
    await expect(new FakeWarehouse({ dialect, answer }).executeSample('rows', 1)).rejects.toThrow('no such table');
  });

  it('reports each statement to whoever counts', async () => {
    const reports: StatementReport[] = [];
    await answering([]).executeSample('rows', 1, { onStatement: (report) => reports.push(report) });
    expect(reports).toEqual([{ durationMs: 0 }]);
  });

  it('sends nothing once the run was stopped', async () => {
    const warehouse = answering([]);
    const signal = AbortSignal.abort();
    await expect(warehouse.executeScalar('count', { signal })).rejects.toMatchObject({ code: 'warehouse/cancelled' });
    expect(warehouse.statements).toEqual([]);
  });

  it('describes its tables, counts how often, and knows no others', async () => {
    const warehouse = answering([]);
    expect(await warehouse.describe(orders)).toBe(description);
    expect(await warehouse.describe({ kind: 'named', parts: ['customers'] })).toBeUndefined();
    expect(warehouse.describes).toBe(2);
    expect(await warehouse.listTables()).toEqual([orders]);
  });

  it('has the capabilities it was given', () => {
    const capabilities = { statistics: { support: 'full' }, concurrency: 1 } as const;
    const warehouse = new FakeWarehouse({ dialect, capabilities, answer: () => [] });
    expect(warehouse.capabilities).toMatchObject({ ...capabilities, describe: { support: 'full' } });
  });
});

import { join } from 'node:path';
import { Catalog } from '@aegis/engine';
import { duckdb } from '@aegis/warehouse-duckdb';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { testProject } from '../../testing/test-project.js';
import type { TableSource } from './measure.js';
import { profileTable } from './profile-table.js';
import type { ColumnProfile } from './table-profile.js';

/** A data file in a warehouse of its own; its statements are kept. */
const sourceOf = async (
  csv: string,
  signal?: AbortSignal,
): Promise<TableSource & { readonly sent: () => readonly string[] }> => {
  const { cwd } = await testProject({ 'data.csv': csv });
  const path = join(cwd, 'data.csv');
  const warehouse = duckdb({ files: [path] });
  onTestFinished(() => warehouse.close?.());
  const spy = vi.spyOn(warehouse, 'executeSample');
  return {
    sent: () => spy.mock.calls.map(([sql]) => sql),
    table: { kind: 'file', path, format: 'csv', written: 'data.csv' },
    warehouse,
    warehouseName: 'duckdb',
    catalog: new Catalog(warehouse),
    execution: {
      ...{ runId: 'r', now: '2026-01-15T12:00:00Z', timezone: 'UTC', project: 'p', signal },
      loadGuard: async () => Promise.reject(new Error('no SQL is checked here')),
    },
  };
};

const rows = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');

const column = (columns: readonly ColumnProfile[], name: string): ColumnProfile | undefined =>
  columns.find((each) => each.name === name);

describe('the profile of a small table', () => {
  it('has counts, bounds and every value', async () => {
    const source = await sourceOf(
      'id,price,state,day,flag\n1,1.5,open,2026-01-01,true\n2,,shut,2026-01-03,false\n3,2.5,open,,true\n',
    );
    const { rows: count, columns } = await profileTable(source);
    expect(count).toBe(3);
    expect(column(columns, 'id')).toMatchObject({ kind: 'integer', nonNull: 3, min: '1', max: '3', distinct: 3 });
    expect(column(columns, 'price')).toMatchObject({ nonNull: 2, nonFinite: 0, mean: '2' });
    expect(column(columns, 'state')).toMatchObject({
      blank: 0,
      values: [
        { value: 'open', rows: 2 },
        { value: 'shut', rows: 1 },
      ],
    });
    expect(column(columns, 'day')).toMatchObject({ kind: 'date', min: '2026-01-01', max: '2026-01-03', nonNull: 2 });
  });

  it('is one scan and a look at the first rows', async () => {
    const source = await sourceOf('id,state\n1,open\n2,shut\n');
    await profileTable(source);
    expect(source.sent()).toHaveLength(2);
    expect(source.sent().some((sql) => sql.includes('LIMIT 1000'))).toBe(true);
  });

  it('of no rows has no values', async () => {
    expect(await profileTable(await sourceOf('id,state\n'))).toMatchObject({
      rows: 0,
      columns: [
        { name: 'id', nonNull: 0, values: [], examples: [] },
        { name: 'state', nonNull: 0 },
      ],
    });
  });
});

describe('the profile of a table that is not read whole', () => {
  const large = `id,state,note,amount\n${rows(2000, (index) => `${index},${index % 4 === 0 ? 'open' : 'shut'},note ${index},${index % 7}`)}`;

  it('counts values only where the first rows say that it is worth it', async () => {
    const source = await sourceOf(large);
    const { columns, notes } = await profileTable(source);
    expect(column(columns, 'id')).toMatchObject({ distinct: 2000, values: [] });
    expect(column(columns, 'state')).toMatchObject({
      distinct: 2,
      values: [
        { value: 'shut', rows: 1500 },
        { value: 'open', rows: 500 },
      ],
    });
    expect(column(columns, 'note')).toMatchObject({ distinct: 2000, values: [] });
    expect(column(columns, 'amount')?.distinct).toBeUndefined();
    expect(source.sent().filter((sql) => sql.includes('"amount"') && sql.includes('GROUP BY'))).toEqual([]);
    expect(notes).toEqual([]);
  });

  it('keeps the values of a column with many of them to itself', async () => {
    const { columns } = await profileTable(
      await sourceOf(`kind\n${rows(3000, (index) => (index < 1000 ? 'a' : `k${index % 40}`))}`),
    );
    expect(column(columns, 'kind')).toMatchObject({ distinct: 41, values: [] });
  });
});

describe('profiling', () => {
  it('ends when it is cancelled', async () => {
    await expect(profileTable(await sourceOf('id\n1\n', AbortSignal.abort()))).rejects.toMatchObject({
      code: 'warehouse/cancelled',
    });
  });

  it('names the table that was probably meant', async () => {
    const source = await sourceOf('id\n1\n');
    await expect(profileTable({ ...source, table: { kind: 'named', parts: ['nosuch'] } })).rejects.toMatchObject({
      code: 'plan/missing-table',
    });
  });

  it('counts values that are no numbers apart from those that are', async () => {
    const { columns } = await profileTable(await sourceOf('x\n1.5\nNaN\n2.5\ninf\n'));
    expect(column(columns, 'x')).toMatchObject({ kind: 'float', nonNull: 4, nonFinite: 2, min: '1.5', max: '2.5' });
  });
});

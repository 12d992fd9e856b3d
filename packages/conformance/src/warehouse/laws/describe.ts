import type { CaseColumnType } from '@aegis/rules';
import type { ColumnKind, TableName } from '@aegis/spec';
import { describe, expect } from 'vitest';
import { lawOf } from '../law.js';
import type { Stage } from '../stage.js';
import type { SeedTables, WarehouseKit } from '../warehouse-kit.js';

const kinds: { readonly [type in CaseColumnType]: readonly ColumnKind[] } = {
  integer: ['integer'],
  bigint: ['integer'],
  'decimal(38,10)': ['decimal'],
  double: ['float'],
  text: ['text'],
  boolean: ['boolean'],
  date: ['date'],
  timestamp: ['timestamp'],
  timestamptz: ['timestamptz'],
};
const types = Object.keys(kinds) as readonly CaseColumnType[];

const hostileColumns = [
  'a"b',
  "c'd",
  'e.f',
  'g;--',
  'select',
  ' ',
  'UPPER',
  'Mixed Case',
  'é漢🦆',
  '$1',
  '%s',
  'h`i',
  'j\\k',
  'l-m',
  "né<n'o>#p",
];

const oddTables = ['it\'s "odd".name; --', 'odd näme-2'];

const allowed = (names: readonly string[], of: 'table' | 'column', { allowsName }: WarehouseKit): readonly string[] =>
  names.filter((name) => allowsName?.(name, of) ?? true);

export const describeTables = (kit: WarehouseKit): SeedTables => {
  const columns = allowed(hostileColumns, 'column', kit);
  return {
    every_type: { columns: Object.fromEntries(types.map((type) => [type.replace(/\W.*/, ''), type])), rows: [] },
    hostile: {
      columns: Object.fromEntries(columns.map((name) => [name, 'integer' as const])),
      rows: [columns.map((_, index) => index)],
    },
    ...Object.fromEntries(
      allowed(oddTables, 'table', kit).map((name) => [name, { columns: { x: 'integer' as const }, rows: [[42]] }]),
    ),
  };
};

export const describeLaws = (stage: Stage, kit: WarehouseKit): void => {
  const columns = allowed(hostileColumns, 'column', kit);
  const described = async (table: TableName) => stage.warehouse.describe?.(table);

  describe('describe', () => {
    lawOf('describe', stage, 'gives the columns in table order with their kinds', async () => {
      const found = await described(stage.tableOf('every_type'));
      expect(found?.kind).toBe('table');
      expect(found?.columns.map(({ name }) => name)).toEqual(types.map((type) => type.replace(/\W.*/, '')));
      for (const [index, type] of types.entries()) expect(kinds[type]).toContain(found?.columns[index]?.type.kind);
    });

    lawOf('describe', stage, 'is undefined for a table that does not exist', async () => {
      expect(await described({ kind: 'named', parts: ['no_such_table_here'] })).toBeUndefined();
      expect(await described({ kind: 'named', parts: ['no_such_schema', 'no_such_table_here'] })).toBeUndefined();
    });

    lawOf('describe', stage, 'finds a table without case and names it as the warehouse spells it', async () => {
      const table = stage.tableOf('every_type');
      if (table.kind !== 'named') return;
      const found = await described({ kind: 'named', parts: table.parts.map((part) => part.toUpperCase()) });
      expect(found?.columns).toHaveLength(types.length);
      const sql = `SELECT count(*) FROM ${stage.warehouse.dialect.tableName(found?.table ?? table)}`;
      expect(await stage.warehouse.executeScalar(sql)).toBe('0');
    });

    lawOf('describe', stage, 'keeps column names that need quoting, and they can be read', async () => {
      const found = await described(stage.tableOf('hostile'));
      expect(found?.columns.map(({ name }) => name)).toEqual(columns);
      const rows = await stage.rows(
        {
          kind: 'rows',
          from: { table: stage.tableOf('hostile') },
          columns: found?.columns.map(({ name, type }) => ({ kind: 'column', name, type })),
          limit: 5,
        },
        5,
      );
      expect(rows).toHaveLength(1);
      expect(Object.entries(rows[0] ?? {}).map(([name, cell]) => [name, Number(cell)])).toEqual(
        columns.map((name, index) => [name, index]),
      );
    });

    lawOf('describe', stage, 'finds a table whose name needs quoting', async () => {
      for (const table of allowed(oddTables, 'table', kit)) {
        const found = await described(stage.tableOf(table));
        expect(found?.columns.map(({ name }) => name)).toEqual(['x']);
        expect(Number(await stage.warehouse.executeScalar(`SELECT x FROM ${stage.sqlOf(table)}`))).toBe(42);
      }
    });

    lawOf('describe', stage, 'has tables to suggest, where it lists them', async ({ skip }) => {
      if (!stage.warehouse.listTables) skip('the warehouse lists no tables');
      const listed = (await stage.warehouse.listTables?.()) ?? [];
      const lastParts = listed.map((table) => (table.kind === 'named' ? table.parts.at(-1) : table.path));
      const every = stage.tableOf('every_type');
      expect(lastParts).toContain(every.kind === 'named' ? every.parts.at(-1) : every.path);
    });
  });
};

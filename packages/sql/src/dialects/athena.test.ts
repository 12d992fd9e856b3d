import type { ColumnExpression, ScopedRelation, Statement, TableName } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { countAll } from '../build.js';
import { athenaDialect, athenaDialectAt } from './athena.js';

const orders: TableName = { kind: 'named', parts: ['shop', 'orders'] };
const view: TableName = { kind: 'named', parts: ['shop', 'recent'] };

describe('a dialect of one moment', () => {
  const dialect = athenaDialectAt('2026-01-15T12:00:00.123456Z', (table) => table === orders);
  const past = `"shop"."orders" FOR TIMESTAMP AS OF TIMESTAMP '2026-01-15 12:00:00.123456 UTC'`;
  const counting = (from: ScopedRelation): Statement => ({
    kind: 'aggregate',
    from,
    measures: [{ alias: 'm0', expression: countAll() }],
  });

  it('reads tables as they were, and views as they are', () => {
    expect(dialect.statement(counting({ table: orders }))).toBe(`SELECT count(*) AS m0 FROM ${past}`);
    expect(dialect.statement(counting({ table: view }))).toBe('SELECT count(*) AS m0 FROM "shop"."recent"');
  });

  it('reads a parent table of the same moment, under its alias', () => {
    const keys = [{ kind: 'column', name: 'id', type: { kind: 'integer', native: 'bigint' } }] as const;
    const sql = dialect.statement({
      kind: 'unmatched_counts',
      from: { table: view },
      keys,
      reference: orders,
      referenceKeys: keys,
    });
    expect(sql).toContain(`FROM ${past} AS p WHERE`);
  });

  it('names a table that is to be changed as it is', () => {
    expect(dialect.tableName(orders)).toBe('"shop"."orders"');
  });
});

describe('rows that are shown', () => {
  const column = (name: string, native: string): ColumnExpression => ({
    kind: 'column',
    name,
    type: athenaDialect.columnType(native),
  });
  const rows = (...columns: readonly ColumnExpression[]) =>
    athenaDialect.statement({ kind: 'rows', from: { table: view }, columns, limit: 5 });

  it.each(['array<string>', 'array(row(a bigint))', 'map<string,int>', 'struct<a:timestamp>'])(
    'have lists, rows and maps as JSON: %s',
    (native) => {
      expect(rows(column('x', 'bigint'), column('n', native))).toBe(
        'SELECT "x", CAST("n" AS JSON) AS "n" FROM "shop"."recent" LIMIT 5',
      );
    },
  );

  it.each(['array<binary>', 'row(a timestamp(6) with time zone)', 'map(char(2), time(3))'])(
    'have those that cannot be JSON as they are: %s',
    (native) => {
      expect(rows(column('n', native))).toBe('SELECT "n" FROM "shop"."recent" LIMIT 5');
    },
  );
});

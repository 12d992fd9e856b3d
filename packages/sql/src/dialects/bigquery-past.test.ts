import type { ScopedRelation, Statement, TableName } from '@aegis/spec';
import { expect, it } from 'vitest';
import { countAll } from '../build.js';
import { bigqueryDialectAt } from './bigquery.js';

const orders: TableName = { kind: 'named', parts: ['shop', 'orders'] };
const view: TableName = { kind: 'named', parts: ['shop', 'recent'] };
const dialect = bigqueryDialectAt('2026-01-15T12:00:00.123456Z', (table) => table === orders);
const past = "(SELECT * FROM `shop`.`orders` FOR SYSTEM_TIME AS OF TIMESTAMP '2026-01-15 12:00:00.123456+00')";
const counting = (from: ScopedRelation): Statement => ({
  kind: 'aggregate',
  from,
  measures: [{ alias: 'm0', expression: countAll() }],
});

it('reads tables as they were, and views as they are', () => {
  expect(dialect.statement(counting({ table: orders }))).toBe(`SELECT count(*) AS m0 FROM ${past}`);
  expect(dialect.statement(counting({ table: view }))).toBe('SELECT count(*) AS m0 FROM `shop`.`recent`');
});

it('reads a parent table of the same moment, under its alias', () => {
  const keys = [{ kind: 'column', name: 'id', type: { kind: 'integer', native: 'INT64' } }] as const;
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
  expect(dialect.tableName(orders)).toBe('`shop`.`orders`');
});

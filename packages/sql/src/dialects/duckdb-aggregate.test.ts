import type { ColumnExpression, ScopedRelation, Statement } from '@aegis/spec';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aggregate, compare, countAll, countIf, literal } from '../build.js';
import { openDuckDb } from '../testing/duckdb.js';
import { duckdbDialect } from './duckdb.js';

const x: ColumnExpression = { kind: 'column', name: 'x', type: { kind: 'integer', native: 'BIGINT' } };
const table: ScopedRelation = { table: { kind: 'named', parts: ['t'] } };

const measuring = (from: ScopedRelation): Statement => ({
  kind: 'aggregate',
  from,
  measures: [
    countAll(),
    countIf(compare(x, '<', literal('integer', '3'))),
    aggregate('max', x),
    aggregate('max', x, compare(x, '<', literal('integer', '3'))),
  ].map((expression, index) => ({ alias: `m${index}`, expression })),
});

const mentions = (from: ScopedRelation) => duckdbDialect.statement(measuring(from)).split(' FROM ').length - 1;

describe('an aggregate statement', () => {
  it('asks apart what zone maps decide, and gives the same figures', async () => {
    const duckdb = await openDuckDb('CREATE TABLE t AS SELECT i AS x FROM range(10) r(i)', 'CREATE VIEW v AS FROM t');
    onTestFinished(() => duckdb.close());
    expect(mentions(table)).toBe(3);
    const view = { table: { kind: 'named', parts: ['v'] }, isView: true } as const;
    const [apart] = await duckdb.rows(duckdbDialect.statement(measuring(table)));
    const [together] = await duckdb.rows(duckdbDialect.statement(measuring(view)));
    expect(Object.values(apart ?? {}).map(String)).toEqual(['10', '3', '9', '2']);
    expect(Object.values(together ?? {}).map(String)).toEqual(['10', '3', '9', '2']);
  });

  it('mentions once what is costly to read again: a view, a file of text, a scope', () => {
    expect(mentions({ ...table, isView: true })).toBe(1);
    expect(mentions({ table: { kind: 'file', path: '/t.csv', format: 'csv' } })).toBe(1);
    expect(mentions({ ...table, where: { kind: 'user_sql', sql: 'x > 1', columns: ['x'] } })).toBe(1);
    expect(mentions({ table: { kind: 'file', path: '/t.parquet', format: 'parquet' } })).toBe(3);
  });
});

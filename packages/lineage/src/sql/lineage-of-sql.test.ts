import { describe, expect, it } from 'vitest';
import { edgesOf } from './__fixtures__/edges.js';
import { lineageOfSql } from './index.js';

const edges = async (sql: string, schema: { readonly [table: string]: readonly string[] } = {}) => {
  const statements = await lineageOfSql(sql, {
    parserName: 'duckdb',
    schema: (table) => schema[table.join('.')],
  });
  return statements.map(edgesOf);
};

describe('lineage of SQL', () => {
  it('tells what each column is made of, and what decides about rows', async () => {
    expect(
      await edges('CREATE TABLE o AS SELECT t.a, sum(t.b) AS s FROM t JOIN u ON t.k = u.k WHERE u.c > 1 GROUP BY t.a'),
    ).toEqual([
      [
        'create_table_as o < t, u',
        'a: t.a IDENTITY',
        's: t.b AGGREGATION',
        '*: t.a GROUP_BY, t.k JOIN, u.c FILTER, u.k JOIN',
      ],
    ]);
  });

  it('knows the columns of tables that earlier statements made', async () => {
    expect(await edges('CREATE TABLE o AS SELECT a, b FROM t; CREATE VIEW v AS SELECT * FROM o')).toEqual([
      ['create_table_as o < t', 'a: t.a IDENTITY', 'b: t.b IDENTITY'],
      ['create_view v < o', 'a: o.a IDENTITY', 'b: o.b IDENTITY'],
    ]);
  });

  it('leaves a column unresolved that any of several unknown tables may have', async () => {
    expect(await edges('CREATE VIEW v AS SELECT a, t.b FROM t, u')).toEqual([
      ['create_view v < t, u', 'a: ?', 'b: t.b IDENTITY'],
    ]);
  });

  it('names the place and the reason of what cannot be parsed', async () => {
    const [first, second] = await lineageOfSql('SELECT FROM WHERE; DROP TABLE t', { parserName: 'duckdb' });
    expect(first).toMatchObject({ kind: 'other', unresolved: expect.stringContaining('cannot be parsed') });
    expect(second).toMatchObject({ kind: 'drop', output: ['t'] });
  });

  it('refuses a grammar that does not exist', async () => {
    await expect(lineageOfSql('SELECT 1', { parserName: 'klingon' })).rejects.toMatchObject({ reason: 'forbidden' });
  });
});

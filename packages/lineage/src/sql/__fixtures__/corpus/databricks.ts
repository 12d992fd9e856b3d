import type { StatementCase } from './statement-case.js';

export const databricksCases: readonly StatementCase[] = [
  {
    title: 'explode in FROM and in the select list',
    sql: 'CREATE TABLE o AS SELECT id, e FROM t LATERAL VIEW explode(items) x AS e; SELECT id, explode(items) AS e FROM t',
    schema: { t: 'id items' },
    edges: [
      ...['create_table_as o < t', 'id: t.id IDENTITY', 'e: t.items TRANSFORMATION', '*: t.items JOIN'],
      ...['select < t', 'id: t.id IDENTITY', 'e: t.items TRANSFORMATION', '*: t.items JOIN'],
    ],
  },
  {
    title: 'MERGE with stars',
    sql: 'MERGE INTO c.s.t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *',
    schema: { u: 'id v' },
    edges: ['merge c.s.t < c.s.t, u', 'id: u.id IDENTITY', 'v: u.v IDENTITY', '*: c.s.t.id JOIN, u.id JOIN'],
  },
  {
    title: 'PIVOT with several aggregates',
    sql: "SELECT * FROM sales PIVOT (sum(amount) AS total, max(amount) AS most FOR month IN ('jan' AS jan))",
    schema: { sales: 'shop month amount' },
    edges: [
      'select < sales',
      'shop: sales.shop IDENTITY',
      'jan_total: sales.amount AGGREGATION, sales.month CONDITIONAL',
      'jan_most: sales.amount AGGREGATION, sales.month CONDITIONAL',
      '*: sales.shop GROUP_BY',
    ],
  },
  {
    title: 'aliases that later expressions use, and a semi join',
    sql: 'SELECT a + 1 AS b, b * 2 AS c FROM t LEFT SEMI JOIN u ON t.k = u.k',
    schema: { t: 'a k', u: 'k b' },
    edges: ['select < t, u', 'b: t.a TRANSFORMATION', 'c: t.a TRANSFORMATION', '*: t.k JOIN, u.k JOIN'],
  },
  {
    title: 'INSERT OVERWRITE and COPY INTO',
    sql: "INSERT OVERWRITE t SELECT b, a FROM s; COPY INTO t FROM 's3://b/in' FILEFORMAT = CSV",
    schema: { t: 'x y' },
    edges: [...['insert t < s', 'x: s.b IDENTITY', 'y: s.a IDENTITY'], ...['copy t < s3://b/in', 'x: ?', 'y: ?']],
  },
  {
    title: 'UPDATE with a correlated sub-query',
    sql: 'UPDATE t SET a = (SELECT max(s.b) FROM s WHERE s.id = t.id) WHERE t.c',
    edges: ['update t < s, t', 'a: s.b AGGREGATION, s.id FILTER, t.id FILTER', '*: t.c FILTER'],
  },
];

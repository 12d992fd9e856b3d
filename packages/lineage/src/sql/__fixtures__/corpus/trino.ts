import type { StatementCase } from './statement-case.js';

export const trinoCases: readonly StatementCase[] = [
  {
    title: 'UNNEST of several lists with a counter',
    sql: 'CREATE TABLE o AS SELECT t.id, u.x, u.y, u.n FROM t CROSS JOIN UNNEST(a, b) WITH ORDINALITY AS u (x, y, n)',
    edges: [
      'create_table_as o < t',
      'id: t.id IDENTITY',
      'x: t.a TRANSFORMATION',
      'y: t.b TRANSFORMATION',
      'n:',
      '*: t.a JOIN, t.b JOIN',
    ],
  },
  {
    title: 'columns without a name and shared columns in front',
    sql: "CREATE TABLE o WITH (format = 'ORC') AS SELECT *, x + y FROM a JOIN b USING (k)",
    schema: { a: 'x k', b: 'k y' },
    edges: [
      'create_table_as o < a, b',
      'k: a.k IDENTITY',
      'x: a.x IDENTITY',
      'y: b.y IDENTITY',
      '_col1: a.x TRANSFORMATION, b.y TRANSFORMATION',
      '*: a.k JOIN, b.k JOIN',
    ],
  },
  {
    title: 'grouping sets',
    sql: 'SELECT a, b, sum(c) AS s FROM t GROUP BY GROUPING SETS ((a), (a, b), ())',
    edges: ['select < t', 'a: t.a IDENTITY', 'b: t.b IDENTITY', 's: t.c AGGREGATION', '*: t.a GROUP_BY, t.b GROUP_BY'],
  },
  {
    title: 'lambdas and rows',
    sql: 'SELECT transform(l, x -> x + b) AS moved, reduce(l, 0, (s, x) -> s + x, s -> s) AS total FROM t',
    edges: ['select < t', 'moved: t.b TRANSFORMATION, t.l TRANSFORMATION', 'total: t.l TRANSFORMATION'],
  },
  {
    title: 'MERGE and DELETE',
    sql: `MERGE INTO h.t USING (SELECT id, v FROM s WHERE ok) x ON t.id = x.id WHEN MATCHED THEN UPDATE SET v = x.v + t.v
          WHEN NOT MATCHED THEN INSERT (id, v) VALUES (x.id, x.v); DELETE FROM h.t WHERE id IN (SELECT id FROM gone)`,
    edges: [
      'merge h.t < h.t, s',
      'v: h.t.v TRANSFORMATION, s.v IDENTITY, s.v TRANSFORMATION',
      'id: s.id IDENTITY',
      '*: h.t.id JOIN, s.id JOIN, s.ok FILTER',
      ...['delete h.t < gone, h.t', '*: gone.id FILTER, h.t.id FILTER'],
    ],
  },
  {
    title: 'a view with a common table expression that has column names',
    sql: 'CREATE VIEW v AS WITH c (p, q) AS (SELECT a, max(b) FROM t GROUP BY a) SELECT q FROM c WHERE p > 1',
    edges: ['create_view v < t', 'q: t.b AGGREGATION', '*: t.a FILTER, t.a GROUP_BY'],
  },
];

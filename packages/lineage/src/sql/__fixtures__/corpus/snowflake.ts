import type { StatementCase } from './statement-case.js';

export const snowflakeCases: readonly StatementCase[] = [
  {
    title: 'FLATTEN and paths into variants',
    sql: `CREATE TABLE o AS SELECT t.id, f.value:name::string AS name, f.index AS i FROM t, LATERAL FLATTEN(input => t.doc:items) f`,
    edges: [
      'create_table_as o < t',
      'id: t.id IDENTITY',
      'name: t.doc TRANSFORMATION',
      'i: t.doc TRANSFORMATION',
      '*: t.doc JOIN',
    ],
  },
  {
    title: 'QUALIFY, IFF, DECODE and NVL2',
    sql: `SELECT IFF(a, b, c) AS x, DECODE(d, 1, e, f) AS y, NVL2(g, h, i) AS z FROM t
          QUALIFY ROW_NUMBER() OVER (PARTITION BY j ORDER BY k) = 1`,
    edges: [
      'select < t',
      'x: t.a CONDITIONAL, t.b TRANSFORMATION, t.c TRANSFORMATION',
      'y: t.d CONDITIONAL, t.e TRANSFORMATION, t.f TRANSFORMATION',
      'z: t.g CONDITIONAL, t.h TRANSFORMATION, t.i TRANSFORMATION',
      '*: t.j FILTER, t.k FILTER',
    ],
  },
  {
    title: 'recursion without the word',
    sql: `CREATE VIEW v AS WITH r AS (SELECT id, boss, 1 AS depth FROM people WHERE boss IS NULL
          UNION ALL SELECT p.id, p.boss, r.depth + 1 FROM people p JOIN r ON p.boss = r.id) SELECT id, depth FROM r`,
    edges: [
      'create_view v < people',
      'id: people.id IDENTITY',
      'depth:',
      '*: people.boss FILTER, people.boss JOIN, people.id JOIN',
    ],
  },
  {
    title: 'INSERT into several tables',
    sql: 'INSERT ALL INTO a (x) VALUES (p) INTO b (y, z) VALUES (q + 1, p) SELECT p, q FROM s',
    edges: [...['insert a < s', 'x: s.p IDENTITY'], ...['insert b < s', 'y: s.q TRANSFORMATION', 'z: s.p IDENTITY']],
  },
  {
    title: 'COPY INTO from a stage, whose positions have no names',
    sql: 'COPY INTO t (a, b) FROM (SELECT $1, $2 FROM @stage/x); COPY INTO t FROM @stage/y',
    schema: { t: 'a b' },
    edges: [...['copy t', 'a: ?', 'b: ?'], ...['copy t < @stage/y', 'a: ?', 'b: ?']],
  },
  {
    title: 'PIVOT with names for its columns, and a clone',
    sql: "CREATE VIEW v AS SELECT * FROM sales PIVOT (SUM(amount) FOR month IN ('jan', 'feb')) AS p (shop, j, f); CREATE TABLE c CLONE sales",
    schema: { sales: 'shop month amount' },
    edges: [
      'create_view v < sales',
      'shop: sales.shop IDENTITY',
      'j: sales.amount AGGREGATION, sales.month CONDITIONAL',
      'f: sales.amount AGGREGATION, sales.month CONDITIONAL',
      '*: sales.shop GROUP_BY',
      ...[
        'create_table_as c < sales',
        'shop: sales.shop IDENTITY',
        'month: sales.month IDENTITY',
        'amount: sales.amount IDENTITY',
      ],
    ],
  },
  {
    title: 'a dynamic table, and a difference of dates',
    sql: "CREATE OR REPLACE DYNAMIC TABLE d TARGET_LAG = '1 minute' WAREHOUSE = w AS SELECT DATEDIFF(day, a, b) AS days FROM db.s.t",
    edges: ['create_table_as d < db.s.t', 'days: db.s.t.a TRANSFORMATION, db.s.t.b TRANSFORMATION'],
  },
  {
    title: 'an alias that an unknown table may have as a column',
    sql: 'SELECT a AS x, x + 1 AS y FROM t',
    edges: ['select < t', 'x: t.a IDENTITY', 'y: ?'],
  },
];

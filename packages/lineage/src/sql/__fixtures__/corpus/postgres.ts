import type { StatementCase } from './statement-case.js';

export const postgresCases: readonly StatementCase[] = [
  {
    title: 'a materialized view with names of its own',
    sql: 'CREATE MATERIALIZED VIEW mv (p, q) AS SELECT a, b::int + 1 FROM s.t WITH NO DATA',
    edges: ['create_view mv < s.t', 'p: s.t.a IDENTITY', 'q: s.t.b TRANSFORMATION'],
  },
  {
    title: 'LATERAL sub-queries and joins',
    sql: `CREATE TABLE o AS SELECT c.id, l.amount FROM customers c
          LEFT JOIN LATERAL (SELECT p.amount FROM payments p WHERE p.customer = c.id ORDER BY p.at DESC LIMIT 1) l ON true`,
    edges: [
      'create_table_as o < customers, payments',
      'id: customers.id IDENTITY',
      'amount: payments.amount IDENTITY',
      '*: customers.id FILTER, payments.at SORT, payments.customer FILTER',
    ],
  },
  {
    title: 'a sub-query that is not lateral and sees nothing beside it',
    sql: 'SELECT q.a FROM t, (SELECT a FROM s) q',
    schema: { t: 'a' },
    edges: ['select < s, t', 'a: s.a IDENTITY'],
  },
  {
    title: 'NATURAL joins of known tables',
    sql: 'CREATE TABLE o AS SELECT * FROM a NATURAL LEFT JOIN b',
    schema: { a: 'x k', b: 'k y' },
    edges: [
      'create_table_as o < a, b',
      'k: a.k IDENTITY',
      'x: a.x IDENTITY',
      'y: b.y IDENTITY',
      '*: a.k JOIN, b.k JOIN',
    ],
  },
  {
    title: 'NATURAL joins of unknown tables, whose keys nobody knows',
    sql: 'SELECT a.x FROM a NATURAL JOIN b',
    edges: ['select < a, b', 'x: a.x IDENTITY', '*: ?'],
  },
  {
    title: 'DISTINCT ON and SELECT INTO',
    sql: 'SELECT DISTINCT ON (a) a, b INTO fresh FROM t ORDER BY a, c DESC',
    edges: ['create_table_as fresh < t', 'a: t.a IDENTITY', 'b: t.b IDENTITY', '*: t.a GROUP_BY, t.a SORT, t.c SORT'],
  },
  {
    title: 'INSERT with ON CONFLICT',
    sql: 'INSERT INTO o AS cur (id, n) SELECT k, m FROM t ON CONFLICT (id) DO UPDATE SET n = excluded.n + cur.n',
    edges: ['insert o < o, t', 'id: t.k IDENTITY', 'n: o.n TRANSFORMATION, t.m IDENTITY, t.m TRANSFORMATION'],
  },
  {
    title: 'a change inside a common table expression',
    sql: 'WITH gone AS (DELETE FROM t WHERE old RETURNING id, v) INSERT INTO archive (id, v) SELECT id, v * 2 FROM gone',
    edges: [
      ...['delete t < t', '*: t.old FILTER'],
      ...['insert archive < t', 'id: t.id IDENTITY', 'v: t.v TRANSFORMATION'],
    ],
  },
  {
    title: 'ordered-set aggregates and aggregates with an order',
    sql: `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) AS median, string_agg(a, ',' ORDER BY b) AS names FROM t`,
    edges: ['select < t', 'median: t.x AGGREGATION', 'names: t.a AGGREGATION, t.b SORT'],
  },
  {
    title: 'functions that make rows, with and without names',
    sql: `SELECT e.value, n FROM t, jsonb_array_elements(t.doc) AS e, generate_series(1, t.n) AS n`,
    schema: { t: 'doc' },
    edges: ['select < t', 'value: t.doc TRANSFORMATION', 'n: ?', '*: t.doc JOIN, ?'],
  },
  {
    title: 'fields of composite columns',
    sql: 'SELECT (t.address).city AS city, (address).zip AS zip FROM t',
    edges: ['select < t', 'city: t.address TRANSFORMATION', 'zip: t.address TRANSFORMATION'],
  },
  {
    title: 'words of date functions, and columns of the same names',
    sql: `SELECT date_trunc('month', month) AS m, extract(year FROM d) AS y, current_date AS today FROM t`,
    edges: ['select < t', 'm: t.month TRANSFORMATION', 'y: t.d TRANSFORMATION', 'today:'],
  },
  {
    title: 'COPY in both directions',
    sql: `COPY t (a, b) FROM STDIN; COPY (SELECT a FROM t) TO STDOUT`,
    edges: [...['copy t', 'a: ?', 'b: ?'], ...['copy < t', 'a: t.a IDENTITY']],
  },
  {
    title: 'a row as a value, and a table like another one',
    sql: 'SELECT t FROM t; CREATE TABLE o (LIKE t); INSERT INTO o SELECT * FROM t',
    schema: { t: 'a b' },
    edges: [
      ...['select < t', 't: t.a TRANSFORMATION, t.b TRANSFORMATION'],
      ...['create_table o', 'a:', 'b:'],
      ...['insert o < t', 'a: t.a IDENTITY', 'b: t.b IDENTITY'],
    ],
  },
  {
    title: 'UPDATE with a join, under an alias',
    sql: 'UPDATE t AS x SET a = s.a, b = lower(r.b) FROM s JOIN r ON s.id = r.id WHERE x.id = s.id',
    edges: [
      'update t < r, s, t',
      'a: s.a IDENTITY',
      'b: r.b TRANSFORMATION',
      '*: r.id JOIN, s.id FILTER, s.id JOIN, t.id FILTER',
    ],
  },
];

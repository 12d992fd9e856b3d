import type { StatementCase } from './statement-case.js';

export const hiveCases: readonly StatementCase[] = [
  {
    title: 'INSERT into fixed and open partitions',
    sql: "INSERT OVERWRITE TABLE t PARTITION (ds = '2024', hr) SELECT a, b, c FROM s",
    schema: { t: 'x y ds hr' },
    edges: ['insert t < s', 'x: s.a IDENTITY', 'y: s.b IDENTITY', 'hr: s.c IDENTITY'],
  },
  {
    title: 'several inserts of one source',
    sql: 'FROM s INSERT OVERWRITE TABLE a SELECT p WHERE q > 1 INSERT INTO TABLE b PARTITION (d) SELECT max(p), r GROUP BY r',
    schema: { a: 'x', b: 'y d' },
    edges: [
      ...['insert a < s', 'x: s.p IDENTITY', '*: s.q FILTER'],
      ...['insert b < s', 'y: s.p AGGREGATION', 'd: s.r IDENTITY', '*: s.r GROUP_BY'],
    ],
  },
  {
    title: 'lateral views one after the other',
    sql: 'CREATE TABLE o AS SELECT t.id, e, k, v FROM t LATERAL VIEW OUTER explode(t.items) x AS e LATERAL VIEW explode(t.tags) y AS k, v',
    edges: [
      'create_table_as o < t',
      'id: t.id IDENTITY',
      'e: t.items TRANSFORMATION',
      'k: t.tags TRANSFORMATION',
      'v: t.tags TRANSFORMATION',
      '*: t.items JOIN, t.tags JOIN',
    ],
  },
  {
    title: 'SORT BY and DISTRIBUTE BY, and LOAD DATA',
    sql: "CREATE TABLE o AS SELECT a FROM t DISTRIBUTE BY b SORT BY c; LOAD DATA INPATH '/in/x' INTO TABLE t",
    edges: [...['create_table_as o < t', 'a: t.a IDENTITY', '*: t.b SORT, t.c SORT'], ...['copy t < /in/x', '*: ?']],
  },
];

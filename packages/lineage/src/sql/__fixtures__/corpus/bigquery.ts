import type { StatementCase } from './statement-case.js';

export const bigqueryCases: readonly StatementCase[] = [
  {
    title: 'names that are quoted as a whole, and what a star leaves out or replaces',
    sql: 'CREATE OR REPLACE TABLE `p.d.o` PARTITION BY day AS SELECT * EXCEPT (b) REPLACE (a + 1 AS a) FROM `p.d.t`',
    schema: { t: 'a b day' },
    edges: ['create_table_as p.d.o < p.d.t', 'a: p.d.t.a TRANSFORMATION', 'day: p.d.t.day IDENTITY'],
  },
  {
    title: 'UNNEST with an alias, its fields and its position',
    sql: 'SELECT t.id, item, item.price, off FROM t, UNNEST(t.items) AS item WITH OFFSET off',
    schema: { t: 'id items' },
    edges: [
      'select < t',
      'id: t.id IDENTITY',
      'item: t.items TRANSFORMATION',
      'price: t.items TRANSFORMATION',
      'off:',
      '*: t.items JOIN',
    ],
  },
  {
    title: 'UNNEST beside an unknown table, when a name may be of either',
    sql: 'SELECT id, t.day FROM t, UNNEST(t.items)',
    edges: ['select < t', 'id: ?', 'day: t.day IDENTITY', '*: t.items JOIN'],
  },
  {
    title: 'structs, arrays of sub-queries and nested fields',
    sql: `SELECT STRUCT(a AS x, b) AS s, c.d.e AS deep, ARRAY(SELECT x FROM UNNEST(l) AS x WHERE x > 1) AS big,
          ARRAY_AGG(f ORDER BY g LIMIT 1)[OFFSET(0)] AS newest FROM t`,
    schema: { t: 'a b c l f g' },
    edges: [
      'select < t',
      's: t.a TRANSFORMATION, t.b TRANSFORMATION',
      'deep: t.c TRANSFORMATION',
      'big: t.l FILTER, t.l JOIN, t.l TRANSFORMATION',
      'newest: t.f AGGREGATION, t.g SORT',
    ],
  },
  {
    title: 'PIVOT and UNPIVOT',
    sql: `CREATE TABLE o AS SELECT * FROM (SELECT shop, month, amount FROM sales) PIVOT (SUM(amount) AS s FOR month IN ('jan', 'feb' AS f));
          SELECT * FROM wide UNPIVOT (amount FOR month IN (jan, feb))`,
    schema: { sales: 'shop month amount', wide: 'shop jan feb' },
    edges: [
      'create_table_as o < sales',
      'shop: sales.shop IDENTITY',
      's_jan: sales.amount AGGREGATION, sales.month CONDITIONAL',
      's_f: sales.amount AGGREGATION, sales.month CONDITIONAL',
      '*: sales.shop GROUP_BY',
      'select < wide',
      'shop: wide.shop IDENTITY',
      'amount: wide.feb IDENTITY, wide.jan IDENTITY',
      'month:',
      '*: wide.feb FILTER, wide.jan FILTER',
    ],
  },
  {
    title: 'an alias in GROUP BY, which comes before the column of that name',
    sql: 'SELECT lower(name) AS country, count(*) AS n FROM t GROUP BY country',
    schema: { t: 'name country' },
    edges: ['select < t', 'country: t.name TRANSFORMATION', 'n:', '*: t.name GROUP_BY'],
  },
  {
    title: 'MERGE with INSERT ROW',
    sql: `MERGE d.t USING d.s ON t.id = s.id WHEN MATCHED AND s.gone THEN DELETE
          WHEN MATCHED THEN UPDATE SET v = s.v WHEN NOT MATCHED THEN INSERT ROW`,
    schema: { t: 'id v gone', s: 'id v gone' },
    edges: [
      'merge d.t < d.s, d.t',
      'v: d.s.v IDENTITY',
      'id: d.s.id IDENTITY',
      'gone: d.s.gone IDENTITY',
      '*: d.s.gone FILTER, d.s.id JOIN, d.t.id JOIN',
    ],
  },
  {
    title: 'words of date functions, which are no columns',
    sql: 'SELECT DATE_DIFF(a, b, DAY) AS days, TIMESTAMP_TRUNC(c, MONTH) AS m FROM t',
    edges: ['select < t', 'days: t.a TRANSFORMATION, t.b TRANSFORMATION', 'm: t.c TRANSFORMATION'],
  },
  {
    title: 'columns without a name, and QUALIFY on an alias',
    sql: 'CREATE TABLE o AS SELECT a + 1, ROW_NUMBER() OVER (PARTITION BY b ORDER BY c) AS rn FROM t WHERE true QUALIFY rn = 1',
    edges: [
      'create_table_as o < t',
      'f0_: t.a TRANSFORMATION',
      'rn: t.b WINDOW, t.c WINDOW',
      '*: t.b FILTER, t.c FILTER',
    ],
  },
  {
    title: 'EXPORT DATA',
    sql: "EXPORT DATA OPTIONS (uri = 'gs://b/*.csv', format = 'CSV') AS SELECT a FROM t WHERE b",
    edges: ['copy < t', 'a: t.a IDENTITY', '*: t.b FILTER'],
  },
];

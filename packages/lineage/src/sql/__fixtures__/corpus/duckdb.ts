import type { StatementCase } from './statement-case.js';

const orders = { orders: 'id customer amount day', customers: 'id name country' };

export const duckdbCases: readonly StatementCase[] = [
  {
    title: 'joins, filters and groups',
    sql: `CREATE TABLE o AS SELECT c.country, sum(o.amount) AS total, count(*) AS n FROM orders o
          LEFT JOIN customers c ON c.id = o.customer WHERE o.day > '2024-01-01' GROUP BY c.country HAVING max(o.id) > 3`,
    edges: [
      'create_table_as o < customers, orders',
      'country: customers.country IDENTITY',
      'total: orders.amount AGGREGATION',
      'n:',
      '*: customers.country GROUP_BY, customers.id JOIN, orders.customer JOIN, orders.day FILTER, orders.id FILTER',
    ],
  },
  {
    title: 'common table expressions that read each other and shadow tables',
    sql: `CREATE VIEW v AS WITH orders AS (SELECT id, amount * 2 AS twice FROM orders),
          big AS (SELECT * FROM orders WHERE twice > 10) SELECT id, twice + 1 AS more FROM big`,
    edges: [
      'create_view v < orders',
      'id: orders.id IDENTITY',
      'more: orders.amount TRANSFORMATION',
      '*: orders.amount FILTER',
    ],
  },
  {
    title: 'a common table expression inside another one',
    sql: 'SELECT y FROM (WITH a AS (WITH a AS (SELECT x AS y FROM t) SELECT y FROM a) SELECT * FROM a) q',
    edges: ['select < t', 'y: t.x IDENTITY'],
  },
  {
    title: 'recursion, with columns that move from one place to another',
    sql: `CREATE TABLE o AS WITH RECURSIVE r(a, b) AS (SELECT p, q FROM s UNION ALL SELECT r.b, t.c FROM r JOIN t ON t.k = r.a)
          SELECT a, b FROM r`,
    edges: [
      'create_table_as o < s, t',
      'a: s.p IDENTITY, s.q IDENTITY, t.c IDENTITY',
      'b: s.q IDENTITY, t.c IDENTITY',
      '*: s.p JOIN, s.q JOIN, t.c JOIN, t.k JOIN',
    ],
  },
  {
    title: 'a star with what is excluded, replaced and renamed',
    sql: 'CREATE TABLE o AS SELECT * EXCLUDE (day) REPLACE (amount / 100 AS amount) RENAME (customer AS who) FROM orders',
    schema: orders,
    edges: [
      'create_table_as o < orders',
      'id: orders.id IDENTITY',
      'who: orders.customer IDENTITY',
      'amount: orders.amount TRANSFORMATION',
    ],
  },
  {
    title: 'a star over USING, which leaves shared columns in place',
    sql: 'CREATE TABLE o AS SELECT * FROM a JOIN b USING (k)',
    schema: { a: 'x k', b: 'k y' },
    edges: [
      'create_table_as o < a, b',
      'x: a.x IDENTITY',
      'k: a.k IDENTITY',
      'y: b.y IDENTITY',
      '*: a.k JOIN, b.k JOIN',
    ],
  },
  {
    title: 'a full join, whose shared column comes from either side',
    sql: 'SELECT k FROM a FULL JOIN b USING (k)',
    schema: { a: 'x k', b: 'k y' },
    edges: ['select < a, b', 'k: a.k TRANSFORMATION, b.k TRANSFORMATION', '*: a.k JOIN, b.k JOIN'],
  },
  {
    title: 'window functions, named windows and QUALIFY',
    sql: `CREATE TABLE o AS SELECT id, lag(amount) OVER w AS before, sum(amount) OVER (PARTITION BY customer) AS total FROM orders
          WINDOW w AS (PARTITION BY customer ORDER BY day) QUALIFY row_number() OVER w = 1`,
    edges: [
      'create_table_as o < orders',
      'id: orders.id IDENTITY',
      'before: orders.amount TRANSFORMATION, orders.customer WINDOW, orders.day WINDOW',
      'total: orders.amount AGGREGATION, orders.customer WINDOW',
      '*: orders.customer FILTER, orders.day FILTER',
    ],
  },
  {
    title: 'aliases that later expressions and conditions use',
    sql: 'SELECT amount * 2 AS twice, twice + 1 AS more FROM orders WHERE twice > 4 GROUP BY ALL ORDER BY more',
    schema: orders,
    edges: [
      'select < orders',
      'twice: orders.amount TRANSFORMATION',
      'more: orders.amount TRANSFORMATION',
      '*: orders.amount FILTER, orders.amount GROUP_BY, orders.amount SORT',
    ],
  },
  {
    title: 'an alias of the name of a column, which the column wins',
    sql: 'SELECT customer AS amount, amount + 1 AS more FROM orders',
    schema: orders,
    edges: ['select < orders', 'amount: orders.customer IDENTITY', 'more: orders.amount TRANSFORMATION'],
  },
  {
    title: 'positions in GROUP BY and ORDER BY',
    sql: 'SELECT upper(country) AS c, count(id) AS n FROM customers GROUP BY 1 ORDER BY 2 DESC',
    edges: [
      'select < customers',
      'c: customers.country TRANSFORMATION',
      'n: customers.id AGGREGATION',
      '*: customers.country GROUP_BY, customers.id SORT',
    ],
  },
  {
    title: 'sub-queries in the select list, correlated ones too',
    sql: `SELECT (SELECT max(o.amount) FROM orders o WHERE o.customer = c.id) AS biggest,
          EXISTS (SELECT 1 FROM orders p WHERE p.customer = c.id) AS buys, c.id IN (SELECT b.id FROM banned b) AS bad FROM customers c`,
    edges: [
      'select < banned, customers, orders',
      'biggest: customers.id FILTER, orders.amount AGGREGATION, orders.customer FILTER',
      'buys: customers.id FILTER, orders.customer FILTER',
      'bad: banned.id TRANSFORMATION, customers.id TRANSFORMATION',
    ],
  },
  {
    title: 'sub-queries in conditions',
    sql: `SELECT id FROM orders WHERE amount > (SELECT avg(amount) FROM old_orders) AND customer IN (SELECT id FROM banned)
          AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.id = orders.id)`,
    edges: [
      'select < banned, old_orders, orders, refunds',
      'id: orders.id IDENTITY',
      '*: banned.id FILTER, old_orders.amount FILTER, orders.amount FILTER, orders.customer FILTER, orders.id FILTER, refunds.id FILTER',
    ],
  },
  {
    title: 'set operations by position and by name',
    sql: `CREATE TABLE o AS SELECT a, b FROM t UNION ALL SELECT c, d FROM u UNION ALL BY NAME SELECT b, e FROM v`,
    edges: [
      'create_table_as o < t, u, v',
      'a: t.a IDENTITY, u.c IDENTITY',
      'b: t.b IDENTITY, u.d IDENTITY, v.b IDENTITY',
      'e: v.e IDENTITY',
    ],
  },
  {
    title: 'set operations that compare rows',
    sql: 'SELECT a FROM t EXCEPT SELECT b FROM u',
    edges: ['select < t, u', 'a: t.a IDENTITY', '*: t.a FILTER, u.b FILTER'],
  },
  {
    title: 'DISTINCT, which compares every column',
    sql: 'SELECT DISTINCT a, b FROM t',
    edges: ['select < t', 'a: t.a IDENTITY', 'b: t.b IDENTITY', '*: t.a GROUP_BY, t.b GROUP_BY'],
  },
  {
    title: 'unnesting, whose list decides about the rows',
    sql: 'SELECT t.id, u.item FROM t, unnest(t.items) AS u(item)',
    edges: ['select < t', 'id: t.id IDENTITY', 'item: t.items TRANSFORMATION', '*: t.items JOIN'],
  },
  {
    title: 'columns of equal names, and tables that are made without SELECT',
    sql: 'CREATE TABLE o AS SELECT t.a, u.a FROM t, u; CREATE TABLE p AS FROM t; INSERT INTO p FROM u',
    schema: { t: 'a', u: 'a' },
    edges: [
      ...['create_table_as o < t, u', 'a: t.a IDENTITY', 'a_1: u.a IDENTITY'],
      ...['create_table_as p < t', 'a: t.a IDENTITY'],
      ...['insert p < u', 'a: u.a IDENTITY'],
    ],
  },
  {
    title: 'a lateral sub-query without the word',
    sql: 'SELECT q.twice FROM t, (SELECT t.a * 2 AS twice) q',
    edges: ['select < t', 'twice: t.a TRANSFORMATION'],
  },
  {
    title: 'PIVOT with its own statement',
    sql: "CREATE TABLE o AS SELECT * FROM (PIVOT sales ON month IN ('jan', 'feb') USING sum(amount) GROUP BY shop)",
    edges: [
      'create_table_as o < sales',
      'shop: sales.shop IDENTITY',
      'jan: sales.amount AGGREGATION, sales.month CONDITIONAL',
      'feb: sales.amount AGGREGATION, sales.month CONDITIONAL',
      '*: sales.shop GROUP_BY',
    ],
  },
  {
    title: 'PIVOT without a list of values',
    sql: 'CREATE TABLE o AS SELECT shop, jan FROM (PIVOT sales ON month USING sum(amount) GROUP BY shop)',
    edges: [
      'create_table_as o < sales',
      'shop: sales.shop IDENTITY',
      'jan: sales.amount AGGREGATION, sales.month CONDITIONAL',
      '*: sales.shop GROUP_BY',
    ],
  },
  {
    title: 'UNPIVOT',
    sql: 'CREATE TABLE o AS SELECT * FROM (UNPIVOT sales ON jan, feb INTO NAME month VALUE amount)',
    schema: { sales: 'shop jan feb' },
    edges: [
      'create_table_as o < sales',
      'shop: sales.shop IDENTITY',
      'month:',
      'amount: sales.feb IDENTITY, sales.jan IDENTITY',
      '*: sales.feb FILTER, sales.jan FILTER',
    ],
  },
  {
    title: 'structs, their fields, lists and lambdas',
    sql: `SELECT p.address.city AS city, s.f AS f, {'a': x, 'b': y}.a AS made, list_transform(l, e -> e + z) AS moved FROM people p, t s`,
    schema: { people: 'address l x y z', t: 'f' },
    edges: [
      'select < people, t',
      'city: people.address TRANSFORMATION',
      'f: t.f IDENTITY',
      'made: people.x TRANSFORMATION, people.y TRANSFORMATION',
      'moved: people.l TRANSFORMATION, people.z TRANSFORMATION',
    ],
  },
  {
    title: 'INSERT by position, by name and with defaults',
    sql: 'INSERT INTO o SELECT b, a FROM t; INSERT INTO o BY NAME SELECT y, b AS x FROM t; INSERT INTO o (y) VALUES (1)',
    schema: { o: 'x y' },
    edges: [
      ...['insert o < t', 'x: t.b IDENTITY', 'y: t.a IDENTITY'],
      ...['insert o < t', 'y: t.y IDENTITY', 'x: t.b IDENTITY'],
      ...['insert o', 'y:'],
    ],
  },
  {
    title: 'UPDATE and DELETE with other tables',
    sql: `UPDATE o SET x = s.a + o.x FROM s WHERE s.id = o.id; DELETE FROM o USING s WHERE s.id = o.id AND s.bad`,
    edges: [
      ...['update o < o, s', 'x: o.x TRANSFORMATION, s.a TRANSFORMATION', '*: o.id FILTER, s.id FILTER'],
      ...['delete o < o, s', '*: o.id FILTER, s.bad FILTER, s.id FILTER'],
    ],
  },
  {
    title: 'COPY to and from files, and files in FROM',
    sql: `COPY (SELECT a FROM t WHERE b) TO 'out.parquet'; CREATE TABLE o AS SELECT x FROM read_csv('in.csv') WHERE y;
          CREATE TABLE p AS SELECT f.x FROM 'data/in.parquet' f`,
    edges: [
      ...['copy out.parquet < t', 'a: t.a IDENTITY', '*: t.b FILTER'],
      ...['create_table_as o < in.csv', 'x: in.csv.x IDENTITY', '*: in.csv.y FILTER'],
      ...['create_table_as p < data/in.parquet', 'x: data/in.parquet.x IDENTITY'],
    ],
  },
  {
    title: 'tables that are made, renamed, altered and dropped one after the other',
    sql: `CREATE TABLE a (x INT, y INT); ALTER TABLE a ADD COLUMN z INT; ALTER TABLE a RENAME TO b; CREATE VIEW v AS SELECT * FROM b;
          DROP VIEW v; TRUNCATE b`,
    edges: [
      ...['create_table a', 'x:', 'y:', 'alter a'],
      ...['rename b < a', 'x: a.x IDENTITY', 'y: a.y IDENTITY', 'z: a.z IDENTITY'],
      ...['create_view v < b', 'x: b.x IDENTITY', 'y: b.y IDENTITY', 'z: b.z IDENTITY'],
      ...['drop v', 'delete b'],
    ],
  },
  {
    title: 'CASE and other choices, whose conditions only decide',
    sql: `SELECT CASE WHEN a > 1 THEN b ELSE c END AS x, CASE a WHEN b THEN 1 END AS y, nullif(d, e) AS z, sum(f) FILTER (WHERE g) AS s,
          arg_max(h, i) AS m, coalesce(j, k) AS n FROM t`,
    edges: [
      'select < t',
      'x: t.a CONDITIONAL, t.b TRANSFORMATION, t.c TRANSFORMATION',
      'y: t.a CONDITIONAL, t.b CONDITIONAL',
      'z: t.d TRANSFORMATION, t.e CONDITIONAL',
      's: t.f AGGREGATION, t.g CONDITIONAL',
      'm: t.h AGGREGATION, t.i AGGREGATION',
      'n: t.j TRANSFORMATION, t.k TRANSFORMATION',
    ],
  },
  {
    title: 'semi, anti, positional and asof joins',
    sql: `SELECT a FROM t SEMI JOIN u ON t.k = u.k; SELECT t.a FROM t ANTI JOIN u USING (k); SELECT t.a, u.b FROM t POSITIONAL JOIN u;
          SELECT t.a, u.b FROM t ASOF JOIN u ON t.k = u.k AND t.at >= u.at`,
    edges: [
      ...['select < t, u', 'a: t.a IDENTITY', '*: t.k JOIN, u.k JOIN'],
      ...['select < t, u', 'a: t.a IDENTITY', '*: t.k JOIN, u.k JOIN'],
      ...['select < t, u', 'a: t.a IDENTITY', 'b: u.b IDENTITY'],
      ...['select < t, u', 'a: t.a IDENTITY', 'b: u.b IDENTITY', '*: t.at JOIN, t.k JOIN, u.at JOIN, u.k JOIN'],
    ],
  },
  {
    title: 'a name that several unknown tables may have',
    sql: 'CREATE VIEW v AS SELECT a, t.b FROM t JOIN u ON t.k = u.k WHERE c',
    edges: ['create_view v < t, u', 'a: ?', 'b: t.b IDENTITY', '*: t.k JOIN, u.k JOIN, ?'],
  },
  {
    title: 'a name that one known table has and one unknown may have',
    sql: 'CREATE VIEW v AS SELECT name, other FROM customers JOIN u ON u.k = customers.id',
    schema: orders,
    edges: [
      'create_view v < customers, u',
      'name: customers.name IDENTITY',
      'other: u.other IDENTITY',
      '*: customers.id JOIN, u.k JOIN',
    ],
  },
  {
    title: 'a star over an unknown table, through which names are still seen',
    sql: 'CREATE TABLE o AS WITH a AS (SELECT * FROM t WHERE f), b AS (SELECT *, x + y AS z FROM a) SELECT p, z FROM b; SELECT * FROM t',
    edges: [
      ...['create_table_as o < t', 'p: t.p IDENTITY', 'z: t.x TRANSFORMATION, t.y TRANSFORMATION', '*: t.f FILTER'],
      ...['select < t', '*: ?'],
    ],
  },
  {
    title: 'names that an engine makes up, which no clause can mean',
    sql: 'SELECT EXISTS (SELECT 1 FROM u WHERE u.d = "1") AS o FROM p',
    schema: { p: '1', u: 'd' },
    edges: ['select < p, u', 'o: p.1 FILTER, u.d FILTER'],
  },
  {
    title: 'names that a sub-query may take from the query around it',
    sql: 'SELECT (SELECT max(v) FROM t WHERE t.k = name) AS m FROM customers',
    schema: { ...orders, t: 'k v' },
    edges: ['select < customers, t', 'm: customers.name FILTER, t.k FILTER, t.v AGGREGATION'],
  },
  {
    title: 'names in other cases and between quotes',
    sql: 'CREATE TABLE "My Table" AS SELECT O."ID", o.Amount FROM Orders AS o',
    schema: { Orders: 'id amount' },
    edges: ['create_table_as My Table < Orders', 'ID: Orders.id IDENTITY', 'Amount: Orders.amount IDENTITY'],
  },
  {
    title: 'VALUES and functions that make rows',
    sql: "CREATE TABLE o AS SELECT v.a, g.i + 1 AS n FROM (VALUES (1, 'x')) AS v(a, b), generate_series(1, 3) AS g(i)",
    edges: ['create_table_as o', 'a:', 'n:'],
  },
];

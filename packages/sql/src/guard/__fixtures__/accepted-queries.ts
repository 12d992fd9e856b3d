import type { DialectName } from './dialects.js';

/** What a user writes, what runs, and the tables other than `{table}` that it reads. */
export type AcceptedQueries = readonly (readonly [written: string, runs: string, tables: readonly string[]])[];

/** Queries that mean the same in every dialect. */
export const acceptedQueriesEverywhere: AcceptedQueries = [
  ['select * from {table}', 'SELECT * FROM aegis_scope', []],
  [
    'SELECT a, count(*) AS n FROM {table} GROUP BY a HAVING count(*) > 1;',
    'SELECT a, count(*) AS n FROM aegis_scope GROUP BY a HAVING count(*) > 1',
    [],
  ],
  [
    'select a, b as c from {table} where a > 1 order by a desc nulls last, b nulls first limit 10',
    'SELECT a, b AS c FROM aegis_scope WHERE a > 1 ORDER BY a desc nulls last, b nulls first LIMIT 10',
    [],
  ],
  ['select distinct a from {table}', 'SELECT DISTINCT a FROM aegis_scope', []],
  ['select t.* from {table} t where t.a is null', 'SELECT t.* FROM aegis_scope AS t WHERE t.a IS NULL', []],
  ["select * from {table} where note = '{table}' -- {table}", "SELECT * FROM aegis_scope WHERE note = '{table}'", []],
  [
    'with x as (select a from {table}), y as (select a from x) select * from y join sales.orders o on o.a = y.a',
    'WITH x AS (SELECT a FROM aegis_scope), y AS (SELECT a FROM x) SELECT * FROM y JOIN sales.orders AS o ON o.a = y.a',
    ['sales.orders'],
  ],
  [
    'with recursive r as (select 1 as n union all select n + 1 from r where n < 5) select * from r',
    'WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT * FROM r',
    [],
  ],
  [
    'with orders as (select * from orders) select * from orders',
    'WITH orders AS (SELECT * FROM orders) SELECT * FROM orders',
    ['orders'],
  ],
  [
    'select a from {table} where b > (select avg(b) from s) union all select a from u',
    'SELECT a FROM aegis_scope WHERE b > (SELECT avg(b) FROM s) UNION ALL SELECT a FROM u',
    ['s', 'u'],
  ],
  ['select a as index, b as nulls from {table}', 'SELECT a AS index, b AS nulls FROM aegis_scope', []],
  ['select a from {table} union all select a from s', 'SELECT a FROM aegis_scope UNION ALL SELECT a FROM s', ['s']],
  [
    '(select a from {table}) intersect (select a from s)',
    '(SELECT a FROM aegis_scope) INTERSECT (SELECT a FROM s)',
    ['s'],
  ],
  [
    'select * from {table} t inner join s on t.a = s.a left outer join u on u.b = s.b cross join v',
    'SELECT * FROM aegis_scope AS t INNER JOIN s ON t.a = s.a LEFT OUTER JOIN u ON u.b = s.b CROSS JOIN v',
    ['s', 'u', 'v'],
  ],
  ['select * from {table} t join s using (a, b)', 'SELECT * FROM aegis_scope AS t JOIN s USING (a, b)', ['s']],
  [
    'select * from {table} t where exists (select 1 from s where s.a = t.a)',
    'SELECT * FROM aegis_scope AS t WHERE EXISTS(SELECT 1 FROM s WHERE s.a = t.a)',
    ['s'],
  ],
  [
    'select * from {table} where a not in (select a from s where a is not null)',
    'SELECT * FROM aegis_scope WHERE a NOT IN (SELECT a FROM s WHERE a IS NOT NULL)',
    ['s'],
  ],
  [
    'select * from {table} where a > (select avg(b) from s)',
    'SELECT * FROM aegis_scope WHERE a > (SELECT avg(b) FROM s)',
    ['s'],
  ],
  ['select x.a from (select a from {table}) as x', 'SELECT x.a FROM (SELECT a FROM aegis_scope) AS x', []],
  [
    'select count(distinct a), sum(b), min(c), max(d) from {table}',
    'SELECT count(DISTINCT a), sum(b), min(c), max(d) FROM aegis_scope',
    [],
  ],
  [
    'select row_number() over (partition by a order by b) as n from {table}',
    'SELECT row_number() OVER (PARTITION BY a ORDER BY b) AS n FROM aegis_scope',
    [],
  ],
  [
    'select sum(a) over (order by b rows between 3 preceding and current row) from {table}',
    'SELECT sum(a) OVER (ORDER BY b rows BETWEEN 3 preceding AND CURRENT ROW) FROM aegis_scope',
    [],
  ],
  [
    'select case when count(*) = 0 then true else false end as ok from {table}',
    'SELECT CASE WHEN count(*) = 0 THEN TRUE ELSE FALSE END AS ok FROM aegis_scope',
    [],
  ],
  ['select a from {table} group by rollup (a)', 'SELECT a FROM aegis_scope GROUP BY ROLLUP (a)', []],
  ['select 1 where 1 = 0', 'SELECT 1 WHERE 1 = 0', []],
  ['select max(ts) >= current_timestamp from {table}', 'SELECT max(ts) >= current_timestamp FROM aegis_scope', []],
];

/** What each dialect adds. */
export const acceptedQueries: Readonly<Record<DialectName, AcceptedQueries>> = {
  duckdb: [
    [
      'select array(select a from s order by a) as l from {table}',
      'SELECT array(SELECT a FROM s ORDER BY a) AS l FROM aegis_scope',
      ['s'],
    ],
    [
      'select * exclude (a) replace (b as b) from {table}',
      'SELECT * EXCLUDE (a) REPLACE (b AS b) FROM aegis_scope',
      [],
    ],
    ['select a, count(*) from {table} group by all', 'SELECT a, count(*) FROM aegis_scope GROUP BY ALL', []],
    [
      'select a from {table} qualify row_number() over (partition by a order by b) > 1',
      'SELECT a FROM aegis_scope QUALIFY row_number() OVER (PARTITION BY a ORDER BY b) > 1',
      [],
    ],
    [
      'select distinct on (a) a, b from {table} order by a',
      'SELECT DISTINCT ON (a) a, b FROM aegis_scope ORDER BY a',
      [],
    ],
    ['select sum(a) filter (where b > 1) from {table}', 'SELECT sum(a) FILTER(WHERE b > 1) FROM aegis_scope', []],
    [
      "select string_agg(a, ',' order by b desc) from {table}",
      "SELECT STRING_AGG(a, ',' ORDER BY b DESC) FROM aegis_scope",
      [],
    ],
    ['select quantile_cont(a, 0.5) from {table}', 'SELECT quantile_cont(a, 0.5) FROM aegis_scope', []],
    [
      'select * from range(10) r(i) left join {table} t on t.id = r.i where t.id is null',
      'SELECT * FROM range(10) AS r(i) LEFT JOIN aegis_scope AS t ON t.id = r.i WHERE t.id IS NULL',
      [],
    ],
    ['select * from {table}, unnest(tags) as u(tag)', 'SELECT * FROM aegis_scope, UNNEST(tags) AS u(tag)', []],
    ['select unnest(tags) from {table}', 'SELECT unnest(tags) FROM aegis_scope', []],
    [
      'select * from {table} asof join s on {table}.ts >= s.ts',
      'SELECT * FROM aegis_scope ASOF JOIN s ON aegis_scope.ts >= s.ts',
      ['s'],
    ],
    ['select * from {table} anti join s using (id)', 'SELECT * FROM aegis_scope ANTI JOIN s USING (id)', ['s']],
    [
      'select * from {table} t, lateral (select t.a + 1 as b) x',
      'SELECT * FROM aegis_scope AS t, LATERAL (SELECT t.a + 1 AS b) AS x',
      [],
    ],
    ["select * from (values (1, 'a'), (2, 'b')) v(x, y)", "SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v(x, y)", []],
    [
      'select * from "my table" join db.main."Other" on true',
      'SELECT * FROM "my table" JOIN db.main."Other" ON TRUE',
      ['my table', 'db.main.Other'],
    ],
    ["select {'table': 1} as s from {table}", "SELECT {'table': 1} AS s FROM aegis_scope", []],
    [
      'select a from {table} union all by name select a from s',
      'SELECT a FROM aegis_scope UNION ALL BY NAME SELECT a FROM s',
      ['s'],
    ],
    [
      'select sum(a) over w from {table} window w as (partition by b)',
      'SELECT sum(a) OVER w FROM aegis_scope WINDOW w AS (PARTITION BY b)',
      [],
    ],
  ],
  postgres: [
    [
      'select array(select a from s order by a) as l from {table}',
      'SELECT array(SELECT a FROM s ORDER BY a) AS l FROM aegis_scope',
      ['s'],
    ],
    [
      'select distinct on (a) a, b from {table} order by a, b desc nulls first limit 5 offset 2',
      'SELECT DISTINCT ON (a) a, b FROM aegis_scope ORDER BY a, b desc nulls first LIMIT 5 OFFSET 2',
      [],
    ],
    [
      'select * from {table} t left join lateral (select * from s where s.a = t.a limit 1) x on true',
      'SELECT * FROM aegis_scope AS t LEFT JOIN LATERAL (SELECT * FROM s WHERE s.a = t.a LIMIT 1) AS x ON TRUE',
      ['s'],
    ],
    [
      'select * from {table} t cross join lateral jsonb_each(t.j) as e(k, v)',
      'SELECT * FROM aegis_scope AS t CROSS JOIN LATERAL jsonb_each(t.j) AS e(k, v)',
      [],
    ],
    [
      'select percentile_cont(0.5) within group (order by a) from {table}',
      'SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a) FROM aegis_scope',
      [],
    ],
    [
      "select string_agg(a, ',' order by b) filter (where c) from {table}",
      "SELECT STRING_AGG(a, ',' ORDER BY b) FILTER(WHERE c) FROM aegis_scope",
      [],
    ],
    ['select * from generate_series(1, 10) as g(i)', 'SELECT * FROM generate_series(1, 10) AS g(i)', []],
    [
      'select * from unnest(array[1, 2]) with ordinality as u(x, n)',
      'SELECT * FROM UNNEST(ARRAY[1, 2]) WITH ORDINALITY AS u(x, n)',
      [],
    ],
    [
      'select a from {table} group by grouping sets ((a), (b), ())',
      'SELECT a FROM aegis_scope GROUP BY GROUPING SETS ((a), (b), ())',
      [],
    ],
    ['select a from {table} fetch first 5 rows only', 'SELECT a FROM aegis_scope FETCH FIRST 5 ROWS ONLY', []],
    [
      'select a::text || b from {table} order by a collate "C"',
      'SELECT CAST(a AS text) || b FROM aegis_scope ORDER BY a COLLATE "C"',
      [],
    ],
    ["select substring(a from 'x(.*)') from {table}", "SELECT SUBSTRING(a FROM 'x(.*)') FROM aegis_scope", []],
    [
      "select max(ts) > now() - interval '1 day' from public.events",
      "SELECT max(ts) > now() - interval '1 day' FROM public.events",
      ['public.events'],
    ],
  ],
  bigquery: [
    [
      'select array(select a from s order by a) as l from {table}',
      'SELECT array(SELECT a FROM s ORDER BY a) AS l FROM aegis_scope',
      ['s'],
    ],
    ['select * except (a) from {table}', 'SELECT * EXCEPT (a) FROM aegis_scope', []],
    ['select date_diff(a, b, day) as d from {table}', 'SELECT date_diff(a, b, day) AS d FROM aegis_scope', []],
    ['select x from {table}, unnest(arr) as x', 'SELECT x FROM aegis_scope, UNNEST(arr) AS x', []],
    [
      'select x, o from {table} t cross join unnest(t.arr) as x with offset as o',
      'SELECT x, o FROM aegis_scope AS t CROSS JOIN UNNEST(t.arr) AS x WITH OFFSET AS o',
      [],
    ],
    [
      'select a from {table} qualify row_number() over (partition by a order by b) > 1',
      'SELECT a FROM aegis_scope QUALIFY row_number() OVER (PARTITION BY a ORDER BY b) > 1',
      [],
    ],
    [
      'select a, array_agg(b order by c limit 3) from {table} group by a',
      'SELECT a, array_agg(b ORDER BY c LIMIT 3) FROM aegis_scope GROUP BY a',
      [],
    ],
    [
      'select countif(a > 1), approx_quantiles(a, 4) from {table}',
      'SELECT countif(a > 1), approx_quantiles(a, 4) FROM aegis_scope',
      [],
    ],
    [
      'select * from `proj.ds.orders` join `my-proj`.ds.other using (id)',
      'SELECT * FROM `proj.ds.orders` JOIN `my-proj`.ds.other USING (id)',
      ['proj.ds.orders', 'my-proj.ds.other'],
    ],
    ['select struct(a as b, 1 as c) from {table}', 'SELECT struct(a AS b, 1 AS c) FROM aegis_scope', []],
    [
      'select first_value(a ignore nulls) over (order by b) from {table}',
      'SELECT FIRST_VALUE(a IGNORE NULLS) OVER (ORDER BY b) FROM aegis_scope',
      [],
    ],
    [
      'select a from {table} union distinct select b from ds.s',
      'SELECT a FROM aegis_scope UNION DISTINCT SELECT b FROM ds.s',
      ['ds.s'],
    ],
  ],
  databricks: [
    [
      'select * from {table} left anti join s on {table}.id = s.id',
      'SELECT * FROM aegis_scope LEFT ANTI JOIN s ON aegis_scope.id = s.id',
      ['s'],
    ],
    [
      'select * from {table} lateral view explode(arr) e as x',
      'SELECT * FROM aegis_scope LATERAL VIEW explode(arr) e AS x',
      [],
    ],
    ['select a, explode(arr) from {table}', 'SELECT a, explode(arr) FROM aegis_scope', []],
    [
      'select count_if(a > 1), percentile(a, 0.5), collect_set(b) from {table}',
      'SELECT count_if(a > 1), percentile(a, 0.5), collect_set(b) FROM aegis_scope',
      [],
    ],
    ['select first(a) ignore nulls from {table}', 'SELECT first(a) IGNORE NULLS FROM aegis_scope', []],
    [
      'select * from {table} minus select * from cat.sch.other',
      'SELECT * FROM aegis_scope minus SELECT * FROM cat.sch.other',
      ['cat.sch.other'],
    ],
    ['select a, count(*) from {table} group by all', 'SELECT a, count(*) FROM aegis_scope GROUP BY ALL', []],
    ['select * from {table} t, s where t.id = s.id', 'SELECT * FROM aegis_scope AS t, s WHERE t.id = s.id', ['s']],
    ['select * from values (1, 2), (3, 4) as v(a, b)', 'SELECT * FROM VALUES (1, 2), (3, 4) AS v(a, b)', []],
    [
      'select /*+ broadcast(s) */ * from {table} join s using (id)',
      'SELECT * FROM aegis_scope JOIN s USING (id)',
      ['s'],
    ],
  ],
  athena: [
    [
      'select * from {table} cross join unnest(arr) as t(x)',
      'SELECT * FROM aegis_scope CROSS JOIN UNNEST(arr) AS t(x)',
      [],
    ],
    [
      'select * from {table} cross join unnest(arr) with ordinality as t(x, n)',
      'SELECT * FROM aegis_scope CROSS JOIN UNNEST(arr) WITH ORDINALITY AS t(x, n)',
      [],
    ],
    ['select * from unnest(sequence(1, 10)) as t(x)', 'SELECT * FROM UNNEST(sequence(1, 10)) AS t(x)', []],
    [
      "select listagg(a, ',') within group (order by a) from {table}",
      "SELECT listagg(a, ',') WITHIN GROUP (ORDER BY a) FROM aegis_scope",
      [],
    ],
    [
      'select max_by(a, b), approx_percentile(a, 0.5), count_if(c) from {table}',
      'SELECT max_by(a, b), approx_percentile(a, 0.5), count_if(c) FROM aegis_scope',
      [],
    ],
    ['select array_agg(a order by b) from {table}', 'SELECT ARRAY_AGG(a ORDER BY b) FROM aegis_scope', []],
    ['select a from {table} offset 5 limit 10', 'SELECT a FROM aegis_scope OFFSET 5 LIMIT 10', []],
    [
      'select first_value(a) ignore nulls over (order by b) from {table}',
      'SELECT first_value(a) IGNORE NULLS OVER (ORDER BY b) FROM aegis_scope',
      [],
    ],
    ['select * from "cat"."sch"."tbl"', 'SELECT * FROM "cat"."sch"."tbl"', ['cat.sch.tbl']],
  ],
};

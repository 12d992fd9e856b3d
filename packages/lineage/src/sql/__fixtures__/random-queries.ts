import fc from 'fast-check';

/** Tables that random queries read; every column holds integers. */
export const tables: { readonly [table: string]: readonly string[] } = { t: ['k', 'a', 'b', 'c'], u: ['k', 'd', 'e'] };

const pick = <Item>(...items: readonly Item[]): fc.Arbitrary<Item> => fc.constantFrom(...items);

/** A scalar of columns that are in scope. */
const scalar = (columns: readonly string[], depth = 2): fc.Arbitrary<string> => {
  const leaf = fc.oneof(pick(...columns), pick('0', '1', '3'));
  if (depth === 0) return leaf;
  const inner = scalar(columns, depth - 1);
  const two = fc.tuple(inner, inner);
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    two.map(([x, y]) => `(${x} + ${y})`),
    fc.tuple(inner, inner, inner).map(([x, y, z]) => `CASE WHEN ${x} > 2 THEN ${y} ELSE ${z} END`),
    two.map(([x, y]) => `coalesce(nullif(${x}, ${y}), 7)`),
    fc
      .tuple(pick('max', 'min', 'sum'), pick(...columns))
      .map(([f, x]) => `(SELECT ${f}(w.d) FROM u w WHERE w.e > ${x})`),
    pick(...columns).map((x) => `CAST(EXISTS (SELECT 1 FROM u w WHERE w.d = ${x}) AS INT)`),
    pick(...columns).map((x) => `CAST(${x} IN (SELECT a FROM t) AS INT)`),
    two.map(([x, y]) => `{'p': ${x}, 'q': ${y}}.p`),
    fc.tuple(leaf, leaf).map(([x, y]) => `list_sum(list_transform([${x}], v -> v + ${y}))`),
  );
};

const windowed = (columns: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(pick('sum', 'max', 'min', 'count'), scalar(columns, 1), pick(...columns), pick(...columns))
    .map(([f, x, part, order]) => `${f}(${x}) OVER (PARTITION BY ${part} ORDER BY ${order})`);

const aggregated = (columns: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(pick('sum', 'max', 'min', 'count'), scalar(columns, 1), scalar(columns, 1), fc.boolean())
    .map(([f, x, test, isFiltered]) => `${f}(${x})${isFiltered ? ` FILTER (WHERE ${test} > 1)` : ''}`);

interface Source {
  readonly sql: string;
  readonly columns: readonly string[];
}

const sources: readonly Source[] = [
  { sql: 't', columns: ['k', 'a', 'b', 'c'] },
  { sql: 't JOIN u ON t.k = u.k', columns: ['t.a', 'b', 'u.k', 'd', 'e'] },
  { sql: 't LEFT JOIN u USING (k)', columns: ['k', 'a', 'b', 'd'] },
  { sql: 't FULL JOIN u ON t.a = u.d', columns: ['t.k', 'a', 'c', 'e'] },
  { sql: 't SEMI JOIN u ON t.b = u.e', columns: ['k', 'a', 'b', 'c'] },
  { sql: 't, (SELECT max(d) AS m FROM u WHERE u.k = t.k) q', columns: ['a', 'b', 'm'] },
  { sql: 't, unnest([t.a, t.b]) AS l(x)', columns: ['k', 'c', 'x'] },
  { sql: '(SELECT * EXCLUDE (c) REPLACE (a + 1 AS a) FROM t) s', columns: ['k', 'a', 's.b'] },
  { sql: '(SELECT a AS x, b AS y FROM t UNION ALL SELECT d, e FROM u) s', columns: ['x', 'y'] },
  { sql: '(SELECT a AS x FROM t UNION SELECT e FROM u) s', columns: ['x'] },
  { sql: '(SELECT a AS x, b AS y FROM t EXCEPT SELECT d, e FROM u) s', columns: ['x', 'y'] },
  { sql: '(SELECT DISTINCT a AS x, b AS y FROM t) s', columns: ['x', 'y'] },
  { sql: '(PIVOT t ON k IN (1, 2) USING sum(a) GROUP BY b) p', columns: ['b', '"1"', '"2"'] },
  { sql: '(UNPIVOT t ON a, b INTO NAME n VALUE v) p', columns: ['k', 'c', 'v'] },
  { sql: '(SELECT k, a, b FROM t QUALIFY rank() OVER (PARTITION BY k ORDER BY c) = 1) s', columns: ['k', 'a', 'b'] },
];

const conditioned = (columns: readonly string[]): fc.Arbitrary<string> =>
  fc.option(scalar(columns, 1)).map((test) => (test === null ? '' : ` WHERE ${test} > 1`));

const plain = ({ sql, columns }: Source): fc.Arbitrary<string> =>
  fc
    .tuple(scalar(columns), scalar(columns), windowed(columns), conditioned(columns), pick('', 'DISTINCT '))
    .map(([x, y, z, where, distinct]) => `SELECT ${distinct}${x} AS o1, ${y} AS o2, ${z} AS o3 FROM ${sql}${where}`);

const grouped = ({ sql, columns }: Source): fc.Arbitrary<string> =>
  fc
    .tuple(pick(...columns), aggregated(columns), aggregated(columns), conditioned(columns), pick('1', 'o1', 'ALL'))
    .map(([key, x, y, where, by]) => `SELECT ${key} AS o1, ${x} AS o2, ${y} AS o3 FROM ${sql}${where} GROUP BY ${by}`);

/** A query with columns `o1`, `o2` and `o3`. */
export const randomQuery: fc.Arbitrary<string> = fc
  .constantFrom(...sources)
  .chain((source) => fc.oneof(plain(source), grouped(source)))
  .chain((query) =>
    fc.constantFrom(
      query,
      `WITH s AS (${query}) SELECT o2 AS o1, o1 + 1 AS o2, o3 FROM s WHERE o1 > 0`,
      `WITH s AS (${query}), r AS (SELECT * FROM s) SELECT r.o1, x.o2, r.o3 FROM r JOIN r x ON r.o1 = x.o1`,
      `SELECT max(o1) AS o1, o2, count(*) AS o3 FROM (${query}) q GROUP BY o2 HAVING count(o3) > 0`,
    ),
  );

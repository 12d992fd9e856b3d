import { describe, expect, it } from 'vitest';
import { BareDuckDb } from '../__fixtures__/bare-duckdb.js';
import { evidenceOf, evidenceOfRule } from '../__fixtures__/evidence-of.js';
import type { TestRule } from '../__fixtures__/run-rules.js';

/** 3,000 rows of a column `x` (and others), and what is found when a rule on it fails. */
const found = async (columns: string, logic: TestRule['logic'], ...before: readonly string[]) => {
  const warehouse = new BareDuckDb();
  for (const sql of before) await warehouse.prepare(sql);
  await warehouse.prepare(`CREATE TABLE t AS SELECT ${columns} FROM range(3000) AS r(i)`);
  const { facts, notes } = await evidenceOfRule(warehouse, { logic });
  expect(notes).toEqual([]);
  return { facts, kinds: facts.map(({ kind }) => kind), sentences: facts.map(({ sentence }) => sentence) };
};

const accepted = { type: 'accepted_values', column: 'x', values: ['shipped', 'returned', 'placed'] };

describe('near misses of accepted values', () => {
  it('tell case, spaces and typing errors apart', async () => {
    const wrong =
      "CASE i % 30 WHEN 0 THEN ' shipped' WHEN 1 THEN 'Returned' WHEN 2 THEN 'shiped' ELSE 'placed' END AS x";
    const { facts, sentences } = await found(wrong, accepted);
    expect(sentences.slice(0, 3).sort()).toEqual([
      "100 of the 300 failing rows (33 %) hold a value that is an accepted one but for a letter or two, e.g. 'shiped' for 'shipped'.",
      "100 of the 300 failing rows (33 %) hold a value that is an accepted one but for spaces around it, e.g. ' shipped' for 'shipped'.",
      "100 of the 300 failing rows (33 %) hold a value that is an accepted one but for upper and lower case, e.g. 'Returned' for 'returned'.",
    ]);
    expect(facts[0]?.numbers).toMatchObject({ failing_rows: 300, segment_failing_rows: 100 });
  });

  it('are not made up: values that are near none are only named', async () => {
    const { sentences, kinds } = await found("CASE WHEN i % 10 = 0 THEN 'lost' ELSE 'placed' END AS x", accepted);
    expect(kinds).toEqual(['failing_values']);
    expect(sentences).toEqual(["All 300 failing rows hold 'lost' in x."]);
  });
});

describe('values that stand for none', () => {
  it.each([
    ['words', "CASE WHEN i % 10 = 0 THEN 'N/A' ELSE 'placed' END AS x", accepted, "'N/A'"],
    [
      'dates',
      "CASE WHEN i % 10 = 0 THEN DATE '1900-01-01' ELSE DATE '2026-01-01' END AS x",
      { type: 'between', column: 'x', min_value: '2000-01-01' },
      "'1900-01-01'",
    ],
    [
      'numbers',
      'CASE WHEN i % 10 = 0 THEN 9999 ELSE i % 7 END AS x',
      { type: 'between', column: 'x', max_value: 100 },
      '9999',
    ],
  ])('are called so: %s', async (_, columns, logic, shown) => {
    const { facts, sentences } = await found(columns, logic);
    expect(facts[0]?.kind).toBe('default_value');
    expect(sentences[0]).toBe(`All 300 failing rows hold ${shown} in x, which often stands for no value.`);
  });
});

describe('values in another unit', () => {
  it.each(['NaN', 'Infinity', '-Infinity', '1e300'])('are found beside %s', async (odd) => {
    const { kinds } = await found(
      `CASE WHEN i % 50 = 7 THEN CAST('${odd}' AS DOUBLE) WHEN i % 10 = 0 THEN 100.0 * (40 + i % 9) ELSE 40 + i % 9 END AS x`,
      { type: 'between', column: 'x', min_value: -1e5, max_value: 1000 },
    );
    expect(kinds).toContain('unit_factor');
  });

  it('are found by what the others look like', async () => {
    const { facts, sentences } = await found(
      'CASE WHEN i % 20 = 0 THEN 100 ELSE 1 END * (40 + (hash(i) % 2000) / 100)::DOUBLE AS x',
      { type: 'between', column: 'x', max_value: 200 },
    );
    expect(facts[0]).toMatchObject({ kind: 'unit_factor', numbers: { column: 'x', factor: 100 } });
    expect(sentences[0]).toMatch(
      /^Divided by 100, the failing values of x look like the others: mean [45]\d\.\d+ and deviation/,
    );
  });

  it('are not claimed of values that are only large', async () => {
    const { kinds } = await found('CASE WHEN i % 20 = 0 THEN 5000 + i ELSE i % 100 END AS x', {
      type: 'between',
      column: 'x',
      max_value: 200,
    });
    expect(kinds).not.toContain('unit_factor');
    expect(kinds).toContain('failing_range');
  });
});

describe('exchanged columns', () => {
  it('are found where the rule would accept the other value, and mostly not elsewhere', async () => {
    const { facts, sentences } = await found(
      'CASE WHEN i % 25 = 0 THEN -100 - hash(i) % 20 ELSE 30 + hash(i) % 15 END::DOUBLE AS x, CASE WHEN i % 25 = 0 THEN 30 + hash(i) % 15 ELSE -100 - hash(i) % 20 END::DOUBLE AS y, 1.5::DOUBLE AS z',
      { type: 'between', column: 'x', min_value: -90, max_value: 90 },
    );
    expect(facts[0]).toMatchObject({ kind: 'exchanged_columns', numbers: { column: 'x', other_column: 'y' } });
    expect(sentences[0]).toMatch(
      /^All 120 failing rows have a y that the rule would accept, and 0 % of the rows that hold/,
    );
  });
});

describe('damaged texts', () => {
  const letters = { type: 'regex_match', column: 'x', pattern: '^[\\p{L} ]+$' };
  it.each([
    [
      'a wrong encoding',
      "CASE WHEN i % 10 = 0 THEN 'Genève' || chr(195) || chr(169) ELSE 'Basel' END AS x",
      letters,
      'encoding',
    ],
    ['a lost character', "CASE WHEN i % 10 = 0 THEN 'Gen?ve' ELSE 'Basel' END AS x", letters, 'encoding'],
    ['spaces', "CASE WHEN i % 10 = 0 THEN ' ab' ELSE 'ab' END AS x", { ...letters, pattern: '^[a-z]+$' }, 'near_miss'],
    ['case', "CASE WHEN i % 10 = 0 THEN 'AB' ELSE 'ab' END AS x", { ...letters, pattern: '^[a-z]+$' }, 'near_miss'],
    [
      'a cut',
      "CASE WHEN i % 10 = 0 THEN left('user' || i || '@example-company', 5 + CAST(hash(i) % 8 AS INTEGER) + 5)[1:12] ELSE 'a@b.com' END AS x",
      { ...letters, pattern: '\\.com$' },
      'truncated',
    ],
  ])('show %s', async (_, columns, logic, kind) => {
    expect((await found(columns, logic)).kinds).toContain(kind);
  });
});

describe('keys without a parent', () => {
  it('are compared with the keys that there are', async () => {
    const parents = "CREATE TABLE p AS SELECT 'K' || lpad(CAST(j AS VARCHAR), 5, '0') AS k FROM range(500) AS r(j)";
    const { sentences } = await found(
      "CASE WHEN i % 10 = 0 THEN 'k' ELSE 'K' END || lpad(CAST(i % 500 AS VARCHAR), 5, '0') AS x",
      { type: 'foreign_key', column: 'x', reference_table: 'p', reference_column: 'k' },
      parents,
    );
    expect(sentences[0]).toMatch(
      /^All 300 failing rows hold a value that is a key of the reference but for upper and lower case, e\.g\. 'k/,
    );
  });

  it('may lie beyond the last parent', async () => {
    const { sentences } = await found(
      'i AS x',
      { type: 'foreign_key', column: 'x', reference_table: 'p', reference_column: 'k' },
      'CREATE TABLE p AS SELECT j AS k FROM range(2900) AS r(j)',
    );
    expect(sentences).toContain(
      'All 100 failing rows have x above 2899, the largest key of the reference: it may not be loaded that far.',
    );
  });
});

describe('repeated keys', () => {
  const unique = { type: 'unique', column: 'x' };
  it('are told to be a second load where whole rows are repeated', async () => {
    const { sentences } = await found("i % 2900 AS x, 'n' || (i % 2900) AS name, (i % 2900) // 100 AS part", unique);
    expect(sentences[0]).toBe(
      'All 200 rows with repeated keys are repeated in 2 other columns too, as a second load of the same data would.',
    );
  });

  it('are told to be something else where rows differ', async () => {
    const { sentences } = await found("i % 2900 AS x, 'n' || i AS name", unique);
    expect(sentences).toContain(
      'No two of the 200 rows with repeated keys agree in the 1 other column that are filled: they differ in more than a second load would.',
    );
  });
});

describe('rules that fail the same rows', () => {
  it('are named, with what they share', async () => {
    const warehouse = new BareDuckDb();
    await warehouse.prepare(
      "CREATE TABLE t AS SELECT CASE WHEN i % 10 <> 0 THEN i END AS a, CASE WHEN i % 5 <> 0 THEN 'v' END AS b FROM range(3000) AS r(i)",
    );
    const facts = await evidenceOf(warehouse, {
      a: { logic: { type: 'not_null', column: 'a' } },
      b: { logic: { type: 'not_null', column: 'b' } },
    });
    const told = facts.get('a')?.facts.find(({ kind }) => kind === 'co_failing');
    expect(told?.sentence).toBe('All 300 failing rows fail b too, which 600 rows fail.');
    expect(told?.numbers).toEqual({ rule: 'b', failing_rows: 300, other_failing_rows: 600, both_failing_rows: 300 });
  });
});

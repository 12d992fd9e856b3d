import type { Dialect, Row, RowTest, Statement } from '@aegis/spec';
import { duckdbDialect } from '@aegis/sql';
import { describe, expect, it } from 'vitest';
import { BareDuckDb } from '../__fixtures__/bare-duckdb.js';
import { evidenceOf } from '../__fixtures__/evidence-of.js';
import type { TestRule } from '../__fixtures__/run-rules.js';

const rules: { readonly [id: string]: TestRule } = {
  key: { logic: { type: 'unique', column: 'key' } },
  pair: { logic: { type: 'composite_unique', columns: ['day', 'line'] } },
  parent: { logic: { type: 'foreign_key', column: 'parent', reference_table: 'parents', reference_column: 'id' } },
  amount: { logic: { type: 'not_null', column: 'amount' } },
};

/** Keys of several kinds, some of them hard to write, of which about one in `every` fails. */
const prepared = async (every: number, seed: number, dialect?: Dialect): Promise<BareDuckDb> => {
  const warehouse = new BareDuckDb(dialect);
  const odd = (salt: number) => `hash(i * 31 + ${seed * 100 + salt}) % ${every} = 0`;
  await warehouse.prepare('CREATE TABLE parents AS SELECT j AS id FROM range(50) AS r(j)');
  await warehouse.prepare(
    `CREATE TABLE t AS SELECT
      'it''s "' || chr(92) || ' ' || CASE WHEN ${odd(1)} THEN i // 40 ELSE i END AS key,
      DATE '2026-01-01' + CAST(i // 100 AS INTEGER) AS day,
      CASE WHEN ${odd(2)} THEN 7 ELSE i % 100 END AS line,
      CASE WHEN ${odd(3)} THEN 100 + i % 5 ELSE i % 50 END AS parent,
      CASE WHEN ${odd(4)} THEN NULL ELSE 1.5 END AS amount,
      ['DE', 'CH', 'AT'][1 + CAST(hash(i + ${seed}) % 3 AS INTEGER)] AS country
    FROM range(3000) AS r(i)`,
  );
  await warehouse.prepare(`INSERT INTO t SELECT * FROM t WHERE hash(key) % ${every * 3} = 0`);
  return warehouse;
};

const withoutHints = (test: RowTest): RowTest => {
  if (test.kind === 'condition') return test;
  const { known: _known, ...rest } = test;
  return rest.kind === 'duplicated' ? { kind: 'duplicated', keys: rest.keys } : rest;
};

/** Looks for failing keys anew in each statement, as a dialect may that takes no hints. */
const slow: Dialect = Object.assign(Object.create(duckdbDialect) as Dialect, {
  statement: (statement: Statement) =>
    duckdbDialect.statement(
      'tests' in statement ? { ...statement, tests: statement.tests.map(withoutHints) } : statement,
    ),
});

const factsOf = async (warehouse: BareDuckDb, chosen = rules) =>
  [...(await evidenceOf(warehouse, chosen))].map(([id, { facts, notes }]) => ({
    id,
    notes,
    facts: facts.map(({ sql: _sql, ...fact }) => fact),
  }));

const isSample = (sql: string): boolean => sql.endsWith(' LIMIT 500');

/** What is asked of all rows once the samples are there. */
const afterSamples = ({ statements }: BareDuckDb): readonly string[] => {
  const asked = statements.slice(statements.findLastIndex(isSample) + 1);
  expect(asked.length).toBeGreaterThan(1);
  return asked;
};

describe('keys that the samples show', () => {
  it.each([1, 2, 3, 4, 5, 6])('tell the same facts as looking for them in every statement (%i)', async (seed) => {
    for (const every of [20, 200]) {
      const found = await factsOf(await prepared(every, seed));
      expect(found.flatMap(({ notes }) => notes)).toEqual([]);
      expect(found.flatMap(({ facts }) => facts).length).toBeGreaterThan(0);
      expect(found).toEqual(await factsOf(await prepared(every, seed, slow)));
    }
  });

  it('are not looked for again', async () => {
    const warehouse = await prepared(200, 1);
    await evidenceOf(warehouse, rules);
    const asked = afterSamples(warehouse);
    expect(asked.filter((sql) => sql.includes('(VALUES ')).length).toBeGreaterThanOrEqual(2);
    for (const sql of asked) expect(sql).not.toMatch(/FROM "(t|parents)" WHERE[^)]* (GROUP BY|IS NOT NULL\))/);
  });

  it('are looked for where a sample may not hold all of them', async () => {
    const warehouse = await prepared(3, 1);
    const found = await factsOf(warehouse);
    expect(afterSamples(warehouse).join('\n')).not.toContain('(VALUES ');
    expect(found).toEqual(await factsOf(await prepared(3, 1, slow)));
  });

  it('are not taken where they find other rows than the sample showed', async () => {
    const warehouse = await prepared(200, 1);
    const ask = warehouse.executeSample.bind(warehouse);
    warehouse.executeSample = async (sql, limit, options) => {
      const rows = await ask(sql, limit, options);
      return isSample(sql) ? rows.map((row): Row => ({ ...row, key: `${row.key}  ` })) : rows;
    };
    const [shown] = await factsOf(warehouse, { key: rules.key as TestRule });
    const [expected] = await factsOf(await prepared(200, 1), { key: rules.key as TestRule });
    expect(shown?.facts.map(({ kind }) => kind)).toEqual(expected?.facts.map(({ kind }) => kind));
    expect(shown?.facts[0]?.numbers).toMatchObject({ failing_rows: expected?.facts[0]?.numbers.failing_rows });
  });
});

describe('rows that are repeated as a whole', () => {
  it('are sought among rows whose keys repeat: all others are read once', async () => {
    const warehouse = await prepared(3, 2);
    await evidenceOf(warehouse, { key: rules.key as TestRule });
    const [overlaps = ''] = afterSamples(warehouse);
    expect(overlaps).toContain('aegis_rows');
    // The rows themselves, and the keys of the rule.
    expect(overlaps.split('FROM "t"')).toHaveLength(3);
  });

  it('are told where the key is of a kind that rows are not parted by', async () => {
    const warehouse = new BareDuckDb();
    await warehouse.prepare(
      "CREATE TABLE t AS SELECT TIME '00:00:00' + to_seconds(i % 2900) AS x, 'n' || (i % 2900) AS name FROM range(3000) AS r(i)",
    );
    const [found] = await factsOf(warehouse, { x: { logic: { type: 'unique', column: 'x' } } });
    expect(found?.facts[0]?.sentence).toBe(
      'All 200 rows with repeated keys are repeated in 1 other column too, as a second load of the same data would.',
    );
  });
});

describe('guesses', () => {
  it('are asked of all rows only where they are right of failing ones', async () => {
    const warehouse = new BareDuckDb();
    await warehouse.prepare(
      "CREATE TABLE t AS SELECT CASE WHEN i % 10 = 0 THEN '?' || i ELSE 'ab' END AS x, 'cd' AS y, '1' AS z FROM range(3000) AS r(i)",
    );
    const rule: TestRule = { logic: { type: 'regex_match', column: 'x', pattern: '^[a-z]+$' } };
    await evidenceOf(warehouse, { r: rule });
    const [overlaps = '', ...others] = afterSamples(warehouse);
    expect(overlaps).toContain('AS w0');
    expect(others.join('\n')).toContain('"y"');
    expect(others.join('\n')).not.toContain('regexp_matches("z"');
  });
});

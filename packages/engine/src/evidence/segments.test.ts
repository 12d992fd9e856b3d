import { describe, expect, it } from 'vitest';
import { BareDuckDb } from '../__fixtures__/bare-duckdb.js';
import { evidenceOf, evidenceOfRule } from '../__fixtures__/evidence-of.js';

/** 20,000 orders of ten countries, three channels and forty days. */
const orders =
  "SELECT i AS id, ['DE', 'CH', 'AT', 'FR', 'IT', 'ES', 'PT', 'NL', 'BE', 'SE'][1 + i % 10] AS country, " +
  "['DEU', 'CHE', 'AUT', 'FRA', 'ITA', 'ESP', 'PRT', 'NLD', 'BEL', 'SWE'][1 + i % 10] AS country_code, " +
  "['web', 'shop', 'phone'][1 + CAST(hash(i) % 3 AS INTEGER)] AS channel, 'batch-' || (i // 100) AS batch, " +
  "(hash(i * 7) % 10000) / 100 AS price, DATE '2026-01-01' + CAST(i // 500 AS INTEGER) AS order_date, ";

const table = async (amount: string): Promise<BareDuckDb> => {
  const warehouse = new BareDuckDb();
  await warehouse.prepare(
    `CREATE TABLE t AS SELECT *, ${amount} AS amount FROM (${orders} 0 AS _ FROM range(20000) AS r(i))`,
  );
  warehouse.statements.length = 0;
  return warehouse;
};

const notNull = { logic: { type: 'not_null', column: 'amount' } };
const sentences = async (warehouse: BareDuckDb, rule: Parameters<typeof evidenceOfRule>[1]) => {
  const { facts, notes } = await evidenceOfRule(warehouse, rule);
  expect(notes).toEqual([]);
  return facts.map(({ sentence }) => sentence);
};

describe('segments of failing rows', () => {
  it('names the value that failing rows share, and another column that says the same', async () => {
    const warehouse = await table(
      "CASE WHEN country = 'DE' AND hash(id) % 2 = 0 OR id % 2503 = 0 THEN NULL ELSE 1 END",
    );
    const [first, ...others] = await sentences(warehouse, notNull);
    expect(first).toMatch(
      /^99\.\d % of the [\d,]+ failing rows have country = 'DE' \(10 % of all rows\): [\d,]+ times the rate elsewhere\. Nearly the same rows have country_code = 'DEU'\.$/,
    );
    expect(others).toEqual([]);
  });

  it('names a pair where failures need both', async () => {
    const warehouse = await table("CASE WHEN country = 'DE' AND channel = 'web' THEN NULL ELSE 1 END");
    expect(await sentences(warehouse, notNull)).toEqual([
      expect.stringMatching(
        /^All [\d,]+ failing rows have (country = 'DE' and channel = 'web'|channel = 'web' and country = 'DE') /,
      ),
    ]);
  });

  it('names a range of numbers', async () => {
    const warehouse = await table('CASE WHEN price >= 30 AND price < 35 THEN NULL ELSE 1 END');
    expect(await sentences(warehouse, notNull)).toEqual([
      expect.stringMatching(/^All [\d,]+ failing rows have price from 30 to before 35 /),
    ]);
  });

  it('names days', async () => {
    const warehouse = await table("CASE WHEN order_date BETWEEN '2026-01-11' AND '2026-01-12' THEN NULL ELSE 1 END");
    expect(await sentences(warehouse, notNull)).toEqual([
      expect.stringMatching(/^All 1,000 failing rows have order_date from 2026-01-11 to before 2026-01-13 /),
    ]);
  });

  it('names one batch of many', async () => {
    const warehouse = await table("CASE WHEN batch = 'batch-77' OR id % 900 = 0 THEN NULL ELSE 1 END");
    expect((await sentences(warehouse, notNull))[0]).toContain("batch = 'batch-77'");
  });

  it('finds nothing where failures have nothing in common', async () => {
    const warehouse = await table('CASE WHEN hash(id * 13) % 10 = 0 THEN NULL ELSE 1 END');
    expect(await sentences(warehouse, notNull)).toEqual([]);
  });

  it('finds causes of several rules of a table at once, each its own', async () => {
    const warehouse = new BareDuckDb();
    const broken = (column: string, value: string, name: string) =>
      `CASE WHEN ${column} = '${value}' AND hash(id || '${name}') % 3 = 0 THEN NULL ELSE 1 END AS ${name}`;
    await warehouse.prepare(
      `CREATE TABLE t AS SELECT *, ${broken('country', 'DE', 'a')}, ${broken('country', 'SE', 'b')}, ${broken('channel', 'web', 'c')}, ${broken('country_code', 'FRA', 'd')} FROM (${orders} 0 AS _ FROM range(20000) AS r(i))`,
    );
    const rules = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((column) => [column, { logic: { type: 'not_null', column } }]),
    );
    const evidence = await evidenceOf(warehouse, rules);
    const first = [...evidence.values()].map(({ facts }) => facts[0]?.numbers.values);
    expect(first).toEqual([{ country: 'DE' }, { country: 'SE' }, { channel: 'web' }, { country: 'FR' }]);
  });
});

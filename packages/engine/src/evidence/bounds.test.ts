import { describe, expect, it } from 'vitest';
import { BareDuckDb } from '../__fixtures__/bare-duckdb.js';
import { evidenceOfRule } from '../__fixtures__/evidence-of.js';

const notNull = { logic: { type: 'not_null', column: 'amount' } };

/** 4,000 rows of which those with prices from 30 to before 35 lack an amount, and others with odd values where they are given. */
const found = async (price: string, lacksAmount = 'price >= 30 AND price < 35') => {
  const warehouse = new BareDuckDb();
  const prices = `SELECT i, ${price} AS price FROM range(4000) AS r(i)`;
  await warehouse.prepare(
    `CREATE TABLE t AS SELECT i, price, CASE WHEN ${lacksAmount} THEN NULL ELSE 1 END AS amount FROM (${prices})`,
  );
  const { facts, notes } = await evidenceOfRule(warehouse, notNull);
  expect(notes).toEqual([]);
  return { facts, warehouse, asked: warehouse.statements.filter((sql) => sql.includes('AS low')) };
};

const spread = 'CAST((hash(i * 7) % 10000) / 100 AS DOUBLE)';
const withOdd = (odd: string) => `CASE WHEN i % 50 = 7 THEN CAST('${odd}' AS DOUBLE) ELSE ${spread} END`;

describe('ranges of a column that holds what is no number', () => {
  it.each(['NaN', 'Infinity', '-Infinity'])('are cut between the finite values: %s', async (odd) => {
    const { facts, asked } = await found(withOdd(odd));
    expect(facts[0]?.sentence).toMatch(/^All [\d,]+ failing rows have price from 30 to before 35 /);
    expect(asked).toHaveLength(2);
    expect(asked[1]).toContain('isfinite("price")');
    expect(asked[1]).not.toContain('"i"');
  });

  it('are asked for once where all values are finite', async () => {
    const { facts, asked } = await found(spread);
    expect(facts[0]?.sentence).toMatch(/^All [\d,]+ failing rows have price from 30 to before 35 /);
    expect(asked).toHaveLength(1);
  });

  it('hold no NaN, which some engines hold above all numbers', async () => {
    const { facts, warehouse } = await found(withOdd('NaN'), 'price >= 90 AND NOT isnan(price)');
    const [told] = facts;
    expect(told?.sentence).toMatch(
      /^All [\d,]+ failing rows have price >= 90 .*: every row of it fails, and none elsewhere/,
    );
    const [again] = await warehouse.executeSample(told?.sql ?? '', 1);
    expect(Number(again?.segment_rows)).toBe(told?.numbers.segment_rows);
    expect(told?.numbers.segment_rows).toBe(told?.numbers.failing_rows);
  });
});

import { describe, expect, it } from 'vitest';
import { changesIn, type Day, sentencesIn, shopOn } from './judged-shop.js';

/** 20,000 orders a day, more than are read; stored in another order whenever they are delivered. */
const orders = (days: number, { amount = 'amount', where = 'true' } = {}): string => `
  CREATE TABLE orders AS SELECT id, country, ${amount} AS amount, placed_at FROM (
    SELECT i AS id, (ARRAY['DE', 'DE', 'DE', 'FR', 'FR', 'CH'])[1 + i % 6] AS country, CAST(10 + i * 7 % 90 AS numeric(12, 2)) AS amount,
      timestamp '2026-01-01' + i / 20000 * interval '1 day' + i % 20000 * interval '4 seconds' AS placed_at
    FROM generate_series(0, ${days * 20_000 - 1}) AS i) AS o
  WHERE ${where} ORDER BY md5(CAST(id + ${days} AS text))`;

const count = { type: 'row_count_between', min_value: 155_000, max_value: 215_000 };

const afterGoodDays = async () => {
  const shop = await shopOn('PostgreSQL', [count]);
  for (const days of [8, 9, 10]) expect((await shop.dayOf(days, [orders(days)])).report.summary.failed).toBe(0);
  return shop;
};

const figuresOf = (day: Day) =>
  /of 200,000 rows ([\d,]+) are left, where country = DE \(([\d,]+) of ([\d,]+)\)/
    .exec(sentencesIn(day)[0] ?? '')
    ?.slice(1)
    .map((figure) => Number(figure.replaceAll(',', '')));

describe('a table of PostgreSQL of which a sample is read', () => {
  it('is not said to have changed where it grew, and its rows lie elsewhere', async () => {
    const { dayOf } = await afterGoodDays();
    const grown = await dayOf(11, [orders(11)]);
    expect(grown.report.results[0]?.outcome).toBe('fail');
    expect(sentencesIn(grown)).toEqual([]);
  }, 60_000);

  it('is counted whole, and its parts nearly so, where rows are gone', async () => {
    const { dayOf } = await afterGoodDays();
    const [left, of, before] =
      figuresOf(await dayOf(11, [orders(11, { where: "country <> 'DE' OR id % 6 = 0" })])) ?? [];
    expect(left).toBe(133_333);
    expect(before).toBeGreaterThan(98_000);
    expect(before).toBeLessThan(102_000);
    expect(of).toBeGreaterThan(32_000);
    expect(of).toBeLessThan(35_000);
  }, 60_000);

  it('tells of values that are missing in one part, in SQL that gives the same again', async () => {
    const { dayOf } = await afterGoodDays();
    const emptied = await dayOf(11, [
      orders(11, { amount: "CASE WHEN country <> 'CH' OR id % 5 > 0 THEN amount END" }),
    ]);
    const [fact] = changesIn(emptied);
    expect(fact?.sentence).toMatch(
      /^Since the run of 2026-01-11 06:00, amount is NULL in 3(\.\d)? % of rows, after 0 %, where country = CH \(\d\d(\.\d)? %, after 0 %\)\.$/,
    );
    expect(fact?.sql).toContain('REPEATABLE');
  }, 60_000);
});

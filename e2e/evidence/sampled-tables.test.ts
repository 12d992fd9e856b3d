import { describe, expect, it } from 'vitest';
import { changesIn, type Day, sentencesIn, shopOn } from './judged-shop.js';

interface Orders {
  readonly days: number;
  readonly perDay: number;
  readonly amount?: string;
  readonly where?: string;
}

/** More than are read, stored in another order whenever they are delivered. */
const orders = ({ days, perDay, amount = 'amount', where = '1 = 1' }: Orders): string => `
  CREATE TABLE orders AS SELECT id, country, ${amount} AS amount, placed_at FROM (
    SELECT i AS id, CASE WHEN i % 6 < 3 THEN 'DE' WHEN i % 6 < 5 THEN 'FR' ELSE 'CH' END AS country,
      CAST(10 + i * 7 % 90 AS numeric(12, 2)) AS amount,
      timestamp '2026-01-01 00:00:00' + CAST(floor(i / ${perDay}.0) AS integer) * INTERVAL '1 day' + i % ${perDay} * INTERVAL '2 seconds' AS placed_at
    FROM generate_series(0, ${days * perDay - 1}) AS s(i)) AS o
  WHERE ${where} ORDER BY md5(CAST(id + ${days} AS text))`;

/** Engines that read less of a table the slower they are. */
const perDayOn = [
  ['PostgreSQL', 18_000],
  ['DuckDB', 36_000],
] as const;

const figuresOf = (day: Day) =>
  /of ([\d,]+) rows ([\d,]+) are left, where country = DE \(([\d,]+) of ([\d,]+)\)/
    .exec(sentencesIn(day)[0] ?? '')
    ?.slice(1)
    .map((figure) => Number(figure.replaceAll(',', ''))) ?? [];

describe.each(perDayOn)('a table on %s of which a sample is read', (engine, perDay) => {
  const afterGoodDays = async () => {
    const shop = await shopOn(engine, [
      { type: 'row_count_between', min_value: 7.6 * perDay, max_value: 10.9 * perDay },
    ]);
    const day = (delivered: Omit<Orders, 'perDay'>) => shop.dayOf(delivered.days, [orders({ ...delivered, perDay })]);
    for (const days of [8, 9, 10]) expect((await day({ days })).report.summary.failed).toBe(0);
    return day;
  };

  it('is not said to have changed where it grew, and its rows lie elsewhere', async () => {
    const day = await afterGoodDays();
    const grown = await day({ days: 11 });
    expect(grown.report.results[0]?.outcome).toBe('fail');
    expect(sentencesIn(grown)).toEqual([]);
  }, 60_000);

  it('is counted whole, and its parts nearly so, where rows are gone', async () => {
    const day = await afterGoodDays();
    const [rows, left, ofDe, before] = figuresOf(await day({ days: 11, where: "country <> 'DE' OR id % 6 = 0" }));
    expect([rows, left]).toEqual([10 * perDay, (20 / 3) * perDay]);
    expect((before ?? 0) / (5 * perDay)).toBeCloseTo(1, 1);
    expect((ofDe ?? 0) / ((5 / 3) * perDay)).toBeCloseTo(1, 1);
  }, 60_000);

  it('tells of values that are missing in one part, in SQL that reads the same sample', async () => {
    const day = await afterGoodDays();
    const emptied = await day({ days: 11, amount: "CASE WHEN country <> 'CH' OR id % 5 > 0 THEN amount END" });
    const [fact] = changesIn(emptied);
    expect(fact?.sentence).toMatch(
      /^Since the run of 2026-01-11 06:00, amount is NULL in 3(\.\d)? % of rows, after 0 %, where country = CH \((19|20)(\.\d)? %, after 0 %\)\.$/,
    );
    expect(fact?.sql).toMatch(/REPEATABLE|hash\(rowid\)/);
  }, 60_000);
});

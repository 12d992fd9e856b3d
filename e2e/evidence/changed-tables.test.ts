import { describe, expect, it } from 'vitest';
import { afterGoodDays, changesIn, engineNames, sentencesIn, shopOn } from './judged-shop.js';

/** Fails where orders are gone, and on the eleventh day by growth alone. */
const count = { type: 'row_count_between', min_value: 480, max_value: 659 };
const mean = { type: 'mean_between', column: 'amount', min_value: 40, max_value: 60 };
const since = 'Since the run of 2026-01-11 06:00,';

describe.each(engineNames)('a table on %s that is judged as a whole', (engine) => {
  it('tells which rows are gone, in words, numbers and SQL', async () => {
    const { day } = await afterGoodDays(engine, [count]);
    const lost = await day({ days: 11, where: "country <> 'DE' OR id < 60" });
    const [fact, ...others] = changesIn(lost);
    expect(others).toEqual([]);
    expect(fact?.sentence).toBe(`${since} of 600 rows 330 are left, where country = DE (30 of 300).`);
    expect(fact?.numbers).toEqual({
      ...{ last_good_run: '2026-01-11T06:00:00.000Z', change: 'lost', before: 600, after: 330 },
      ...{ segment: { country: 'DE' }, is: 'equal' },
    });
    expect(fact?.sql).toContain('GROUP BY');
    expect(lost.report.results[0]?.diagnosis?.explanation).toMatch(
      /^The table is not what it was in the last run in which all rules about all of it held \(e1\)\./,
    );
  });

  it('names several values that rows went with', async () => {
    const { day } = await afterGoodDays(engine, [count]);
    const where = "country NOT IN ('DE', 'FR') OR id < 60 OR (country = 'FR' AND id < 300)";
    expect(sentencesIn(await day({ days: 11, where }))).toEqual([
      `${since} of 600 rows 270 are left, where country is DE or FR (90 of 420).`,
    ]);
  });

  it('names the value that most rows went with', async () => {
    const { day } = await afterGoodDays(engine, [count]);
    const where = "country <> 'DE' AND id % 60 <> 7 OR id < 60";
    expect(sentencesIn(await day({ days: 11, where }))).toEqual([
      `${since} of 600 rows 321 are left, mostly where country = DE (30 of 300).`,
    ]);
  });

  it('names no value where all lost as much', async () => {
    const { day } = await afterGoodDays(engine, [count]);
    expect(sentencesIn(await day({ days: 11, where: 'id % 60 < 30' }))).toEqual([`${since} of 600 rows 300 are left.`]);
  });

  it('names the day whose rows are gone', async () => {
    const { day } = await afterGoodDays(engine, [{ ...count, min_value: 480, max_value: 600 }]);
    const lost = await day({ days: 12, where: 'id NOT BETWEEN 240 AND 299' });
    expect(sentencesIn(lost)).toEqual([
      `${since} of 600 rows 540 are left, where placed_at is on 2026-01-05 (0 of 60).`,
    ]);
  });

  it('tells in which rows a column is NULL', async () => {
    const { day } = await afterGoodDays(engine, [count]);
    const emptied = await day({ days: 11, amount: "CASE WHEN country <> 'CH' THEN amount END" });
    expect(sentencesIn(emptied)).toEqual([
      `${since} amount is NULL in 10 % of rows, after 0 %, where country = CH (100 %, after 0 %).`,
    ]);
  });

  it('tells of means that moved, first of all of the rows that went', async () => {
    const { day } = await afterGoodDays(engine, [mean]);
    const dearer = await day({ days: 11, amount: "CASE WHEN country = 'FR' THEN 10 * amount ELSE amount END" });
    expect(sentencesIn(dearer)[0]).toMatch(
      /^Since the run of 2026-01-11 06:00, the mean of amount is 15\d\.\d+, after 5\d\.\d+, where country = FR \(5\d\d\.?\d*, after 5\d\.?\d*\)\.$/,
    );
    const fewer = await day({ days: 11, amount: '10 * amount', where: "country = 'FR'" });
    const [first, second] = sentencesIn(fewer);
    expect(first).toMatch(/ of 600 rows 120 are left, where country is DE, AT, CH or IT \(0 of 480\)\.$/);
    expect(second).toMatch(/the mean of amount is/);
  });

  it('has room for two changes, whatever else there is to say', async () => {
    const { day } = await afterGoodDays(engine, [mean]);
    const { report } = await day({ days: 11, amount: '10 * amount', where: 'id NOT BETWEEN 240 AND 299' });
    const kinds = report.results[0]?.diagnosis?.evidence.map(({ kind }) => kind);
    expect(kinds).toEqual(['changed_since_good_run', 'changed_since_good_run', 'volume', 'moved']);
  });

  it('says nothing of growth, or where it was never seen before', async () => {
    const { day } = await afterGoodDays(engine, [count]);
    const grown = await day({ days: 11 });
    expect(grown.report.results[0]?.outcome).toBe('fail');
    expect(sentencesIn(grown)).toEqual([]);
    const first = await (await shopOn(engine, [count])).day({ days: 7 });
    expect(first.report.results[0]?.outcome).toBe('fail');
    expect(sentencesIn(first)).toEqual([]);
  });

  it('tells which columns came, went and are of another type', async () => {
    const { day } = await afterGoodDays(engine, [count]);
    const another = await day({ days: 11, more: 'amount AS price', status: 'id % 7' });
    const [fact] = changesIn(another);
    expect(fact?.numbers).toMatchObject({ change: 'columns', gone: [], added: ['price'] });
    expect(fact?.sentence).toMatch(
      /^Since the run of 2026-01-11 06:00, column price is new; column status is \w+, after \w+\.$/,
    );
  });
});

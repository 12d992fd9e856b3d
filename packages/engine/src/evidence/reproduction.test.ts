import type { Row } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { BareDuckDb } from '../__fixtures__/bare-duckdb.js';
import { evidenceOf } from '../__fixtures__/evidence-of.js';

/** A table in which rules of several kinds fail, each for a reason of its own. */
const damaged = async (): Promise<BareDuckDb> => {
  const warehouse = new BareDuckDb();
  await warehouse.prepare('CREATE TABLE parents AS SELECT j AS id FROM range(100) AS r(j)');
  await warehouse.prepare(
    `CREATE TABLE t AS SELECT i AS id, 'name ' || i AS name,
      ['DE', 'CH', 'AT', 'FR'][1 + i % 4] AS country,
      CASE WHEN i % 4 = 0 AND i % 3 = 0 THEN NULL ELSE 1.5 END AS amount,
      CASE WHEN i % 40 = 1 THEN 'Placed' ELSE 'placed' END AS status,
      CASE WHEN i % 50 = 3 THEN 100 ELSE 1 END * (50 + i // 50 % 10) AS weight,
      CASE WHEN i % 31 = 5 THEN 200 ELSE i % 100 END AS parent,
      DATE '2026-01-01' + CAST(i // 100 AS INTEGER) AS day,
      CASE WHEN i >= 3000 AND i % 2 = 0 THEN -1 ELSE 1 END AS quantity
    FROM range(4000) AS r(i)`,
  );
  await warehouse.prepare('INSERT INTO t SELECT * FROM t WHERE id % 400 = 7');
  return warehouse;
};

const rules = {
  amount: { logic: { type: 'not_null', column: 'amount' } },
  status: { logic: { type: 'accepted_values', column: 'status', values: ['placed', 'shipped'] } },
  weight: { logic: { type: 'between', column: 'weight', max_value: 1000 } },
  quantity: { logic: { type: 'between', column: 'quantity', min_value: 0 } },
  parent: { logic: { type: 'foreign_key', column: 'parent', reference_table: 'parents', reference_column: 'id' } },
  id: { logic: { type: 'unique', column: 'id' } },
};

/** Of an aggregate the one row, of overlaps too; of segment counts the row of the segment and that of all rows, under the same names. */
const namesOf = (rows: readonly Row[]): Row => {
  const [first = {}] = rows;
  const both = first.n0_1 ?? null;
  if (both !== null) return { failing_rows: first.n0 ?? 0, both_failing_rows: both, repeated_rows: both };
  if (first.n === undefined) return first;
  const all = rows.find((row) => Number(row.g0 ?? 1) === 1) ?? {};
  const segment = rows.find((row) => Number(row.g0 ?? 1) === 0 && Number(row.d0) === 1) ?? {};
  return {
    ...{ all_rows: all.n ?? 0, failing_rows: all.n0 ?? 0 },
    ...{ segment_rows: segment.n ?? 0, segment_failing_rows: segment.n0 ?? 0 },
  };
};

const sorted = (values: Row | readonly unknown[]) =>
  Object.values(values)
    .filter((value) => value !== null)
    .map(String)
    .sort();

const counts = [
  'all_rows',
  'failing_rows',
  'segment_rows',
  'segment_failing_rows',
  'both_failing_rows',
  'repeated_rows',
  'failing_mean',
  'passing_mean',
];

describe('the SQL of a fact', () => {
  it('gives the numbers of the fact again, for every fact found', async () => {
    const warehouse = await damaged();
    const evidence = await evidenceOf(warehouse, rules);
    const facts = [...evidence.values()].flatMap((each) => each.facts);
    const kinds = new Set(facts.map(({ kind }) => kind));
    for (const kind of ['segment_pair', 'near_miss', 'unit_factor', 'began', 'repeated_rows', 'beyond_reference'])
      expect(kinds).toContain(kind);
    for (const { kind, sql = '', numbers, sentence } of facts) {
      const again = namesOf(await warehouse.executeSample(sql, 10));
      const compared = counts.filter((name) => numbers[name] !== undefined && again[name] !== undefined);
      expect(compared.length, sentence).toBeGreaterThan(kind === 'failing_range' ? -1 : 0);
      if (kind === 'failing_range') expect(sorted(again)).toEqual(sorted(Object.values(numbers.values ?? {}).flat()));
      for (const name of compared)
        expect(Number(again[name]), `${name}: ${sentence}`).toBeCloseTo(Number(numbers[name]), 6);
    }
  });

  it('is one of few: a sample a rule, what its parent holds, and four that all rules share', async () => {
    const warehouse = await damaged();
    const evidence = await evidenceOf(warehouse, rules);
    const total = [...evidence.values()].reduce((sum, { statements }) => sum + statements, 0);
    // Six samples, one question to the parent, and bounds, segments, their overlaps and those of the rules; beside the description of either table.
    expect(Math.round(total)).toBeLessThanOrEqual(6 + 1 + 4 + 2);
    expect([...evidence.values()].flatMap(({ notes }) => notes)).toEqual([]);
  });

  it('says nothing, and asks nothing, where no sample rows are wanted', async () => {
    const evidence = await evidenceOf(await damaged(), rules, { sampleRows: 0 });
    for (const { facts, statements } of evidence.values())
      expect({ facts, statements }).toEqual({ facts: [], statements: 0 });
  });
});

describe('evidence that cannot be had', () => {
  it('is a note, and leaves other tables their facts', async () => {
    const warehouse = await damaged();
    const ask = warehouse.executeSample.bind(warehouse);
    warehouse.executeSample = async (sql, limit, options) => {
      if (sql.includes('GROUPING SETS')) throw new Error('no memory left');
      return ask(sql, limit, options);
    };
    const evidence = await evidenceOf(warehouse, { amount: rules.amount });
    expect(evidence.get('amount')).toMatchObject({ facts: [], notes: ['no further evidence: no memory left'] });
  });
});

import { WarehouseError } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { BareDuckDb } from '../__fixtures__/bare-duckdb.js';
import { evidenceOf } from '../__fixtures__/evidence-of.js';
import type { TestRule } from '../__fixtures__/run-rules.js';

/** Thirty columns, of which each is NULL for its own one of forty values. */
const columns = Array.from({ length: 30 }, (_, index) => `c${index}`);

const prepared = async (): Promise<BareDuckDb> => {
  const warehouse = new BareDuckDb();
  const broken = columns.map(
    (name, index) => `CASE WHEN i % 40 = ${index} THEN 1000 + i % 7 ELSE i % 9 END AS ${name}`,
  );
  await warehouse.prepare(
    `CREATE TABLE t AS SELECT 'v' || (i % 40) AS kind, ${broken.join(', ')} FROM range(4000) AS r(i)`,
  );
  return warehouse;
};

const limitOf = (name: string): number => 500 + columns.indexOf(name);
const rulesFor = (names: readonly string[]): { readonly [id: string]: TestRule } =>
  Object.fromEntries(
    names.map((name) => [name, { logic: { type: 'between', column: name, max_value: limitOf(name) } }]),
  );

/** Evidence where the engine refuses what mentions the limits of some rules. */
const evidenceWhere = async (refuses: (sql: string) => boolean, error: Error, names = columns) => {
  const warehouse = await prepared();
  const ask = warehouse.executeSample.bind(warehouse);
  let isEvidence = false;
  let asked = 0;
  warehouse.executeSample = async (sql, limit, options) => {
    isEvidence ||= isSample(sql);
    if (isEvidence && sql.startsWith('SELECT') && !isSample(sql)) asked += 1;
    if (isEvidence && refuses(sql)) throw error;
    return ask(sql, limit, options);
  };
  return { evidence: await evidenceOf(warehouse, rulesFor(names)), shared: () => asked };
};

const isSample = (sql: string): boolean => sql.endsWith(' LIMIT 500');
const mentions = (sql: string, names: readonly string[]): boolean =>
  names.some((name) => sql.includes(`> ${limitOf(name)}`));
const refusal = new WarehouseError('syntax', 'value out of range\nin a line that nobody reads');
const note = 'no further evidence: value out of range';

const expectSpoiled = (evidence: Awaited<ReturnType<typeof evidenceOf>>, spoiled: readonly string[]) => {
  for (const name of columns) {
    const { facts = [], notes } = evidence.get(name) ?? {};
    expect(notes, name).toEqual(spoiled.includes(name) ? [note] : []);
    const values = facts.map(({ numbers }) => numbers.values);
    expect(values, name).toEqual(
      spoiled.includes(name) ? [] : expect.arrayContaining([{ kind: `v${columns.indexOf(name)}` }]),
    );
  }
};

describe('a rule that the engine refuses', () => {
  it('is found among those whose statements it shares, and spoils itself alone', async () => {
    const { evidence, shared } = await evidenceWhere((sql) => !isSample(sql) && mentions(sql, ['c13']), refusal);
    expectSpoiled(evidence, ['c13']);
    // Five refusals that part the thirty, one of the rule alone, and four statements for each part that is left.
    expect(shared()).toBeLessThanOrEqual(6 + 4 * 5);
  });

  it('is found twice', async () => {
    const { evidence } = await evidenceWhere((sql) => !isSample(sql) && mentions(sql, ['c3', 'c29']), refusal);
    expectSpoiled(evidence, ['c3', 'c29']);
  });

  it('parts nobody where its own sample is refused', async () => {
    const { evidence, shared } = await evidenceWhere((sql) => isSample(sql) && mentions(sql, ['c5', 'c6']), refusal);
    expectSpoiled(evidence, ['c5', 'c6']);
    expect(shared()).toBeLessThanOrEqual(4);
  });

  it('is parted only so often where all are refused', async () => {
    const { evidence, shared } = await evidenceWhere((sql) => !isSample(sql), refusal);
    expectSpoiled(evidence, columns);
    expect(shared()).toBe(1 + 2 * 12);
  });

  it('spoils itself where it is the only one', async () => {
    const { evidence, shared } = await evidenceWhere((sql) => !isSample(sql), refusal, ['c1']);
    expect(evidence.get('c1')).toMatchObject({ facts: [], notes: [note] });
    expect(shared()).toBe(1);
  });
});

describe('an error that is of no rule', () => {
  it.each(['connection', 'timeout', 'throttled', 'cancelled'] as const)('parts nobody: %s', async (reason) => {
    const error = new WarehouseError(reason, 'value out of range');
    const { evidence, shared } = await evidenceWhere((sql) => !isSample(sql), error, ['c1', 'c2', 'c3']);
    expect([...evidence.values()].map(({ notes }) => notes)).toEqual([[note], [note], [note]]);
    // What may succeed when it is asked again is asked thrice.
    expect(shared()).toBeLessThanOrEqual(3);
  });
});

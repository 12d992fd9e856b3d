import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matches } from '../build.js';
import { duckdbDialect } from '../dialects/duckdb.js';
import { openDuckDb, type TestDuckDb } from '../testing/duckdb.js';
import { agreements } from '../testing/pattern-agreements.js';

/** Patterns in which every engine, JavaScript included, agrees on each construct. */
const { pattern: plainPattern } = fc.letrec<{ pattern: string; branch: string; piece: string; atom: string }>(
  (tie) => ({
    pattern: fc.array(tie('branch'), { minLength: 1, maxLength: 3 }).map((branches) => branches.join('|')),
    branch: fc.array(tie('piece'), { minLength: 0, maxLength: 4 }).map((pieces) => pieces.join('')),
    piece: fc
      .tuple(tie('atom'), fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '{0,}'))
      .map(([atom, times]) => atom + times),
    atom: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom('a', 'b', 'c', '\\.', '[ab]', '[^a]', '\\d', '[b-c\\d]', '(?:^a)', '(?:b$)'),
      tie('pattern').map((inner) => `(${inner})`),
    ),
  }),
);

describe('patterns on DuckDB', () => {
  let duckdb: TestDuckDb;
  beforeAll(async () => {
    duckdb = await openDuckDb();
  });
  afterAll(() => duckdb.close());

  const found = async (pattern: string, text: string) => {
    const operand = { kind: 'literal', type: 'text', value: text } as const;
    return duckdb.scalar(`SELECT ${duckdbDialect.expression(matches(operand, pattern))}`);
  };

  it.each(agreements)('finds %s where JavaScript finds %s', async (pattern, oracle, texts) => {
    for (const text of texts) expect([text, await found(pattern, text)]).toEqual([text, oracle.test(text)]);
  });

  it('agrees with JavaScript on patterns made at random', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '.', '1', '\n'), maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(plainPattern, text, async (pattern, subject) => {
        expect(await found(pattern, subject)).toBe(new RegExp(pattern, 'u').test(subject));
      }),
      { seed: 7, numRuns: 400 },
    );
  });
});

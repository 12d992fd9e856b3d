import type { ColumnExpression } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { level } from './segment.js';
import type { Counted } from './single-segments.js';
import { singleSegments } from './single-segments.js';

/** Numbers between 0 and 1 that are the same in every run. */
const random = (seed: number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const text = (name: string): ColumnExpression => ({ kind: 'column', name, type: { kind: 'text', native: 'VARCHAR' } });
const number = (name: string): ColumnExpression => ({
  kind: 'column',
  name,
  type: { kind: 'integer', native: 'BIGINT' },
});

const cardinalities = [2, 3, 7, 25, 300];
const rowsOf = 2_000;
const edges = Array.from(
  { length: 40 },
  (_, index) => ({ kind: 'literal', type: 'integer', value: String((index + 1) * 24) }) as const,
);

/** Rows of five columns of kinds and one of numbers, which fail at a rate, and more often where `isPlanted`. */
const counted = (seed: number, rate: number, isPlanted: (kinds: readonly number[], number: number) => boolean) => {
  const next = random(seed);
  const counts = cardinalities.map(() => new Map<number, [number, number]>());
  const buckets = new Map<number, [number, number]>();
  let failing = 0;
  for (let row = 0; row < rowsOf; row += 1) {
    const kinds = cardinalities.map((count) => Math.floor(next() * count));
    const value = Math.floor(next() * 1_000);
    const fails = next() < (isPlanted(kinds, value) ? 0.6 : rate) ? 1 : 0;
    failing += fails;
    const add = (map: Map<number, [number, number]>, key: number) => {
      const [n, f] = map.get(key) ?? [0, 0];
      map.set(key, [n + 1, f + fails]);
    };
    for (const [index, map] of counts.entries()) add(map, kinds[index] ?? 0);
    add(buckets, Math.min(40, Math.floor(value / 24)));
  }
  const list = (map: Map<number, [number, number]>, named: (key: number) => string | number) =>
    [...map].map(([key, [rows, failed]]) => ({ values: [named(key)], rows, failing: [failed], both: () => 0 }));
  const all: Counted[] = counts.map((map, index) => ({
    dimension: { column: text(`c${index}`), spec: { by: 'value', column: text(`c${index}`) } },
    counts: list(map, (key) => `v${key}`),
  }));
  const column = number('amount');
  all.push({
    dimension: { column, spec: { by: 'range', column, edges }, cuts: { edges, tries: (41 * 42) / 2 } },
    counts: list(buckets, (key) => key),
  });
  return singleSegments(all, { rows: rowsOf, failing }, 0);
};

describe('segments by chance', () => {
  it.each([0.005, 0.02, 0.1, 0.5])(
    'are reported no more often than the level says, at a failure rate of %d',
    (rate) => {
      const runs = 400;
      const wrong = Array.from({ length: runs }, (_, seed) => counted(seed, rate, () => false)).filter(
        (found) => found.length > 0,
      );
      // Of 400 runs at 1 %, more than 11 are less likely than 1 in 1,000.
      expect(wrong.length).toBeLessThanOrEqual(runs * level * 2.75);
    },
  );

  it.each([
    ['one value of 25', (kinds: readonly number[]) => kinds[3] === 4, 'c3 = ', 'v4'],
    ['one value of 2', (kinds: readonly number[]) => kinds[0] === 1, 'c0 = ', 'v1'],
    [
      'a range of numbers',
      (_: readonly number[], value: number) => value >= 240 && value < 288,
      'amount from 240 to before 288',
      '',
    ],
  ])('do not hide %s', (_, isPlanted, text, value) => {
    const found = Array.from({ length: 60 }, (_, seed) => counted(seed + 1_000, 0.01, isPlanted)[0]?.text ?? '');
    const hits = found.filter((each) => each.startsWith(text) && each.includes(value));
    expect(hits.length).toBeGreaterThanOrEqual(57);
  });
});

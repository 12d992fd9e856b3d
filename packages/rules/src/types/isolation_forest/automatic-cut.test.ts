import { describe, expect, it } from 'vitest';
import { anomalyScores, type Point } from './forest.js';

/** Why the automatic cut is 0.75: docs/decisions/0011. Points come from one generator, so figures do not vary. */
type Random = () => number;
type Shape = (random: Random, index: number) => Point;

const generator = (start: number): Random => {
  let state = start;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 4_294_967_296;
  };
};
const normal = (random: Random) => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
const normals =
  (columns: number): Shape =>
  (random) =>
    Array.from({ length: columns }, () => normal(random));

const seeds = [1, 2, 3, 4, 5];
const rowCount = 1_000;

const points = (shape: Shape, seed: number): readonly Point[] => {
  const random = generator(seed);
  return Array.from({ length: rowCount }, (_, index) => shape(random, index));
};

/** Scores of rows among which none stands apart, over all seeds. */
const ordinaryScores = (shape: Shape) => seeds.flatMap((seed) => anomalyScores(points(shape, seed)));

const percentAbove = (cut: number, scores: readonly number[]) =>
  (100 * scores.filter((score) => score > cut).length) / scores.length;

/** Scores of one row added to normal ones, for each seed. */
const scoresOf = (stray: Point) =>
  seeds.map((seed) => anomalyScores([...points(normals(stray.length), seed), stray])[rowCount] ?? 0);

describe('among rows of which none stands apart', () => {
  it.each<{ name: string; shape: Shape; above: readonly [number, number, number] }>([
    { name: 'evenly spaced', shape: (_random, index) => [index], above: [0, 0, 0] },
    { name: 'evenly spread', shape: (random) => [random()], above: [0, 0, 0] },
    { name: 'normal', shape: normals(1), above: [1.48, 0.46, 0] },
    { name: 'normal in two columns', shape: normals(2), above: [0.08, 0.02, 0] },
    { name: 'clustered', shape: (random, index) => [(index % 2) * 100 + normal(random)], above: [1.3, 0, 0] },
    { name: 'log-normal', shape: (random) => [Math.exp(normal(random))], above: [1.74, 0.9, 0.38] },
  ])('finds this percentage of $name values above cuts of 0.7, 0.75 and 0.8', ({ shape, above }) => {
    const scores = ordinaryScores(shape);
    const found = [0.7, 0.75, 0.8].map((cut) => percentAbove(cut, scores));
    for (const [index, percent] of above.entries()) expect(found[index]).toBeCloseTo(percent, 6);
  });
});

it('would find a quarter of normal values above 0.5', () => {
  expect(percentAbove(0.5, ordinaryScores(normals(1)))).toBeCloseTo(25, -1);
});

describe('one row that stands apart', () => {
  it.each([5, 10, 100])('is above 0.75 and not always above 0.8, %d deviations away', (distance) => {
    const scores = scoresOf([distance]);
    expect(Math.min(...scores)).toBeGreaterThan(0.75);
    expect(Math.min(...scores)).toBeLessThan(0.8);
  });

  it('is found in two columns when it is far off in both, and not in one alone', () => {
    expect(Math.min(...scoresOf([10, 10]))).toBeGreaterThan(0.75);
    expect(Math.max(...scoresOf([10, 0]))).toBeLessThan(0.75);
  });

  it('is unremarkable in five columns when it is far off in one', () => {
    expect(Math.max(...scoresOf([100, 0, 0, 0, 0]))).toBeLessThan(0.6);
  });
});

import { describe, expect, it } from 'vitest';
import { anomalyScores } from './forest.js';

const even = Array.from({ length: 100 }, (_, index) => [index]);

describe('an isolation forest', () => {
  it('scores evenly spaced points below the automatic cut', () => {
    expect(Math.max(...anomalyScores(even))).toBeLessThan(0.75);
  });

  it('scores the one point that stands apart highest', () => {
    const scores = anomalyScores([...even, [10_000]]);
    expect(scores.indexOf(Math.max(...scores))).toBe(100);
    expect(scores[100]).toBeGreaterThan(0.75);
  });

  it('finds nothing remarkable in equal points', () => {
    const scores = new Set(anomalyScores(even.map(() => [7])));
    expect(scores.size).toBe(1);
    for (const score of scores) expect(score).toBeCloseTo(0.5, 12);
  });

  it('gives the same scores every time', () => {
    expect(anomalyScores(even)).toEqual(anomalyScores(even));
  });

  it('has an answer for no point and for one', () => {
    expect(anomalyScores([])).toEqual([]);
    expect(anomalyScores([[1]])).toEqual([0.5]);
  });
});

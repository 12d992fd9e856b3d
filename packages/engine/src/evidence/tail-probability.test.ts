import { describe, expect, it } from 'vitest';
import { gain, riskRatio, tailProbability } from './tail-probability.js';

describe('tailProbability', () => {
  it('is the exact upper tail of the hypergeometric distribution', () => {
    // Fisher's tea tasting: 4 of 4 right by chance is 1 in 70.
    expect(tailProbability({ rows: 8, failing: 4, segmentRows: 4, segmentFailing: 4 })).toBeCloseTo(1 / 70, 12);
    expect(tailProbability({ rows: 8, failing: 4, segmentRows: 4, segmentFailing: 3 })).toBeCloseTo(17 / 70, 12);
  });

  it('agrees with counting every way to choose, for all small tables', () => {
    const choose = (n: number, k: number): number =>
      k < 0 || k > n ? 0 : k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k;
    const [rows, failing] = [14, 5];
    for (let segmentRows = 1; segmentRows < rows; segmentRows += 1) {
      for (let least = 0; least <= Math.min(failing, segmentRows); least += 1) {
        let tail = 0;
        for (let k = least; k <= Math.min(failing, segmentRows); k += 1)
          tail += (choose(segmentRows, k) * choose(rows - segmentRows, failing - k)) / choose(rows, failing);
        expect(tailProbability({ rows, failing, segmentRows, segmentFailing: least })).toBeCloseTo(tail, 10);
      }
    }
  });

  it('stays exact enough for billions of rows', () => {
    // Half of the rows, 30 of 30 failing ones: 2^-30.
    const tail = tailProbability({ rows: 4e9, failing: 30, segmentRows: 2e9, segmentFailing: 30 });
    expect(Math.log2(tail)).toBeCloseTo(-30, 2);
  });

  it('is 1 for no failing row, and tiny for all of many', () => {
    expect(tailProbability({ rows: 100, failing: 10, segmentRows: 10, segmentFailing: 0 })).toBe(1);
    expect(tailProbability({ rows: 1e6, failing: 1000, segmentRows: 1e5, segmentFailing: 1000 })).toBeLessThan(1e-300);
  });
});

describe('riskRatio and gain', () => {
  it('compare the rate inside with the rate outside', () => {
    const split = { rows: 1000, failing: 30, segmentRows: 100, segmentFailing: 20 };
    expect(riskRatio(split)).toBeCloseTo(18, 12);
    expect(gain(split)).toBeGreaterThan(0);
    expect(gain({ rows: 1000, failing: 100, segmentRows: 100, segmentFailing: 10 })).toBeCloseTo(0, 9);
    expect(riskRatio({ ...split, segmentFailing: 30 })).toBe(Number.POSITIVE_INFINITY);
  });
});

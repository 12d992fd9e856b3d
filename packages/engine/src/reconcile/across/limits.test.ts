import { describe, expect, it } from 'vitest';
import { bucketCount, bucketLimits } from './limits.js';

const count = (target: number, source = target) => bucketCount(target, source, bucketLimits);

describe('the number of buckets', () => {
  it('grows with the rows, so that few differences cost few bytes', () => {
    expect(count(10_000)).toBe(313);
    expect(count(200_000)).toBe(2_000);
    expect(count(10_000_000)).toBe(100_000);
  });

  it('grows with the differences that the numbers of rows tell', () => {
    expect(count(10_000_000, 9_996_000)).toBe(200_000);
    expect(count(200_000, 199_900)).toBe(4_472);
  });

  it('stays below what pays, and below what one statement should give', () => {
    expect(count(400_000, 1)).toBe(12_500);
    expect(count(1_000_000_000)).toBe(262_144);
    expect(count(1)).toBe(1);
  });
});

import { describe, expect, it } from 'vitest';
import { type KeySides, wrongSide } from './key-sides.js';

const sides = (more: Partial<KeySides>): KeySides => ({
  ...{ matched: 90, orphans: 10, unreferenced: 10, matchedMin: 1, matchedMax: 100 },
  ...{ orphanMin: 20, orphanMax: 40, unreferencedMin: 20, unreferencedMax: 40 },
  ...more,
});

describe('keys that do not match', () => {
  it.each([
    ['the child, where its lonely keys look like no others', { orphanMin: 9_000_001, orphanMax: 9_000_040 }, 'child'],
    ['the child, where they are a default below zero', { orphanMin: -1, orphanMax: -1 }, 'child'],
    ['the parent, where its own do', { unreferencedMin: 9_000_001, unreferencedMax: 9_000_040 }, 'parent'],
    ['rows that are missing, where they look like all others', {}, 'missing'],
    ['nobody, where nothing matches to compare with', { matched: 0 }, 'unclear'],
  ] as const)('are the doing of %s', (_who, more, expected) => {
    expect(wrongSide(sides(more))).toBe(expected);
  });
});

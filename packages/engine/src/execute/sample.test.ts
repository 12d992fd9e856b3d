import { expect, it } from 'vitest';
import { boundedRow } from './sample.js';

it('keeps the beginning of a cell that is too long to be shown', () => {
  const { text, list, short } = boundedRow({
    text: 'x'.repeat(6_000_000),
    list: Array.from({ length: 100_000 }, () => 1),
    short: { a: [1] },
  });
  expect(text).toBe(`${'x'.repeat(10_000)}… (6000000 characters)`);
  expect(String(list)).toMatch(/^\[1,1,.*… \(200001 characters\)$/);
  expect(short).toEqual({ a: [1] });
});

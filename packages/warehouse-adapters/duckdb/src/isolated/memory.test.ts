import { expect, it } from 'vitest';
import { memoryOf } from './memory.js';

const gibibyte = 2 ** 30;

it('is a quarter of the machine for the engine, and twice that for its process', () => {
  expect(memoryOf(undefined, 16 * gibibyte)).toEqual({ limit: '4096MiB', mostBytes: 8.25 * gibibyte });
});

it.each([
  ['1GiB', '1024MiB'],
  ['2 GB', '1908MiB'],
  ['512mib', '512MiB'],
  ['0.5GiB', '512MiB'],
  ['1TiB', '1048576MiB'],
])('is what was asked for: %s', (asked, limit) => {
  expect(memoryOf(asked, 1024 * gibibyte).limit).toBe(limit);
});

it('leaves some of the machine to others', () => {
  expect(memoryOf('12GiB', 16 * gibibyte).mostBytes).toBe(0.8 * 16 * gibibyte);
});

it('is known of this machine', () => {
  expect(memoryOf(undefined).mostBytes).toBeGreaterThan(0);
});

import { WarehouseError } from '@aegis/spec';
import { expect, it } from 'vitest';
import { toldByLimit } from './ended.js';

it('tells a time limit that the engine noticed as the one that was given', () => {
  const cause = new Error('canceling statement');
  expect(toldByLimit(new WarehouseError('timeout', 'too slow', { cause }), 250)).toMatchObject({
    code: 'warehouse/timeout',
    message: expect.stringContaining('250 ms'),
    hint: expect.stringContaining('--timeout'),
    cause,
  });
});

it('leaves other errors as they are, and limits that nobody gave', () => {
  const timeout = new WarehouseError('timeout', 'the limit of the work group');
  expect(toldByLimit(timeout, undefined)).toBe(timeout);
  const other = new WarehouseError('syntax', 'no');
  expect(toldByLimit(other, 250)).toBe(other);
  expect(toldByLimit('text', 250)).toBe('text');
});

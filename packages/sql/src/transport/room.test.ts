import { expect, it } from 'vitest';
import { Room } from './room.js';

it('holds as many rows as were asked for', () => {
  const room = new Room(3);
  expect(room.fill([['a'], ['b']])).toEqual([['a'], ['b']]);
  expect(room.rowsLeft).toBe(1);
  expect(room.fill([['c'], ['d']])).toEqual([['c']]);
  expect([room.isFull, room.rowsLeft]).toEqual([true, 0]);
  expect(room.fill([['e']])).toEqual([]);
});

it('is full with the row that passes its bytes', () => {
  const room = new Room(100, 10);
  expect(room.fill([['12345'], ['67890'], ['x'], ['y']])).toEqual([['12345'], ['67890'], ['x']]);
  expect(room.isFull).toBe(true);
});

it('counts what is nested, numbers, bytes and nothing', () => {
  for (const cell of ['x'.repeat(40), new Uint8Array(40), Array(40).fill(null), { v: { w: 'x'.repeat(40) } }]) {
    const room = new Room(100, 39);
    room.take([cell]);
    expect(room.isFull, JSON.stringify(cell)).toBe(true);
  }
  const empty = new Room(100, 39);
  empty.take(['x'.repeat(39)]);
  expect(empty.isFull).toBe(false);
});

it('has none for no rows', () => {
  expect(new Room(0).isFull).toBe(true);
  expect(new Room(0).fill([['a']])).toEqual([]);
});

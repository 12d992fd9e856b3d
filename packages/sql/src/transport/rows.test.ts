import { expect, it } from 'vitest';
import { rowOf, uniqueNames } from './rows.js';

it('numbers names that repeat, past names that are taken', () => {
  expect(uniqueNames(['id', 'id', 'id_2', 'id'])).toEqual(['id', 'id_2', 'id_2_2', 'id_3']);
});

it('keys a row by any name, in order', () => {
  const row = rowOf(['__proto__', 'constructor', 'a'], ['x', null, 1]);
  expect(Object.entries(row)).toEqual([
    ['__proto__', 'x'],
    ['constructor', null],
    ['a', 1],
  ]);
});

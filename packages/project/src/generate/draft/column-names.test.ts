import { expect, it } from 'vitest';
import { isKeyName, referredThing, snakeCase, tableNamesFor } from './column-names.js';

it.each([
  ['orderId', 'order_id'],
  ['Order ID', 'order_id'],
  ['ORDER_ID', 'order_id'],
  ['  größe (m²)', 'größe_m²'.replace('²', '²')],
])('"%s" is %s in snake case', (name, expected) => {
  expect(snakeCase(name)).toBe(expected);
});

it('keys are told by the end of their name', () => {
  expect(['id', 'orderId', 'country_code', 'iata', 'isbn'].filter(isKeyName)).toHaveLength(5);
  expect(['paid', 'video', 'identity', 'keyboard', 'amount'].filter(isKeyName)).toEqual([]);
});

it('a reference names a thing and its key', () => {
  expect(referredThing('CustomerId')).toEqual({ thing: 'customer', key: 'id' });
  expect(referredThing('id')).toBeUndefined();
  expect(referredThing('status')).toBeUndefined();
});

it.each([
  ['customer', 'customers'],
  ['box', 'boxes'],
  ['category', 'categories'],
])('a %s may be in the table %s', (thing, table) => {
  expect(tableNamesFor(thing)).toContain(table);
});

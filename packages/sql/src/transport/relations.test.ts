import { expect, it } from 'vitest';
import { chooseRelation, groupByRelation } from './relations.js';

const relations = (...names: readonly string[]) =>
  groupByRelation(names.map((name) => ({ relation: name.split('.') })));

it('groups columns by relation in the order in which they come', () => {
  const columns = [
    { relation: ['s', 'b'], name: 'x' },
    { relation: ['s', 'a'], name: 'y' },
    { relation: ['s', 'b'], name: 'z' },
  ];
  expect(groupByRelation(columns).map((group) => group.map(({ name }) => name))).toEqual([['x', 'z'], ['y']]);
});

it('takes the relation that matches exactly before others that do without case', () => {
  expect(chooseRelation(['orders'], relations('s.Orders', 's.orders'))?.[0].relation).toEqual(['s', 'orders']);
  expect(chooseRelation(['S', 'orders'], relations('s.orders', 'S.orders'))?.[0].relation).toEqual(['S', 'orders']);
});

it('takes the only relation that matches without case', () => {
  expect(chooseRelation(['ORDERS'], relations('s.Orders'))?.[0].relation).toEqual(['s', 'Orders']);
  expect(chooseRelation(['ORDERS'], [])).toBeUndefined();
});

it('refuses to choose between several', () => {
  expect(() => chooseRelation(['ORDERS'], relations('s.Orders', 's.orders'))).toThrow(
    'table "ORDERS" could be s.Orders or s.orders',
  );
});

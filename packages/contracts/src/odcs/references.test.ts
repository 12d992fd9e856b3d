import { describe, expect, it } from 'vitest';
import { importChecks } from '../import/import-checks.js';
import { contractText, type Parts, property } from '../testing/contracts.js';

const customers = {
  id: 'customers_obj',
  name: 'customers',
  physicalName: 'shop.customers_v2',
  properties: [property('id', { id: 'id_prop', physicalName: 'customer_id' }), property('country')],
};

const convert = (orders: Parts, contract: Parts = {}) =>
  importChecks(contractText({}, { schema: [{ name: 'orders', ...orders }, customers], ...contract }), 'c.yaml');

const keysOf = (orders: Parts) =>
  convert(orders)
    .rules.map(({ document }) => document.logic)
    .filter(({ type }) => type === 'foreign_key');

const reasonsOf = (orders: Parts) => convert(orders).notConverted.map(({ reason }) => reason);

describe('a relationship', () => {
  const single = {
    type: 'foreign_key',
    column: 'customer',
    reference_table: 'shop.customers_v2',
    reference_column: 'customer_id',
  };

  it.each(['customers.id', 'schema/customers_obj/properties/id_prop', '/schema/customers_obj/properties/id_prop'])(
    'of a property leads to %s',
    (to) => {
      expect(keysOf({ properties: [property('customer', { relationships: [{ to }] })] })).toEqual([single]);
    },
  );

  it('of an object may be over several properties', () => {
    const relationships = [{ from: ['orders.customer', 'orders.country'], to: ['customers.id', 'customers.country'] }];
    const properties = [property('customer'), property('country', { physicalName: 'land' })];
    expect(keysOf({ relationships, properties })).toEqual([
      {
        type: 'foreign_key',
        columns: ['customer', 'land'],
        reference_table: 'shop.customers_v2',
        reference_columns: ['customer_id', 'country'],
      },
    ]);
  });

  it.each([
    [{ to: 'receivers.id' }, 'receivers is not in the contract'],
    [{ to: 'customers.name' }, 'customers has no property name'],
    [{ to: 'other.yaml#/schema/a/properties/b' }, 'other.yaml#/schema/a/properties/b is in another file'],
    [{ to: 'customers' }, 'customers is no reference to a property'],
    [{ to: ['customers.id', 'customers.country'] }, 'it has not as many ends as starts'],
    [{ to: 'customers.id', type: 'inheritance' }, 'relationships of type inheritance have no rule'],
  ])('as %j is named with its reason', (relationship, reason) => {
    expect(reasonsOf({ properties: [property('customer', { relationships: [relationship] })] })).toEqual([reason]);
  });

  it.each([
    [{ from: 'customers.id', to: 'customers.id' }, 'it starts at another object: customers'],
    [{ to: 'customers.id' }, 'it does not say from where'],
    [
      { from: ['orders.a', 'customers.id'], to: ['customers.id', 'customers.country'] },
      'its ends are in several objects',
    ],
  ])('of an object as %j is named with its reason', (relationship, reason) => {
    expect(reasonsOf({ properties: [property('a')], relationships: [relationship] })).toEqual([reason]);
  });
});

describe('a service level', () => {
  const levels = (...slaProperties: readonly Parts[]) => {
    const { rules, notConverted } = convert({ properties: [property('placed_at'), property('at')] }, { slaProperties });
    return {
      logic: rules.map(({ document }) => document.logic).filter(({ type }) => type === 'freshness'),
      reasons: notConverted.map(({ check, reason }) => `${check}: ${reason}`),
    };
  };
  const element = 'orders.placed_at';

  it.each([
    [
      { property: 'latency', value: 4, unit: 'd', element },
      { column: 'placed_at', threshold: 4, unit: 'days' },
    ],
    [
      { property: 'ly', value: '36', unit: 'hours', element },
      { column: 'placed_at', threshold: 36, unit: 'hours' },
    ],
    [
      { property: 'Latency', value: 90, unit: 'min', element: 'orders' },
      { threshold: 90, unit: 'minutes' },
    ],
    [
      { property: 'frequency', value: 1, unit: 'wk', element: 'orders' },
      { threshold: 7, unit: 'days' },
    ],
  ])('%j says how old data may be', (level, logic) => {
    expect(levels(level).logic).toEqual([{ type: 'freshness', ...logic }]);
  });

  it('of data that comes late and now and then allows for both', () => {
    const { logic } = levels(
      { property: 'latency', value: 4, unit: 'd', element },
      { property: 'frequency', value: 12, unit: 'h', element },
    );
    expect(logic).toEqual([
      { type: 'freshness', column: 'placed_at', threshold: 108, unit: 'hours' },
      { type: 'freshness', column: 'placed_at', threshold: 4, unit: 'days' },
    ]);
  });

  it('may be about several elements', () => {
    const { logic } = levels({ property: 'latency', value: 1, unit: 'd', element: 'orders.placed_at, orders.at' });
    expect(logic.map(({ column }) => column)).toEqual(['placed_at', 'at']);
  });

  it.each([
    [{ property: 'retention', value: 3, unit: 'y', element }, 'retention: how long data is kept has no rule type'],
    [{ property: 'endOfLife', value: '2042-01-01' }, 'endOfLife: it is about the service, not about the data'],
    [{ property: 'latency', value: 1, unit: 'mo', element }, 'latency: mo is no unit of one length'],
    [{ property: 'latency', value: 'soon', unit: 'd', element }, 'latency: its value is no length: soon'],
    [{ property: 'latency', value: 1, unit: 'd', element: 'tab1.at' }, 'latency: tab1 is not in the contract'],
    [{ property: 'latency', value: 1, unit: 'd', element: 'orders.z' }, 'latency: orders has no property z'],
    [{ property: 'latency', value: 1, unit: 'd' }, 'latency: it does not say about which element'],
  ])('%j is named with its reason', (level, reason) => {
    expect(levels(level)).toEqual({ logic: [], reasons: [reason] });
  });
});

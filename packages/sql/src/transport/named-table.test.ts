import { expect, it } from 'vitest';
import { namedTable } from './named-table.js';

it('takes a table of a catalogue and refuses a file, naming both the engine and the file', () => {
  const orders = { kind: 'named', parts: ['s', 'orders'] } as const;
  expect(namedTable(orders, 'Trino')).toBe(orders);
  expect(() => namedTable({ kind: 'file', path: '/data/orders.csv', format: 'csv' }, 'Trino')).toThrow(
    expect.objectContaining({
      code: 'plan/unsupported',
      message: 'Trino cannot read the file /data/orders.csv in place',
      hint: expect.stringContaining('duckdb'),
    }),
  );
});

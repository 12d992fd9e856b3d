import { expect, it } from 'vitest';
import { bytesOf } from './athena-estimate.js';

const table = (outputSizeInBytes: number | string) => ({
  table: { catalog: 'awsdatacatalog', schemaTable: { schema: 'sales', table: 'orders' } },
  constraint: { none: false, columnConstraints: [] },
  estimate: { outputRowCount: 15_000, outputSizeInBytes, cpuCost: 1.5e6, maxMemory: 0, networkCost: 0 },
});
const planOf = (...inputTableColumnInfos: readonly object[]) => JSON.stringify({ inputTableColumnInfos }, undefined, 2);

it('adds the bytes of all tables of a plan', () => {
  expect(bytesOf(planOf(table(1_597_294.4), table(10)))).toBe(1_597_305);
});

it('counts nothing for a statement without tables', () => {
  expect(bytesOf(planOf())).toBe(0);
});

it.each([
  ['of which the planner knows nothing', planOf(table(10), table('NaN'))],
  ['without an estimate', planOf({ table: {} })],
  ['of another form', '{"fragments": []}'],
  ['that is no JSON', 'Fragment 0 [SINGLE]'],
])('does not guess at a plan %s', (_, plan) => {
  expect(bytesOf(plan)).toBeUndefined();
});

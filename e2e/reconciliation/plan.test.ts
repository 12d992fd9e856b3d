import { createPipeline } from '@aegis/core';
import { explainReconcile } from '@aegis/engine';
import { builtinTypes, compileRules } from '@aegis/rules';
import type { Warehouse } from '@aegis/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTwoWarehouses, type TwoWarehouses } from './two-warehouses.js';

const { rules } = compileRules([
  {
    metadata: { id: 'r' },
    scope: { table: 'orders', source_warehouse: 'elsewhere' },
    logic: { type: 'reconcile_key_match', column: 'id', source_table: 'orders' },
  },
]);

let two: TwoWarehouses;
beforeAll(async () => {
  two = await openTwoWarehouses();
  await two.seedDuckDb('CREATE TABLE orders AS SELECT range AS id FROM range(5000)');
  await two.seedPostgres('CREATE TABLE orders AS SELECT i AS id FROM generate_series(0, 4999) AS i');
});
afterAll(() => two.close());

/** An engine that says beforehand what a statement would read, on snapshots too. */
const estimating = <Asked extends Warehouse>(warehouse: Asked, bytes: number): Asked =>
  new Proxy(warehouse, {
    get: (target, name) => {
      if (name === 'estimate') return async () => ({ bytes });
      const member: unknown = Reflect.get(target, name, target);
      if (name === 'snapshot' && typeof member === 'function')
        return async () => estimating(await member.call(target), bytes);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });

describe('the plan of a comparison of two warehouses', () => {
  it('has the statements of each in its own SQL, those that depend on others marked', async () => {
    const [rule] = rules;
    if (!rule) throw new Error('there is a rule');
    const task = { id: 'r', warehouse: 'here', table: 'orders' };
    const sides = { target: two.duckdb, source: two.postgres };
    const { statements } = await explainReconcile(rule, task, sides, {
      ...{ now: '2026-01-15T12:00:00Z', timezone: 'UTC', types: builtinTypes, sampleRows: 5 },
      loadGuard: () => Promise.reject(new Error('the rule holds no SQL')),
    });
    const compared = statements.filter(({ purpose }) => purpose === 'compare');
    expect(statements.slice(0, -compared.length).map(({ purpose }) => purpose)).toEqual(['describe', 'describe']);
    expect(compared.map(({ warehouse, conditional, sql }) => [warehouse, conditional, sql.includes('md5')])).toEqual([
      [undefined, false, false],
      [undefined, false, true],
      [undefined, true, true],
      ['elsewhere', false, false],
      ['elsewhere', false, true],
      ['elsewhere', true, true],
    ]);
    expect(statements.filter(({ sql }) => sql.includes("OFFSET '0'")).every(({ warehouse }) => warehouse)).toBe(true);
  });

  const warehouses = () => ({ here: estimating(two.duckdb, 1_000), elsewhere: estimating(two.postgres, 5_000) });
  const run = (maxBytes: number) =>
    createPipeline({ rules, warehouses: warehouses(), defaultWarehouse: 'here', maxBytes }).run();

  it('counts against the limit of bytes with both sides', async () => {
    await expect(run(17_999)).rejects.toMatchObject({
      code: 'plan/limit',
      message: expect.stringContaining('would read 18000 bytes'),
    });
    expect((await run(18_000)).results).toMatchObject([{ outcome: 'pass', rows_checked: 5_000 }]);
  });

  it('begins only where both are configured, and its report names both', async () => {
    const { here, elsewhere } = warehouses();
    const running = createPipeline({ rules, warehouses: { here }, defaultWarehouse: 'here' }).run();
    await expect(running).rejects.toMatchObject({ code: 'config/unknown-warehouse' });
    const report = await createPipeline({ rules, warehouses: { here, elsewhere }, defaultWarehouse: 'here' }).run();
    expect(report.warehouses).toEqual(['here', 'elsewhere']);
  });
});

import type { StatementEstimate, Warehouse, WarehouseSnapshot } from '@aegis/spec';
import { FakeWarehouse } from '@aegis/spec/fakes';
import { duckdbDialect } from '@aegis/sql';
import { expect, it } from 'vitest';
import { ByteBudget } from './byte-budget.js';

/** Says of a statement the number in it. */
class EstimatingWarehouse extends FakeWarehouse {
  constructor() {
    super({ dialect: duckdbDialect, answer: (sql) => (sql.startsWith('fail') ? fail() : [{ sql }]) });
  }

  async estimate(sql: string): Promise<StatementEstimate> {
    return { bytes: Number(/\d+/.exec(sql)?.[0] ?? 0) };
  }
}

const fail = (): never => {
  throw new Error('no');
};

const limited = { code: 'plan/limit' };

it('lets statements through as long as there is room for what they are estimated to read', async () => {
  const warehouse = new EstimatingWarehouse();
  const metered = new ByteBudget(100).metered(warehouse);
  expect(await metered.executeScalar('60')).toBe('60');
  expect(await metered.executeSample('40', 5)).toHaveLength(1);
  await expect(metered.executeScalar('1')).rejects.toMatchObject({
    ...limited,
    message: 'the statement would read 1 bytes; 0 of --max-bytes 100 are left',
  });
  expect(warehouse.statements).toEqual(['60', '40']);
});

it('is one budget for all warehouses', async () => {
  const budget = new ByteBudget(100);
  const [one, two] = [budget.metered(new EstimatingWarehouse()), budget.metered(new EstimatingWarehouse())];
  await one.executeScalar('60');
  await expect(two.executeScalar('60')).rejects.toMatchObject(limited);
});

it('sets aside what statements that run at the same time may read', async () => {
  const metered = new ByteBudget(100).metered(new EstimatingWarehouse());
  const asked = await Promise.allSettled([metered.executeScalar('60'), metered.executeScalar('60')]);
  expect(asked.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

it('gives back what a statement that failed did not read', async () => {
  const metered = new ByteBudget(100).metered(new EstimatingWarehouse());
  await expect(metered.executeScalar('fail 100')).rejects.toThrow('no');
  expect(await metered.executeScalar('100')).toBe('100');
});

it('counts what the warehouse reports in place of the estimate', async () => {
  const reporting: Warehouse = Object.assign(new EstimatingWarehouse(), {
    executeScalar: async (_sql: string, options?: Parameters<Warehouse['executeScalar']>[1]) => {
      options?.onStatement?.({ durationMs: 1, bytesScanned: 10 });
      return null;
    },
  });
  const metered = new ByteBudget(100).metered(reporting);
  for (let turn = 0; turn < 3; turn += 1) await metered.executeScalar('80');
  await expect(metered.executeScalar('80')).rejects.toMatchObject(limited);
});

it('holds snapshots to the same budget', async () => {
  const inner = new EstimatingWarehouse();
  const released: string[] = [];
  const snapshot: WarehouseSnapshot = Object.assign(new EstimatingWarehouse(), {
    consistency: 'a fake',
    release: async () => void released.push('released'),
  });
  const metered = new ByteBudget(100).metered(Object.assign(inner, { snapshot: async () => snapshot }));
  const taken = await metered.snapshot?.();
  await taken?.executeScalar('60');
  expect(taken?.consistency).toBe('a fake');
  await expect(metered.executeScalar('60')).rejects.toMatchObject(limited);
  await taken?.release();
  expect(released).toEqual(['released']);
});

it('keeps room for what was planned, whatever else asks first', async () => {
  const budget = new ByteBudget(100);
  const metered = budget.metered(new EstimatingWarehouse());
  budget.reserve(80);
  await metered.executeScalar('40');
  await expect(metered.executeSample('30', 1, { isOptional: true })).rejects.toMatchObject({
    message: 'the statement would read 30 bytes; 20 of --max-bytes 100 are left',
  });
  expect(await metered.executeScalar('40')).toBe('40');
  expect(await metered.executeSample('20', 1, { isOptional: true })).toHaveLength(1);
});

import { describe, expect, it } from 'vitest';
import { VersionedWarehouse } from '../__fixtures__/versioned-warehouse.js';
import { expectStillState } from './still-state.js';

const table = { kind: 'named', parts: ['t'] } as const;
const lawOn = (warehouse: VersionedWarehouse) => expectStillState({ warehouse, table, addRow: warehouse.addRow });

describe('the law that snapshots stay as they were', () => {
  it('is kept by an adapter that pins what the warehouse described', async () => {
    await expect(lawOn(new VersionedWarehouse())).resolves.toBeUndefined();
  });

  it.each([
    'pins versions only when it is itself asked to describe',
    'pins no version',
    'never looks at what others wrote',
  ] as const)('is broken by an adapter that %s', async (mistake) => {
    await expect(lawOn(new VersionedWarehouse(mistake))).rejects.toThrow(/expected/);
  });

  it('is broken by an adapter that declares snapshots and has none', async () => {
    const warehouse = Object.assign(new VersionedWarehouse(), { snapshot: undefined });
    await expect(lawOn(warehouse)).rejects.toThrow('the method is absent');
  });
});

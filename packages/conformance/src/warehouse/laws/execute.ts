import type { Warehouse } from '@aegis/spec';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Stage } from '../stage.js';
import type { WarehouseKit } from '../warehouse-kit.js';
import { expectStillState } from './still-state.js';

const table = 'aegis_execute_law';

export const executeLaws = (stage: Stage, { createWritable }: WarehouseKit): void => {
  describe('changing tables', () => {
    it('is not offered by a warehouse that is opened as a run opens it', () => {
      expect(stage.warehouse.execute).toBeUndefined();
      expect(stage.warehouse.capabilities.execute?.support).not.toBe('full');
    });

    if (createWritable) describe('with access: read_write', () => writableLaws(createWritable));
  });
};

const writableLaws = (create: NonNullable<WarehouseKit['createWritable']>): void => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await create();
  });
  afterAll(() => warehouse.close?.());

  const execute = async (sql: string) => warehouse.execute?.(sql);

  const newTable = async (): Promise<void> => {
    await execute(`CREATE TABLE ${table} AS SELECT 1 AS a UNION ALL SELECT 2`);
    onTestFinished(async () => {
      await execute(`DROP TABLE ${table}`);
    });
  };

  const countRows = async (): Promise<string> => String(await warehouse.executeScalar(`SELECT count(*) FROM ${table}`));

  it('is declared', () => {
    expect(warehouse.execute).toBeTypeOf('function');
    expect(warehouse.capabilities.execute).toEqual({ support: 'full' });
    expect(warehouse.capabilities.readOnly.support).not.toBe('full');
  });

  it('keeps what a statement changed, and counts its rows', async () => {
    await newTable();
    expect(await execute(`INSERT INTO ${table} (a) VALUES (3), (4), (5)`)).toEqual({ rowsAffected: '3' });
    expect(await execute(`UPDATE ${table} SET a = a + 1 WHERE a > 3`)).toEqual({ rowsAffected: '2' });
    expect(await execute(`DELETE FROM ${table} WHERE a = 1`)).toEqual({ rowsAffected: '1' });
    expect(await countRows()).toBe('4');
  });

  it('changes nothing where a statement fails, and says why', async () => {
    await newTable();
    await expect(execute(`INSERT INTO ${table} (a) SELECT b FROM no_such_table`)).rejects.toMatchObject({
      code: 'warehouse/not-found',
    });
    expect(await countRows()).toBe('2');
  });

  it('leaves snapshots as they were', async ({ skip }) => {
    const { snapshot } = warehouse.capabilities;
    if (snapshot.support !== 'full') skip(`snapshot: ${snapshot.reason}`);
    await newTable();
    const addRow = () => execute(`INSERT INTO ${table} (a) VALUES (3)`);
    await expectStillState({ warehouse, table: { kind: 'named', parts: [table] }, addRow });
  });

  it('takes one statement at a time', async () => {
    await newTable();
    await expect(execute(`DELETE FROM ${table}; SELECT 1`)).rejects.toMatchObject({ code: 'warehouse/syntax' });
    expect(await countRows()).toBe('2');
  });
};

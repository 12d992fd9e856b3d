import type { Row, TableName, Warehouse, WarehouseSnapshot } from '@aegis/spec';
import { expect } from 'vitest';

/** A table, and a way to add a row to it past the snapshot. */
export interface ChangingTable {
  readonly warehouse: Warehouse;
  readonly table: TableName;
  addRow(): Promise<unknown>;
}

/**
 * Reads a table on a snapshot before and after somebody else changed it. As in a run, the warehouse alone is asked to
 * describe the table, and the statements are those that the dialect of the snapshot writes.
 */
export const expectStillState = async ({ warehouse, table, addRow }: ChangingTable): Promise<void> => {
  const known = (await warehouse.describe?.(table))?.table ?? table;
  const snapshot = await warehouse.snapshot?.();
  if (!snapshot) throw new Error('the capability is declared, the method is absent');
  try {
    const before = await rowsOf(snapshot, known);
    await addRow();
    expect(await rowsOf(snapshot, known)).toEqual(before);
    expect(await rowsOf(warehouse, known)).toHaveLength(before.length + 1);
  } finally {
    await snapshot.release();
  }
};

const most = 100;

const rowsOf = (asked: Warehouse | WarehouseSnapshot, table: TableName): Promise<readonly Row[]> =>
  asked.executeSample(asked.dialect.statement({ kind: 'rows', from: { table }, limit: most }), most);

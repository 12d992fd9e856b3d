import { join } from 'node:path';
import { openAuditStore } from '@aegis/audit';
import { warehouseOperationStore } from '@aegis/lineage';
import { withOplog } from '@aegis/lineage/node';
import type { OperationRecord, OperationStore, Warehouse } from '@aegis/spec';
import { duckdb } from '@aegis/warehouse-duckdb';
import { postgres } from '@aegis/warehouse-postgres';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { folderWith } from '../cli/project.js';

const opened = (warehouse: Warehouse): Warehouse => {
  onTestFinished(() => warehouse.close?.());
  return warehouse;
};

const warehouses: { readonly [name: string]: () => Promise<Warehouse> } = {
  duckdb: async () => opened(duckdb({ path: join(await folderWith({}), 'log.duckdb'), access: 'read_write' })),
  postgres: async () => {
    const url = await (await fetch(`${inject('testServersUrl')}/postgres`)).text();
    return opened(postgres({ url, access: 'read_write' }));
  },
};

const auditStore = async (): Promise<OperationStore> => {
  const store = openAuditStore(join(await folderWith({}), 'history.db'));
  onTestFinished(() => store.close());
  return store;
};

/** Every kind of change, in SQL that both engines read alike, through every member. */
const changeAll = async (warehouse: Warehouse): Promise<void> => {
  await warehouse.execute?.('CREATE TABLE src AS SELECT 1 AS id, 10 AS amount UNION ALL SELECT 2, 20');
  await warehouse.execute?.('CREATE TABLE sums AS SELECT id, sum(amount) AS total FROM src GROUP BY id');
  await warehouse.executeSample('INSERT INTO sums (id, total) SELECT 3, amount FROM src RETURNING id', 10);
  await warehouse.executeScalar('UPDATE sums SET total = s.amount FROM src s WHERE s.id = sums.id');
  await warehouse.execute?.('MERGE INTO sums USING src ON sums.id = src.id WHEN MATCHED THEN DELETE').catch(() => {});
  await warehouse.execute?.('DELETE FROM sums WHERE id IN (SELECT id FROM src)');
  await warehouse.execute?.('CREATE VIEW seen AS SELECT * FROM sums');
  await warehouse.execute?.('INSERT INTO missing SELECT id FROM src').catch(() => {});
  await warehouse.execute?.('DROP VIEW seen');
};

const summary = ({ changes: [change], error }: OperationRecord): string =>
  `${change?.kind} ${change?.output?.join('.')}${error ? ' failed' : ''}`;

describe.each(Object.keys(warehouses))('the operation log of %s', (name) => {
  const open = async (): Promise<Warehouse> => (await warehouses[name]?.()) ?? Promise.reject(new Error(name));

  it.each(['audit trail', 'table of the warehouse'])('keeps every change in an %s', async (kind) => {
    const warehouse = await open();
    const store = kind === 'audit trail' ? await auditStore() : warehouseOperationStore(warehouse);
    const logged = withOplog(warehouse, store, { user: 'ana' });
    await changeAll(logged);
    const operations = await store.operations({ runId: logged.oplog.runId });
    expect(operations.map(summary).filter((each) => !each.startsWith('merge'))).toEqual([
      ...['create_table_as src', 'create_table_as sums', 'insert sums', 'update sums', 'delete sums'],
      ...['create_view seen', 'insert missing failed', 'drop seen'],
    ]);
    expect(operations.find((each) => summary(each) === 'create_table_as sums')).toMatchObject({ rowsAffected: '2' });
    expect(operations.find((each) => summary(each) === 'create_view seen')?.changes[0]?.outputColumns).toEqual([
      'id',
      'total',
    ]);
    expect(logged.oplog.lost).toBe(0);
  });

  it('records what goes through a snapshot, which changes nothing for good', async () => {
    const [warehouse, store] = [await open(), await auditStore()];
    const snapshot = await withOplog(warehouse, store).snapshot?.();
    await snapshot?.executeScalar('CREATE TABLE hidden AS SELECT 1 AS x').catch(() => {});
    await snapshot?.release();
    expect((await store.operations()).map((each) => each.changes[0]?.output)).toEqual([['hidden']]);
  });

  it('never tells a password that a statement held', async () => {
    const [warehouse, store] = [await open(), await auditStore()];
    const logged = withOplog(warehouse, store);
    await logged.execute?.("CREATE USER ana PASSWORD 'hunter2-very-secret'").catch(() => {});
    await logged.execute?.("ATTACH 'host=h password=hunter2-very-secret' AS x (TYPE postgres)").catch(() => {});
    const operations = await store.operations();
    expect(operations).toHaveLength(2);
    expect(JSON.stringify(operations)).not.toContain('hunter2');
  });
});

import type { WarehouseSnapshot } from '@aegis/spec';
import { describe, expect } from 'vitest';
import { lawOf } from '../law.js';
import type { Stage } from '../stage.js';
import type { SeedTables, WarehouseKit } from '../warehouse-kit.js';
import { expectStillState } from './still-state.js';

export const snapshotTables: SeedTables = { changing: { columns: { n: 'integer' }, rows: [[1], [2]] } };

export const snapshotLaws = (stage: Stage, kit: WarehouseKit): void => {
  const withSnapshot = async (check: (snapshot: WarehouseSnapshot) => Promise<void>): Promise<void> => {
    const snapshot = await stage.warehouse.snapshot?.();
    if (!snapshot) throw new Error('the capability is declared, the method is absent');
    try {
      await check(snapshot);
    } finally {
      await snapshot.release();
    }
  };

  describe('snapshot', () => {
    lawOf('snapshot', stage, 'answers as the warehouse does, and says what holds it together', () =>
      withSnapshot(async (snapshot) => {
        expect(snapshot.consistency).not.toBe('');
        expect(await snapshot.executeScalar(`SELECT count(*) FROM ${stage.sqlOf('hundred')}`)).toBe('100');
        expect((await snapshot.describe?.(stage.tableOf('one')))?.columns).toHaveLength(1);
      }),
    );

    lawOf('snapshot', stage, 'takes statements at the same time', () =>
      withSnapshot(async (snapshot) => {
        const sql = `SELECT count(*) FROM ${stage.sqlOf('hundred')}`;
        expect(await Promise.all([1, 2, 3].map(() => snapshot.executeScalar(sql)))).toEqual(['100', '100', '100']);
      }),
    );

    lawOf('snapshot', stage, 'goes on after a statement that failed', () =>
      withSnapshot(async (snapshot) => {
        const failing = [
          'SELEC 1',
          `SELECT nope FROM ${stage.sqlOf('one')}`,
          `SELECT CAST(CONCAT('x', x) AS INTEGER) FROM ${stage.sqlOf('one')}`,
        ];
        for (const sql of failing) await expect(snapshot.executeScalar(sql), sql).rejects.toThrow();
        expect(await snapshot.executeScalar(`SELECT count(*) FROM ${stage.sqlOf('hundred')}`)).toBe('100');
      }),
    );

    lawOf(
      'snapshot',
      stage,
      'stays as it was when others write, and is not asked to describe first',
      async ({ skip }) => {
        if (!kit.change)
          skip('the warehouse under test has no tables that others change while an earlier state is read');
        const addRow = async () => kit.change?.(`INSERT INTO ${stage.sqlOf('changing')} VALUES (3)`);
        await expectStillState({ warehouse: await stage.create(), table: stage.tableOf('changing'), addRow });
      },
    );

    lawOf('snapshot', stage, 'is released as often as it is asked, and then answers nothing', async () => {
      const snapshot = await stage.warehouse.snapshot?.();
      await snapshot?.release();
      await snapshot?.release();
      await expect(snapshot?.executeScalar(`SELECT 1 FROM ${stage.sqlOf('one')}`)).rejects.toMatchObject({
        code: 'warehouse/connection',
      });
    });
  });
};

import type { StatementReport } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { lawOf } from '../law.js';
import type { Stage } from '../stage.js';
import type { SeedTables } from '../warehouse-kit.js';

const hundred = Array.from({ length: 100 }, (_, index) => [index]);

export const statementTables: SeedTables = {
  one: { columns: { x: 'integer' }, rows: [[1]] },
  empty: { columns: { x: 'integer' }, rows: [] },
  hundred: { columns: { x: 'integer' }, rows: hundred },
  large: {
    columns: { x: 'bigint' },
    rows: [['9223372036854775807'], ['9223372036854775807'], ['9223372036854775807']],
  },
};

/** 10¹⁶ rows to look at: no machine finishes it, and no index helps. */
const endless = (stage: Stage): string => {
  const aliases = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const from = aliases.map((alias) => `${stage.sqlOf('hundred')} ${alias}`).join(' CROSS JOIN ');
  return `SELECT count(*) FROM ${from} WHERE ${aliases.map((alias) => `${alias}.x`).join(' + ')} = -1`;
};

export const statementLaws = (stage: Stage): void => {
  describe('statements', () => {
    it('stop at the limit', async () => {
      const sql = `SELECT x FROM ${stage.sqlOf('hundred')}`;
      expect(await stage.warehouse.executeSample(sql, 7)).toHaveLength(7);
      expect(await stage.warehouse.executeSample(sql, 100)).toHaveLength(100);
      expect(await stage.warehouse.executeSample(sql, 1_000)).toHaveLength(100);
    });

    lawOf('resultBytes', stage, 'stop with the row that passes the bytes', async () => {
      const sql = `SELECT x, '${'y'.repeat(1_000)}' AS y FROM ${stage.sqlOf('hundred')}`;
      const read = async (maxResultBytes: number) =>
        (await stage.warehouse.executeSample(sql, 1_000, { maxResultBytes })).length;
      expect(await read(10_000)).toBeGreaterThan(5);
      expect(await read(10_000)).toBeLessThan(15);
      expect(await read(1)).toBe(1);
      expect(await read(1_000_000)).toBe(100);
    });

    it('without rows are an empty list and a null scalar', async () => {
      const sql = `SELECT x FROM ${stage.sqlOf('empty')}`;
      expect(await stage.warehouse.executeSample(sql, 5)).toEqual([]);
      expect(await stage.warehouse.executeScalar(sql)).toBeNull();
    });

    it('may be many at once', async () => {
      const numbers = Array.from({ length: 30 }, (_, index) => index);
      const asked = numbers.map((number) =>
        stage.warehouse.executeScalar(`SELECT 'answer ${number}' FROM ${stage.sqlOf('one')}`),
      );
      expect(await Promise.all(asked)).toEqual(numbers.map((number) => `answer ${number}`));
    });

    it('report what they took', async () => {
      const reports: StatementReport[] = [];
      await stage.warehouse.executeScalar(`SELECT x FROM ${stage.sqlOf('one')}`, {
        onStatement: (report) => reports.push(report),
      });
      expect(reports).toHaveLength(1);
      expect(reports[0]?.durationMs).toBeGreaterThanOrEqual(0);
    });

    it('carry a label that can do no harm', async () => {
      const label = "aegis run=01 */ SELECT 'stolen' -- \n /* ' table=日本 ?1 $1 :x";
      expect(await stage.warehouse.executeScalar(`SELECT 'asked' FROM ${stage.sqlOf('one')}`, { label })).toBe('asked');
    });

    it('are not sent when the signal was aborted before', async () => {
      const reports: StatementReport[] = [];
      const statement = stage.warehouse.executeScalar(`SELECT x FROM ${stage.sqlOf('one')}`, {
        signal: AbortSignal.abort(),
        onStatement: (report) => reports.push(report),
      });
      await expect(statement).rejects.toMatchObject({ code: 'warehouse/cancelled' });
      expect(reports).toEqual([]);
    });

    lawOf('cancel', stage, 'end in the engine when they are cancelled, and leave the connection usable', async () => {
      const busy = Array.from({ length: stage.warehouse.capabilities.concurrency + 1 }, () => endless(stage));
      const controller = new AbortController();
      const ended = busy.map((sql) =>
        stage.warehouse.executeScalar(sql, { signal: controller.signal }).catch((error: unknown) => error),
      );
      setTimeout(() => controller.abort(), 200);
      for (const error of await Promise.all(ended)) expect(error).toMatchObject({ code: 'warehouse/cancelled' });
      expect(await stage.warehouse.executeScalar(`SELECT 'free' FROM ${stage.sqlOf('one')}`)).toBe('free');
    });

    lawOf('timeout', stage, 'end in the engine when their time is over, and leave the connection usable', async () => {
      await expect(stage.warehouse.executeScalar(endless(stage), { timeoutMs: 200 })).rejects.toMatchObject({
        code: 'warehouse/timeout',
      });
      const sql = `SELECT 'free' FROM ${stage.sqlOf('one')}`;
      expect(await stage.warehouse.executeScalar(sql, { timeoutMs: 15_000 })).toBe('free');
    });

    lawOf('readOnly', stage, 'cannot write', async () => {
      const table = stage.sqlOf('one');
      for (const sql of [`INSERT INTO ${table} VALUES (2)`, `DELETE FROM ${table}`, `DROP TABLE ${table}`]) {
        await expect(stage.warehouse.executeScalar(sql), sql).rejects.toMatchObject({
          code: 'warehouse/authorization',
        });
      }
      expect(Number(await stage.warehouse.executeScalar(`SELECT x FROM ${table}`))).toBe(1);
    });
  });
};

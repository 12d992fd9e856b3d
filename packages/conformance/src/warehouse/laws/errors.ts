import { isAegisError, WarehouseError } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import type { Stage } from '../stage.js';
import type { SeedTables } from '../warehouse-kit.js';

const manyRows = 5_000;

/** Text that reads as a number in all rows but the last. */
export const errorTables: SeedTables = {
  fails_late: {
    columns: { x: 'text' },
    rows: Array.from({ length: manyRows }, (_, index) => [index === manyRows - 1 ? 'x' : String(index)]),
  },
};

const failureOf = async (stage: Stage, sql: string) => {
  const error = await stage.warehouse.executeScalar(sql).catch((cause: unknown) => cause);
  expect(isAegisError(error), `not a WarehouseError: ${error}`).toBe(true);
  return error as WarehouseError;
};

export const errorLaws = (stage: Stage): void => {
  describe('errors', () => {
    it('of SQL that does not parse have the reason syntax', async () => {
      expect((await failureOf(stage, 'SELEC 1')).reason).toBe('syntax');
    });

    it('of a table that does not exist have the reason not-found and name it', async () => {
      const error = await failureOf(stage, 'SELECT * FROM no_such_table_here');
      expect(error.reason).toBe('not-found');
      expect(error.message).toContain('no_such_table_here');
    });

    it('of a column that does not exist have the reason not-found and name it', async () => {
      const error = await failureOf(stage, `SELECT no_such_column FROM ${stage.sqlOf('one')}`);
      expect(error.reason).toBe('not-found');
      expect(error.message).toContain('no_such_column');
    });

    it('of a value that does not fit are told, not swallowed', async () => {
      const error = await failureOf(stage, `SELECT CAST('x' AS INTEGER) FROM ${stage.sqlOf('one')}`);
      expect(error).toBeInstanceOf(WarehouseError);
      expect(error.retryable).toBe(false);
    });

    it('after the first rows of a long answer are errors all the same, and no short answer', async () => {
      const sql = `SELECT CAST(x AS INTEGER) AS x FROM ${stage.sqlOf('fails_late')}`;
      await expect(stage.warehouse.executeSample(sql, 2 * manyRows)).rejects.toBeInstanceOf(WarehouseError);
    });

    it('are short, one line, and keep the original', async () => {
      const error = await failureOf(stage, `SELECT ${'1 + '.repeat(2_000)} FROM ${stage.sqlOf('one')}`);
      expect(error.message.length).toBeLessThan(500);
      expect(error.message).not.toContain('\n');
      expect(error.cause).toBeDefined();
    });
  });
};

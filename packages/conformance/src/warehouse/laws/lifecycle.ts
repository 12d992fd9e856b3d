import { describe, expect, it } from 'vitest';
import type { Stage } from '../stage.js';

export const lifecycleLaws = (stage: Stage): void => {
  describe('opening and closing', () => {
    it('opens nothing before it is asked', async () => {
      const warehouse = await stage.create();
      expect(warehouse.contract).toBe('warehouse/v1');
      expect(warehouse.dialect.contract).toBe('dialect/v1');
    });

    it('connects as often as it is asked, also at the same time', async () => {
      const warehouse = await stage.create();
      await Promise.all([warehouse.connect(), warehouse.connect()]);
      await expect(warehouse.connect()).resolves.toBeUndefined();
    });

    it('connects by itself when it is asked a question', async () => {
      const warehouse = await stage.create();
      expect(await warehouse.executeScalar(`SELECT 'x' FROM ${stage.sqlOf('one')}`)).toBe('x');
    });

    it('closes as often as it is asked, also without having been connected', async () => {
      const warehouse = await stage.create();
      await warehouse.close?.();
      await expect(Promise.resolve(warehouse.close?.())).resolves.toBeUndefined();
    });

    it('answers nothing after it was closed', async ({ skip }) => {
      const warehouse = await stage.create();
      if (!warehouse.close) skip('the warehouse has nothing to close');
      await warehouse.connect();
      await warehouse.close?.();
      await expect(warehouse.executeScalar('SELECT 1')).rejects.toMatchObject({ code: 'warehouse/connection' });
    });
  });
};

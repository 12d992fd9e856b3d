import { expect, it } from 'vitest';
import { UntilReleased } from './until-released.js';

it('passes statements on until it is released', async () => {
  const session = new UntilReleased({ run: async (sql: string) => ({ names: [sql], rows: [] }) });
  expect(await session.run('SELECT 1', 1)).toEqual({ names: ['SELECT 1'], rows: [] });
  session.release();
  session.release();
  await expect(session.run('SELECT 1', 1)).rejects.toMatchObject({
    code: 'warehouse/connection',
    message: expect.stringContaining('released'),
  });
});

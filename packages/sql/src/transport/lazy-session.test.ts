import { expect, it } from 'vitest';
import { LazySession } from './lazy-session.js';

/** A database that remembers what was asked of it, and how often it was opened and closed. */
const database = () => {
  const seen = { opened: 0, closed: 0, asked: [] as string[] };
  const open = async () => {
    seen.opened += 1;
    return {
      run: async (sql: string) => {
        seen.asked.push(sql);
        return { names: ['x'], rows: [[1]] };
      },
      close: async () => {
        seen.closed += 1;
      },
    };
  };
  return { seen, lazy: new LazySession(open) };
};

it('opens a database with its first statement, and once', async () => {
  const { lazy, seen } = database();
  expect(seen.opened).toBe(0);
  await Promise.all([lazy.run('SELECT 1', 1), lazy.run('SELECT 2', 1)]);
  expect(seen).toMatchObject({ opened: 1, asked: ['SELECT 1', 'SELECT 2'] });
});

it('closes what it opened, and answers nothing afterwards', async () => {
  const { lazy, seen } = database();
  await lazy.opened();
  await lazy.close();
  expect(seen.closed).toBe(1);
  await expect(lazy.run('SELECT 1', 1)).rejects.toMatchObject({ code: 'warehouse/connection' });
});

it('opens nothing only to close it', async () => {
  const { lazy, seen } = database();
  await lazy.close();
  expect(seen).toMatchObject({ opened: 0, closed: 0 });
});

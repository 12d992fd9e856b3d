import { createRequire } from 'node:module';
import { expect, it } from 'vitest';

const loadsSqlite = () =>
  Object.keys(createRequire(import.meta.url).cache).some((file) => file.includes('better-sqlite3'));

it('exports what the README names', async () => {
  expect(Object.keys(await import('./index.js')).sort()).toEqual(['memoryAuditStore', 'openAuditStore']);
});

it('loads SQLite when a store is opened, not when it is imported', async () => {
  const { memoryAuditStore, openAuditStore } = await import('./index.js');
  await memoryAuditStore().close();
  expect(loadsSqlite()).toBe(false);
  await openAuditStore(':memory:').close();
  expect(loadsSqlite()).toBe(true);
});

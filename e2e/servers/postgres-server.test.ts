import pg from 'pg';
import { expect, inject, it } from 'vitest';

it('gives every caller a database of its own on one real PostgreSQL', async () => {
  const open = async () => (await fetch(`${inject('testServersUrl')}/postgres`)).text();
  const urls = await Promise.all([open(), open()]);
  expect(new Set(urls).size).toBe(2);
  for (const url of urls) {
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query("SELECT version() AS version, 'a' < 'B' AS sorted_by_language");
    await client.end();
    expect(rows[0]).toMatchObject({ version: expect.stringContaining('PostgreSQL'), sorted_by_language: true });
  }
});

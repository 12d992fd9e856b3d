import pg from 'pg';
import { inject } from 'vitest';

/** The URL of a new, empty database on a real server. */
export const newDatabase = async (): Promise<string> => {
  const response = await fetch(`${inject('testServersUrl')}/postgres`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
};

/** Runs SQL as the owner of the database, past the adapter. */
export const seedDatabase = async (url: string, ...statements: readonly string[]): Promise<void> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};

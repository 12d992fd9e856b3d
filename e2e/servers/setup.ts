import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { TestProject } from 'vitest/node';
import type { PostgresServer } from './postgres-server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Servers for tests: `GET /postgres` answers the URL of a new database. */
    readonly testServersUrl: string;
  }
}

/** Test files run in processes of their own; this one starts a server when the first of them asks, and stops it at the end. */
const setup = async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  let postgres: Promise<PostgresServer> | undefined;
  const startPostgres = async () => (await import('./postgres-server.js')).startPostgres();
  const door = createServer(async (request, response) => {
    if (request.url !== '/postgres') return answer(response, 404, 'no such server');
    try {
      postgres ??= startPostgres();
      answer(response, 200, await (await postgres).createDatabase());
    } catch (error) {
      answer(response, 500, error instanceof Error ? (error.stack ?? error.message) : 'PostgreSQL did not start');
    }
  }).listen(0, '127.0.0.1');
  await once(door, 'listening');
  const address = door.address();
  if (address === null || typeof address === 'string') throw new Error('the door of the test servers has no port');
  provide('testServersUrl', `http://127.0.0.1:${address.port}`);
  return async () => {
    door.close();
    await (await postgres?.catch(() => undefined))?.stop();
  };
};

const answer = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { connection: 'close' }).end(text);
};

export default setup;

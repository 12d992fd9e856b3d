import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { TestProject } from 'vitest/node';
import { build, buildCli } from '../cli/build.js';
import type { PostgresServer } from './postgres-server.js';
import { NotInstallable } from './spark/install-spark.js';
import type { SparkServer } from './spark/spark-server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * What tests share: `GET /postgres` answers the URL of a new database, `GET /spark` where Spark's Thrift server
     * listens, `GET /cli` the path of the built program.
     */
    readonly testServersUrl: string;
  }
}

/** Test files run in processes of their own; this one starts a server when the first of them asks, and stops it at the end. */
const setup = async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  // The process that DuckDB may run in has no sources to begin with.
  await build(['@aegis/warehouse-duckdb']);
  let postgres: Promise<PostgresServer> | undefined;
  let spark: Promise<SparkServer> | undefined;
  let cli: Promise<string> | undefined;
  const startPostgres = async () => (await import('./postgres-server.js')).startPostgres();
  const startSpark = async () => (await import('./spark/spark-server.js')).startSpark();
  const shared: { readonly [path: string]: () => Promise<string> } = {
    '/postgres': async () => {
      postgres ??= startPostgres();
      return (await postgres).createDatabase();
    },
    '/spark': async () => {
      spark ??= startSpark();
      return (await spark).address;
    },
    '/cli': () => {
      cli ??= buildCli();
      return cli;
    },
  };
  const door = createServer(async ({ url = '' }, response) => {
    const share = shared[url];
    if (!share) return answer(response, 404, `nothing is shared at ${url}`);
    try {
      answer(response, 200, await share());
    } catch (error) {
      if (error instanceof NotInstallable) answer(response, 503, error.message);
      else answer(response, 500, error instanceof Error ? (error.stack ?? error.message) : `${url} failed`);
    }
  }).listen(0, '127.0.0.1');
  await once(door, 'listening');
  const address = door.address();
  if (address === null || typeof address === 'string') throw new Error('the door of the test servers has no port');
  provide('testServersUrl', `http://127.0.0.1:${address.port}`);
  return async () => {
    door.close();
    await Promise.all([postgres, spark].map(async (server) => (await server?.catch(() => undefined))?.stop()));
  };
};

const answer = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { connection: 'close' }).end(text);
};

export default setup;

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { inject } from 'vitest';
import type { DatabricksOptions } from '../index.js';
import { SparkConnections } from './spark-connections.js';
import { closeSession, methodOf, openSessionForSpark, sessionHandleOf } from './thrift-message.js';

const tlsFile = (name: string): string => join(import.meta.dirname, 'tls', name);

/** One call that the driver made. */
export interface Call {
  readonly method: string;
  readonly message: Buffer;
}

/** What a workspace is for the driver: TLS, a path, a token, and behind them a real Spark. */
export interface Workspace {
  /** How to connect to it. */
  readonly options: DatabricksOptions;
  readonly calls: readonly Call[];
  /** Answers calls of a method with a status of HTTP, as gateways do, until told otherwise. */
  answerWith(status: number | undefined, method?: string): void;
  /** Closes every session, as the service does with those that are idle for long. */
  forgetSessions(): Promise<void>;
  close(): void;
}

/** There is no Spark, and none could be installed: the tests that need it are skipped. */
export class SparkMissing extends Error {}

const httpPath = '/sql/1.0/warehouses/real-spark';

/**
 * Passes the driver's calls on to Spark's own server. Of their bytes it changes the version that OpenSession names, and
 * the schema, which Spark takes from elsewhere.
 */
export const startWorkspace = async (): Promise<Workspace> => {
  const spark = new SparkConnections(await sparkAddress());
  const token = randomUUID();
  const calls: Call[] = [];
  const handles = new Set<string>();
  let fault: { readonly status: number; readonly method: string | undefined } | undefined;
  const statusFor = (request: IncomingMessage, method: string): number => {
    if (request.headers.authorization !== `Bearer ${token}`) return 401;
    if (request.url !== httpPath) return 404;
    return fault && (fault.method ?? method) === method ? fault.status : 200;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const message = await buffer(request);
    const method = methodOf(message);
    calls.push({ method, message });
    const status = statusFor(request, method);
    if (status !== 200) return void response.writeHead(status).end();
    if (method === 'ExecuteStatement') handles.add(sessionHandleOf(message).toString('base64'));
    const body = await spark.call(method === 'OpenSession' ? openSessionForSpark(message) : message);
    response.writeHead(200, { 'content-type': 'application/x-thrift' }).end(body);
  };
  const server = createServer({ cert: readFileSync(tlsFile('server.pem')), key: readFileSync(tlsFile('server.key')) });
  server.on('request', (request, response) => void answer(request, response).catch(() => response.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    options: { host: 'localhost', port: address.port, httpPath, token, sslrootcert: tlsFile('authority.pem') },
    calls,
    answerWith: (status, method) => {
      fault = status === undefined ? undefined : { status, method };
    },
    forgetSessions: async () => {
      for (const handle of handles) await spark.call(closeSession(Buffer.from(handle, 'base64')));
      handles.clear();
    },
    close: () => {
      server.closeAllConnections();
      server.close();
      spark.close();
    },
  };
};

const sparkAddress = async (): Promise<string> => {
  const response = await fetch(`${inject('testServersUrl')}/spark`);
  const text = await response.text();
  if (response.status === 503) throw new SparkMissing(`Spark cannot be installed: ${text}`);
  if (!response.ok) throw new Error(text);
  return text;
};

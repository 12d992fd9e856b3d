import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError } from '@aegis/spec';
import { type NodeIncomingMessageLike, toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, isLegacyRequest } from '@modelcontextprotocol/server';
import { createServer } from '../server/create-server.js';
import type { Host } from '../server/server-options.js';
import type { Serving } from '../server/serving.js';
import { admission } from './admission.js';
import { LegacySessions } from './legacy-sessions.js';

export interface HttpOptions {
  /** Address to listen at. Default `127.0.0.1`. */
  readonly host?: string | undefined;
  /** Default 8808; 0 is any that is free. */
  readonly port?: number | undefined;
  /** What clients send as `Authorization: Bearer`. */
  readonly token: string;
  /** Names that clients may reach this server by, besides loopback and `host`. */
  readonly allowedHosts?: readonly string[] | undefined;
}

export interface HttpServing extends Serving {
  readonly url: string;
}

const path = '/mcp';
const defaultPort = 8808;
const largestBodyBytes = 1024 * 1024;

/**
 * Serves any number of clients over streamable HTTP, in both eras of the protocol, at `/mcp`.
 * @throws ConfigError `usage` where it cannot listen
 */
export const serveHttp = async (
  host: Host,
  options: HttpOptions,
  log: (line: string) => void,
): Promise<HttpServing> => {
  const onerror = ({ message }: Error) => log(`a request was not served: ${message}`);
  const sessions = new LegacySessions(host, largestBodyBytes);
  const modern = createMcpHandler(() => createServer(host), {
    legacy: 'reject',
    onerror,
    maxRequestBodySize: largestBodyBytes,
  });
  const fetch = async (request: Request): Promise<Response> =>
    (await isLegacyRequest(request)) || isSessionRequest(request) ? sessions.fetch(request) : modern.fetch(request);
  const handler = toNodeHandler({ fetch }, { onerror, maxRequestBodySize: largestBodyBytes });
  checkNames(options);
  const admits = admission({ token: options.token, names: namesOf(options) });
  const http = createHttpServer((request, response) => {
    if (!admits(request, response)) return;
    // Its optional members are never present and undefined.
    if (request.url?.split('?')[0] === path) void handler(request as NodeIncomingMessageLike, response);
    else response.writeHead(404, { connection: 'close' }).end();
  });
  await listen(http, options);
  const close = async (): Promise<void> => {
    http.close();
    await Promise.allSettled([modern.close(), sessions.close()]);
    http.closeAllConnections();
  };
  return { url: urlOf(http), closed: once(http, 'close').then(() => undefined), close };
};

/** GET and DELETE have no body to tell the era by. */
const isSessionRequest = ({ headers, method }: Request): boolean =>
  headers.has('mcp-session-id') && (method === 'GET' || method === 'DELETE');

const namesOf = ({ host, allowedHosts = [] }: HttpOptions): readonly string[] => [
  ...(host === undefined || isWildcard(host) ? [] : [bracketed(host)]),
  ...allowedHosts.map((name) => bracketed(name).toLowerCase()),
];

/** A name that no request can have would be of no use, and nobody would be told. */
const checkNames = ({ allowedHosts = [] }: HttpOptions): void => {
  const wrong = allowedHosts.find((name) => hostNameOf(bracketed(name)) !== bracketed(name).toLowerCase());
  if (wrong === undefined) return;
  throw new ConfigError(
    'usage',
    `--allow-host takes a name such as quality.example.com, not ${JSON.stringify(wrong)}`,
    {
      hint: 'Leave out the scheme, the port and the path.',
    },
  );
};

const hostNameOf = (name: string): string | undefined =>
  URL.canParse(`http://${name}`) ? new URL(`http://${name}`).hostname : undefined;

const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::';

/** IPv6 as it stands in a URL. */
const bracketed = (host: string): string => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);

const listen = async (server: Server, { host = '127.0.0.1', port = defaultPort }: HttpOptions): Promise<void> => {
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new ConfigError('usage', `${port} is no port`, { hint: 'Choose one from 0 to 65535 with --port.' });
  server.listen({ host, port });
  await once(server, 'listening').catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'EADDRINUSE' ? 'the port is in use' : (cause.code ?? cause.message);
    throw new ConfigError('usage', `cannot listen at ${bracketed(host)}:${port}: ${reason}`, {
      hint: 'Choose another one with --host and --port.',
      cause,
    });
  });
};

const urlOf = (server: Server): string => {
  const { address, port } = server.address() as AddressInfo;
  return `http://${bracketed(address)}:${port}${path}`;
};

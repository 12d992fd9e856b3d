import { readFile } from 'node:fs/promises';
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { ConfigError, WarehouseError } from '@aegis/spec';
import type { ResolvedTrinoOptions } from './trino-options.js';

export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: URL;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface WireReply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Sends requests over connections that are kept, with the certificates of the options. */
export class TrinoTransport {
  readonly #options: ResolvedTrinoOptions;
  #agent: Promise<HttpAgent> | undefined;

  constructor(options: ResolvedTrinoOptions) {
    this.#options = options;
  }

  /** @throws what Node's network throws, and WarehouseError `connection` for an answer that does not come */
  async send(request: WireRequest): Promise<WireReply> {
    this.#agent ??= this.#open();
    const agent = await this.#agent;
    return exchange(request, agent, this.#options.requestTimeoutMs);
  }

  async close(): Promise<void> {
    const agent = await this.#agent?.catch(() => undefined);
    agent?.destroy();
  }

  async #open(): Promise<HttpAgent> {
    const { server, clientCertificate, clientKey, certificateAuthority } = this.#options;
    if (new URL(server).protocol === 'http:') return new HttpAgent({ keepAlive: true });
    const [cert, key, ca] = await Promise.all([
      fileOf('clientCertificate', clientCertificate),
      fileOf('clientKey', clientKey),
      fileOf('certificateAuthority', certificateAuthority),
    ]);
    return new HttpsAgent({ keepAlive: true, cert, key, ca });
  }
}

const fileOf = async (option: string, path: string | undefined): Promise<Buffer | undefined> => {
  if (path === undefined) return undefined;
  return readFile(path).catch((cause: unknown) => {
    throw new ConfigError('not-found', `trino warehouse, option ${option}: the file ${path} cannot be read`, { cause });
  });
};

const exchange = (
  { method, url, headers, body, signal }: WireRequest,
  agent: HttpAgent,
  timeoutMs: number,
): Promise<WireReply> =>
  new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    const outgoing = request(url, { method, headers, agent, signal }, (incoming) => {
      read(incoming).then(resolve, reject);
    });
    outgoing.setTimeout(timeoutMs, () => outgoing.destroy(noAnswer(timeoutMs)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });

const noAnswer = (timeoutMs: number): WarehouseError =>
  new WarehouseError('connection', `the server did not answer within ${timeoutMs} ms`);

const read = async (incoming: IncomingMessage): Promise<WireReply> => {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    body: Buffer.concat(parts).toString('utf8'),
  };
};

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Faults } from './faults.js';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Reply {
  readonly status?: number | undefined;
  readonly headers?: { readonly [name: string]: string } | undefined;
  /** Sent as JSON, unless it is text already. */
  readonly body?: unknown;
}

/** What a request is called where faults and tests speak of it. */
export type NameOf = (request: Request) => string;

const methodAndPath: NameOf = ({ method, path }) => `${method} ${path}`;

/** Answers requests on loopback, with faults before the answers, and remembers what it was asked. */
export class LoopbackServer {
  readonly faults = new Faults();
  /** Names of all requests, oldest first: `METHOD /path` unless the opener says otherwise. */
  readonly seen: string[] = [];
  readonly #server: Server;
  readonly #nameOf: NameOf;

  private constructor(answer: (request: Request) => Promise<Reply>, nameOf: NameOf) {
    this.#nameOf = nameOf;
    this.#server = createServer((incoming, outgoing) => {
      this.#serve(incoming, outgoing, answer).catch(() => outgoing.destroy());
    });
  }

  static async open(
    answer: (request: Request) => Promise<Reply>,
    nameOf: NameOf = methodAndPath,
  ): Promise<LoopbackServer> {
    const server = new LoopbackServer(answer, nameOf);
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return server;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    answer: (request: Request) => Promise<Reply>,
  ): Promise<void> {
    const request = await read(incoming);
    const line = this.#nameOf(request);
    this.seen.push(line);
    const fault = this.faults.take(line);
    if (fault === 'lose') await answer(request);
    if (fault === 'drop' || fault === 'lose') incoming.socket.destroy();
    else send(outgoing, fault ?? (await answer(request)));
  }
}

const read = async (incoming: IncomingMessage): Promise<Request> => {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://loopback');
  return {
    method: incoming.method ?? 'GET',
    path: decodeURIComponent(pathname),
    query: searchParams,
    headers: incoming.headers,
    body: Buffer.concat(parts).toString('utf8'),
  };
};

const send = (outgoing: ServerResponse, { status = 200, headers, body }: Reply): void => {
  const isText = typeof body === 'string';
  outgoing.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json', ...headers });
  outgoing.end(isText ? body : JSON.stringify(body ?? {}));
};

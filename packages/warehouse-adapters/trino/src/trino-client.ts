import { setTimeout as sleep } from 'node:timers/promises';
import { connectionError, isBroken, isTransientStatus, queryError, statusError } from './trino-errors.js';
import { authorization, type StatementHeaders, sessionHeaders } from './trino-headers.js';
import { parseJson } from './trino-json.js';
import type { ResolvedTrinoOptions } from './trino-options.js';
import type { QueryResults } from './trino-protocol.js';
import { TrinoTransport, type WireReply, type WireRequest } from './trino-transport.js';

/** A page of results, with what its headers say of transactions. */
export interface Page {
  readonly results: QueryResults;
  readonly startedTransactionId: string | undefined;
}

const attempts = 6;
const firstPauseMs = 100;
const longestPauseMs = 10_000;

/**
 * The statement protocol: statements, pages, cancelling, and asking again where the server is busy for a moment.
 * @see https://trino.io/docs/current/develop/client-protocol.html
 */
export class TrinoClient {
  readonly options: ResolvedTrinoOptions;
  readonly #transport: TrinoTransport;

  constructor(options: ResolvedTrinoOptions) {
    this.options = options;
    this.#transport = new TrinoTransport(options);
  }

  /** Sends a statement and gives its first page. Made again where the connection broke: statements only read. */
  start(sql: string, statement: StatementHeaders): Promise<Page> {
    const headers = { 'content-type': 'text/plain; charset=utf-8', ...sessionHeaders(this.options, statement) };
    return this.#page({ method: 'POST', path: '/v1/statement', headers, body: sql });
  }

  /** The page behind `nextUri`; the server gives it as often as it is asked for. */
  next(nextUri: string, signal: AbortSignal): Promise<Page> {
    return this.#page({ method: 'GET', path: pathOf(nextUri), signal });
  }

  /** Ends the query of a page in the engine. */
  async cancel(nextUri: string): Promise<void> {
    await this.#call({ method: 'DELETE', path: pathOf(nextUri) });
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  async #page(call: Call): Promise<Page> {
    const { body, headers } = await this.#call(call);
    const results = parsed(body);
    if (results.error) throw queryError(results.error);
    const started = headers['x-trino-started-transaction-id'];
    return { results, startedTransactionId: typeof started === 'string' ? started : undefined };
  }

  async #call(call: Call): Promise<WireReply> {
    for (let attempt = 1; ; attempt += 1) {
      const reply = await this.#attempt(call, attempt < attempts);
      if (reply !== undefined && reply.status >= 200 && reply.status < 300) return reply;
      if (reply !== undefined && (attempt >= attempts || !isTransientStatus(reply.status)))
        throw statusError(reply.status, reply.body);
      await pause(attempt, reply, call.signal);
    }
  }

  /** `undefined` where the connection broke and the call may be made again. @throws WarehouseError */
  async #attempt(call: Call, mayRepeat: boolean): Promise<WireReply | undefined> {
    try {
      return await this.#transport.send(this.#request(call));
    } catch (error) {
      if (mayRepeat && isBroken(error)) return undefined;
      throw connectionError(error);
    }
  }

  /** Whatever host `nextUri` names, pages are asked of the server of the options: credentials go nowhere else. */
  #request({ method, path, headers, body, signal }: Call): WireRequest {
    const url = new URL(this.options.server);
    return {
      method,
      url: new URL(`${url.pathname.replace(/\/$/, '')}${path}`, url.origin),
      headers: { ...authorization(this.options), ...headers },
      body,
      signal,
    };
  }
}

interface Call {
  readonly method: WireRequest['method'];
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** From `/v1/` on: what stands before it is the proxy's, and in the option server. */
const pathOf = (nextUri: string): string => {
  const { pathname, search } = new URL(nextUri);
  return pathname.slice(Math.max(pathname.indexOf('/v1/'), 0)) + search;
};

/** @throws WarehouseError for an answer that is no page: something else than Trino answers */
const parsed = (body: string): QueryResults => {
  try {
    return parseJson(body) as QueryResults;
  } catch {
    throw statusError(404, '');
  }
};

/** As long as the server asks for, else twice as long each time. */
const pause = (attempt: number, reply: WireReply | undefined, signal: AbortSignal | undefined): Promise<void> => {
  const asked = Number(reply?.headers['retry-after'] ?? Number.NaN) * 1_000;
  const milliseconds = Number.isFinite(asked) ? Math.min(asked, longestPauseMs) : firstPauseMs * 2 ** (attempt - 1);
  return sleep(milliseconds, undefined, { signal });
};

import type { Reply, Request } from '../engine/loopback-server.js';
import { columnOf } from './column.js';
import { Query, type QuerySession } from './query.js';
import type { QueryEngine } from './query-engine.js';
import { failureOf } from './query-error.js';
import { wireRows } from './values.js';

const longestWaitMs = 1_000;
const rowsOfAPage = 1_000;

/** The statement protocol. @see https://trino.io/docs/current/develop/client-protocol.html */
export class StatementService {
  /** Most rows of one page. */
  pageRows = rowsOfAPage;
  /** Where `nextUri` points, if not to where the request came from. */
  publicOrigin: string | undefined;
  readonly queries: Query[] = [];
  readonly #engine: QueryEngine;

  constructor(engine: QueryEngine) {
    this.#engine = engine;
  }

  async answer(request: Request): Promise<Reply> {
    if (request.path === '/v1/info') return { body: { nodeVersion: { version: 'emulated' }, starting: false } };
    if (request.method === 'POST' && request.path === '/v1/statement') return this.#create(request);
    const [, phase, id, slug, token] =
      /^\/v1\/statement\/(queued|executing)\/([^/]+)\/([^/]+)\/(\d+)$/.exec(request.path) ?? [];
    const query = this.queries.find((each) => each.id === id && each.slug === slug);
    if (!query || phase === undefined) return { status: 404, body: 'Query not found' };
    if (request.method === 'DELETE') return this.#cancel(query);
    return phase === 'queued' ? this.#queued(query, request) : this.#executing(query, Number(token), request);
  }

  #create(request: Request): Reply {
    const { body, headers } = request;
    if (body.trim() === '') return { status: 400, body: 'SQL statement is empty' };
    if (headers['x-trino-user'] === undefined && headers.authorization === undefined)
      return { status: 400, body: 'User must be set' };
    const query = new Query(this.queries.length, body, sessionOf(request));
    this.queries.push(query);
    this.#engine.execute(query);
    return this.#reply(query, request, this.#uri(query, request, 'queued', 1));
  }

  #cancel(query: Query): Reply {
    query.isCancelRequested = true;
    query.stop('USER_CANCELED', 'Query was canceled');
    return { status: 204, body: '' };
  }

  async #queued(query: Query, request: Request): Promise<Reply> {
    if (query.state === 'QUEUED') await query.wait(longestWaitMs / 10);
    const phase = query.state === 'QUEUED' ? 'queued' : 'executing';
    return this.#reply(query, request, this.#uri(query, request, phase, phase === 'queued' ? 1 : 0));
  }

  /** The page of a token; the last one again for who lost it. */
  async #executing(query: Query, token: number, request: Request): Promise<Reply> {
    await query.wait(longestWaitMs);
    if (!query.isOver) return this.#reply(query, request, this.#uri(query, request, 'executing', token));
    if (query.failure) return this.#reply(query, request, undefined);
    const { rows = [] } = query.answer ?? {};
    const from = token * this.pageRows;
    const isLast = from + this.pageRows >= rows.length;
    const next = isLast ? undefined : this.#uri(query, request, 'executing', token + 1);
    return this.#page(query, request, rows.slice(from, from + this.pageRows), next);
  }

  #page(query: Query, request: Request, rows: NonNullable<Query['answer']>['rows'], next: string | undefined): Reply {
    const { columns = [] } = query.answer ?? {};
    try {
      const results = {
        ...(columns.length > 0 && { columns: columns.map(columnOf) }),
        ...(rows.length > 0 && { data: wireRows({ columns, rows }) }),
      };
      return this.#reply(query, request, next, results);
    } catch (error) {
      query.failure = failureOf(error, '');
      this.#engine.notCovered.push(`${query.failure.message}: ${query.sql}`);
      query.state = 'FAILED';
      return this.#reply(query, request, undefined);
    }
  }

  #reply(query: Query, request: Request, nextUri: string | undefined, results: object = {}): Reply {
    const body = JSON.stringify({
      id: query.id,
      infoUri: `${this.#origin(request)}/ui/query.html?${query.id}`,
      ...(nextUri !== undefined && { nextUri }),
      ...results,
      stats: statsOf(query),
      ...(nextUri === undefined && query.failure && { error: query.failure }),
      ...(query.updateType !== undefined && { updateType: query.updateType }),
      warnings: [],
    });
    return { headers: { 'content-type': 'application/json', ...(query.isOver && query.headers) }, body };
  }

  #origin({ headers }: Request): string {
    return this.publicOrigin ?? `http://${headers.host}`;
  }

  #uri({ id, slug }: Query, request: Request, phase: string, token: number): string {
    return `${this.#origin(request)}/v1/statement/${phase}/${id}/${slug}/${token}`;
  }
}

const statsOf = ({ state, answer }: Query): object => ({
  state,
  queued: state === 'QUEUED',
  scheduled: state !== 'QUEUED',
  nodes: 1,
  processedRows: answer?.rows.length ?? 0,
  processedBytes: 0,
  physicalInputBytes: 0,
});

const sessionOf = ({ headers }: Request): QuerySession => {
  const header = (name: string): string | undefined => {
    const value = headers[`x-trino-${name}`];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const list = (name: string): readonly string[] =>
    header(name)
      ?.split(',')
      .map((part) => part.trim()) ?? [];
  const pairs = list('session').map((pair) => pair.split('=', 2));
  return {
    user: header('user') ?? '',
    catalog: header('catalog'),
    schema: header('schema'),
    source: header('source'),
    clientTags: list('client-tags'),
    timeZone: header('time-zone'),
    capabilities: list('client-capabilities'),
    properties: Object.fromEntries(pairs.map(([name = '', value = '']) => [name, decodeURIComponent(value)])),
    transactionId: header('transaction-id'),
  };
};

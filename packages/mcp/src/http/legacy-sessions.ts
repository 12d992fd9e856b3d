import { randomUUID } from 'node:crypto';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { createServer } from '../server/create-server.js';
import type { Host } from '../server/server-options.js';

type Transport = WebStandardStreamableHTTPServerTransport;

interface Session {
  readonly transport: Transport;
  readonly lastUsed: number;
}

const mostSessions = 100;
const idleMs = 30 * 60 * 1000;

/**
 * Clients of the protocol's 2025 revisions, which keep a session: answers to questions of the server, and cancelling, come
 * in requests of their own.
 */
export class LegacySessions {
  readonly #sessions = new Map<string, Session>();

  constructor(
    private readonly host: Host,
    private readonly largestBodyBytes: number,
  ) {}

  readonly fetch = async (request: Request): Promise<Response> => {
    const id = request.headers.get('mcp-session-id');
    if (id === null) return this.#open(request);
    const session = this.#sessions.get(id);
    if (session === undefined) return refusal(404, 'Session not found: it ended, or was idle for too long.');
    this.#use(id, session.transport);
    return session.transport.handleRequest(request);
  };

  async close(): Promise<void> {
    const open = [...this.#sessions.values()];
    this.#sessions.clear();
    await Promise.allSettled(open.map(({ transport }) => transport.close()));
  }

  async #open(request: Request): Promise<Response> {
    await this.#dropIdle();
    if (this.#sessions.size >= mostSessions) return refusal(503, 'Too many sessions. End one, or try again later.');
    const transport: Transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      maxRequestBodySize: this.largestBodyBytes,
      onsessioninitialized: (id) => this.#use(id, transport),
      onsessionclosed: (id) => void this.#sessions.delete(id),
    });
    const server = await createServer(this.host);
    await server.connect(transport);
    const response = await transport.handleRequest(request);
    if (transport.sessionId === undefined) await server.close();
    return response;
  }

  #use(id: string, transport: Transport): void {
    this.#sessions.set(id, { transport, lastUsed: this.#now() });
  }

  async #dropIdle(): Promise<void> {
    const idle = [...this.#sessions].filter(([, { lastUsed }]) => this.#now() - lastUsed > idleMs);
    for (const [id] of idle) this.#sessions.delete(id);
    await Promise.allSettled(idle.map(([, { transport }]) => transport.close()));
  }

  #now(): number {
    return this.host.effects.now().getTime();
  }
}

const refusal = (status: number, message: string): Response =>
  Response.json({ jsonrpc: '2.0', error: { code: -32_000, message }, id: null }, { status });

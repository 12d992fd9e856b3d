import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport, serveStdio as serveConnection } from '@modelcontextprotocol/server/stdio';
import { createServer } from '../server/create-server.js';
import type { Host } from '../server/server-options.js';
import type { Serving } from '../server/serving.js';

export interface StdioStreams {
  readonly stdin: Readable;
  /** Messages only: whatever else is written to it ends the conversation. */
  readonly stdout: Writable;
}

/** A message that is longer ends the connection. */
const largestMessageBytes = 4 * 1024 * 1024;

/**
 * Serves the one client at the other end of the streams until it closes them. Runs that are under way then are cancelled,
 * and recorded so.
 */
export const serveStdio = (host: Host, { stdin, stdout }: StdioStreams, log: (line: string) => void): Serving => {
  const transport = new ObservedTransport(stdin, stdout, { maxBufferSize: largestMessageBytes });
  const handle = serveConnection(() => createServer(host), {
    transport,
    onerror: (error) => log(`a message was not understood: ${reasonOf(error)}`),
  });
  return { closed: transport.closed, close: () => handle.close() };
};

class ObservedTransport extends StdioServerTransport {
  readonly #ended = Promise.withResolvers<void>();
  readonly closed = this.#ended.promise;

  override async close(): Promise<void> {
    await super.close();
    this.#ended.resolve();
  }
}

/** What a schema says of a message takes a page, and may hold parts of the message. */
const reasonOf = ({ message }: Error): string => (message.includes('\n') ? 'it is not JSON-RPC 2.0' : message);

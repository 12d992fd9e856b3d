import { PassThrough } from 'node:stream';
import type { Effects } from '@aegis/project/program';
import { type CallToolResult, Client, type ClientOptions } from '@modelcontextprotocol/client';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { onTestFinished } from 'vitest';
import type { ServerOptions } from '../server/server-options.js';
import type { Serving } from '../server/serving.js';
import { serveStdio } from '../stdio/serve-stdio.js';
import { testProject } from './test-project.js';

export type Era = 'legacy' | 'auto';

export interface ConnectOptions {
  readonly options?: ServerOptions;
  readonly effects?: Effects;
  readonly era?: Era;
  readonly client?: ClientOptions;
  /** Before connecting: handlers of what the server asks. */
  readonly prepare?: (client: Client) => void;
}

export interface Connected {
  readonly client: Client;
  readonly serving: Serving;
  readonly effects: Effects;
  readonly logged: readonly string[];
  /** What the client writes to, for messages that no client would send. */
  readonly toServer: PassThrough;
  readonly call: (name: string, args?: { readonly [key: string]: unknown }) => Promise<CallToolResult>;
}

/** The official client and the server at two ends of a pipe. */
export const connect = async (given: ConnectOptions = {}): Promise<Connected> => {
  const effects = given.effects ?? (await testProject());
  const [toServer, toClient, logged] = [new PassThrough(), new PassThrough(), [] as string[]];
  const host = { options: given.options ?? {}, effects, trustsClientRoots: true };
  const serving = serveStdio(host, { stdin: toServer, stdout: toClient }, (line) => logged.push(line));
  const client = newClient(given);
  // Both ends of stdio frame messages the same way.
  await client.connect(new StdioServerTransport(toClient, toServer));
  onTestFinished(async () => {
    await client.close();
    toServer.end();
    await serving.closed;
  });
  const call: Connected['call'] = async (name, args = {}) =>
    (await client.callTool({ name, arguments: { ...args } })) as CallToolResult;
  return { client, serving, effects, logged, toServer, call };
};

export const newClient = ({ era = 'legacy', client: options, prepare }: ConnectOptions): Client => {
  const client = new Client({ name: 'test', version: '1.0.0' }, { ...options, versionNegotiation: { mode: era } });
  prepare?.(client);
  return client;
};

export const textOf = ({ content }: CallToolResult): string =>
  content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');

export const dataOf = ({ structuredContent }: CallToolResult): { readonly [key: string]: unknown } =>
  Object.fromEntries(Object.entries(structuredContent ?? {}));

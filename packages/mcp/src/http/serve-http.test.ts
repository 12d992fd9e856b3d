import { once } from 'node:events';
import { request } from 'node:http';
import { connect as connectSocket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Effects } from '@aegis/project/program';
import { duckdb } from '@aegis/warehouse-duckdb';
import { type Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ServerOptions } from '../server/server-options.js';
import { type ConnectOptions, type Era, newClient } from '../testing/connect.js';
import { narratedProject } from '../testing/narrated-project.js';
import { testProject } from '../testing/test-project.js';
import { type HttpOptions, type HttpServing, serveHttp } from './serve-http.js';

const token = 'a-token-for-tests-only';

interface Served extends HttpServing {
  readonly effects: Effects;
  readonly logged: readonly string[];
}

const served = async (given: {
  readonly options?: ServerOptions;
  readonly effects?: Effects;
  readonly http?: Partial<HttpOptions>;
}): Promise<Served> => {
  const effects = given.effects ?? (await testProject());
  const logged: string[] = [];
  const host = { options: given.options ?? {}, effects, trustsClientRoots: false };
  const serving = await serveHttp(host, { port: 0, token, ...given.http }, (line) => logged.push(line));
  onTestFinished(() => serving.close());
  return { ...serving, effects, logged };
};

const client = async (url: string, options: ConnectOptions = {}): Promise<Client> => {
  const connected = newClient(options);
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  await connected.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
  onTestFinished(() => connected.close());
  return connected;
};

const dataOf = (result: object): { readonly [key: string]: unknown } =>
  'structuredContent' in result ? Object.fromEntries(Object.entries(result.structuredContent ?? {})) : {};

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
}

/** A request as no official client would send it: `fetch` sets `Host` itself. */
const send = async (url: string, { method = 'POST', path = '/mcp', headers = {}, body = '' }: Sent) => {
  const { port } = new URL(url);
  const sending = request({ host: '127.0.0.1', port, path, method, headers: { ...json, ...headers } });
  sending.on('error', () => undefined);
  sending.end(body);
  const [response] = await once(sending, 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode as number, text, headers: response.headers };
};

const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const authorized = { authorization: `Bearer ${token}` };
const initialize = JSON.stringify({
  ...{ jsonrpc: '2.0', id: 1, method: 'initialize' },
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
});

describe.each<Era>(['legacy', 'auto'])('the server over HTTP, protocol %s', (era) => {
  it('serves tools with progress, resources and prompts', async () => {
    const { url } = await served({});
    const connected = await client(url, { era });
    const told: number[] = [];
    const result = await connected.callTool(
      { name: 'aegis_run', arguments: { rules: ['rules'] } },
      { onprogress: ({ progress }) => told.push(progress) },
    );
    expect(dataOf(result)).toMatchObject({ verdict: 'failed', summary: { failed: 2 } });
    expect(told).toEqual([0, 1, 2, 3]);
    expect((await connected.listResources()).resources.length).toBe(3);
    expect((await connected.listPrompts()).prompts.length).toBe(3);
  });

  it('asks a person before it gives a fix', async () => {
    const { url } = await served({ effects: await narratedProject() });
    const connected = await client(url, {
      era,
      client: { capabilities: { elicitation: { form: {} } } },
      prepare: (each) =>
        each.setRequestHandler('elicitation/create', () => ({ action: 'accept', content: { approve: true } })),
    });
    const { run_id: run } = dataOf(
      await connected.callTool({ name: 'aegis_run', arguments: { rules: ['rules.yaml'] } }),
    );
    const result = await connected.callTool({ name: 'aegis_propose_fix', arguments: { run, rule: 'there' } });
    expect(dataOf(result)).toMatchObject({ decision: 'approved' });
  });

  it('lets the folders of a client only narrow its own', async () => {
    const { url, effects } = await served({});
    const connected = await client(url, {
      era,
      client: { capabilities: { roots: {} } },
      prepare: (each) => each.setRequestHandler('roots/list', () => ({ roots: [{ uri: 'file:///' }] })),
    });
    const run = (rules: string) => connected.callTool({ name: 'aegis_run', arguments: { rules: [rules] } });
    expect(dataOf(await run('rules'))).toMatchObject({ verdict: 'failed' });
    expect(JSON.stringify(await run(join(effects.cwd, '..')))).toContain('is not within the folders');
  });

  it('serves two clients at once on one history', async () => {
    const { url } = await served({});
    const clients = await Promise.all([client(url, { era }), client(url, { era }), client(url, { era: 'legacy' })]);
    const runs = clients.flatMap((each) =>
      [1, 2].map(() => each.callTool({ name: 'aegis_run', arguments: { rules: ['rules'] } })),
    );
    const ids = (await Promise.all(runs)).map((result) => dataOf(result).run_id);
    expect(new Set(ids).size).toBe(6);
    const listed = dataOf(await (clients[0] as Client).callTool({ name: 'aegis_list_runs', arguments: {} }));
    expect(listed.runs).toHaveLength(6);
    expect(listed.runs).toEqual(
      expect.arrayContaining(ids.map((run_id) => expect.objectContaining({ run_id, status: 'completed' }))),
    );
  });

  it.each(['cancels', 'hangs up'])('ends the run of a client that %s, and records that', async (way) => {
    const { url, connected, abort } = await endlessRun(era);
    if (way === 'cancels') abort.abort();
    else await connected.close();
    expect(await statusOfLatest(url)).toBe('cancelled');
  });
});

const endless = 'select a.id from {table} a, {table} b, {table} c where a.id * b.id + c.id = -1';

/** A run that keeps the engine busy for years, were it not told to stop. */
const endlessRun = async (era: Era) => {
  const effects = await testProject({
    'rules.yaml': ['type: not_null, column: id', `type: custom_sql, query: "${endless}"`]
      .map(
        (logic, id) =>
          `- { metadata: { id: r${id}, description: d, owner: o }, scope: { table: t }, logic: { ${logic} } }\n`,
      )
      .join(''),
  });
  const warehouse = duckdb({ path: join(effects.cwd, 'shop.duckdb'), access: 'read_write' });
  await warehouse.executeScalar('CREATE TABLE t AS SELECT range AS id FROM range(100000)');
  await warehouse.close?.();
  const { url } = await served({ effects, options: { db: 'shop.duckdb' } });
  const connected = await client(url, { era });
  const [abort, started] = [new AbortController(), Promise.withResolvers<void>()];
  const onprogress = () => started.resolve();
  connected
    .callTool({ name: 'aegis_run', arguments: { rules: ['rules.yaml'] } }, { signal: abort.signal, onprogress })
    .catch(() => undefined);
  await started.promise;
  return { url, connected, abort };
};

const statusOfLatest = async (url: string): Promise<unknown> => {
  const other = await client(url);
  for (let waited = 0; ; waited += 1) {
    const { runs } = dataOf(await other.callTool({ name: 'aegis_list_runs', arguments: {} }));
    const [latest] = runs as readonly { readonly status: string }[];
    if ((latest !== undefined && latest.status !== 'running') || waited === 200) return latest?.status;
    await sleep(25);
  }
};

describe('admission', () => {
  it.each([
    [{}, 401],
    [{ authorization: 'Bearer wrong' }, 401],
    [{ authorization: `Basic ${token}` }, 401],
    [{ authorization: `Bearer ${token}x` }, 401],
    [{ ...authorized, host: 'evil.example' }, 403],
    [{ ...authorized, host: 'evil.example:80' }, 403],
    [{ ...authorized, origin: 'http://evil.example' }, 403],
    [{ ...authorized, origin: 'null' }, 403],
    [{ ...authorized, origin: 'http://127.0.0.1.evil.example' }, 403],
    [{ ...authorized, origin: 'http://localhost:3000' }, 200],
    [{ ...authorized, host: 'localhost' }, 200],
    [authorized, 200],
  ])('answers %j with %d', async (headers, status) => {
    const { url } = await served({});
    const response = await send(url, { headers, body: initialize });
    expect(response.status).toBe(status);
    expect(response.text).not.toContain(token);
    if (status === 401) expect(response.headers['www-authenticate']).toBe('Bearer');
  });

  it('is by other names where they are allowed', async () => {
    const { url } = await served({ http: { allowedHosts: ['aegis.example'] } });
    const headers = { ...authorized, host: 'aegis.example', origin: 'https://aegis.example' };
    expect((await send(url, { headers, body: initialize })).status).toBe(200);
  });

  it('comes before anything is said of what is there', async () => {
    const { url } = await served({});
    for (const method of ['GET', 'POST', 'DELETE', 'PUT', 'OPTIONS']) {
      expect((await send(url, { method, path: '/x' })).status).toBe(401);
    }
    expect((await send(url, { path: '/x', headers: authorized })).status).toBe(404);
  });
});

describe('requests that no client sends', () => {
  it.each([
    ['', 400],
    ['garbage', 400],
    ['{', 400],
    ['[]', 400],
    ['null', 400],
    ['{"jsonrpc":"2.0"}', 400],
    ['{"jsonrpc":"2.0","id":1,"method":"tools/list"}', 400],
    [`{"jsonrpc":"2.0","id":1,"method":"${'x'.repeat(1024 * 1024)}"}`, 413],
  ])('are refused: %.40s', async (body, status) => {
    const { url } = await served({});
    const response = await send(url, { headers: authorized, body });
    expect(response.status).toBe(status);
    expect(response.text).not.toMatch(/\n\s+at |node_modules/);
    expect((await send(url, { headers: authorized, body: initialize })).status).toBe(200);
  });

  it('of a session that is not there are told so', async () => {
    const { url } = await served({});
    const headers = { ...authorized, 'mcp-session-id': 'nosuch' };
    expect((await send(url, { headers, body: initialize.replace('initialize', 'ping') })).status).toBe(404);
    expect((await send(url, { method: 'GET', headers })).status).toBe(404);
    expect((await send(url, { method: 'DELETE', headers })).status).toBe(404);
    expect((await send(url, { method: 'PUT', headers: authorized })).status).toBe(405);
  });

  it('do not keep others from being served, when they come in pieces or not at all', async () => {
    const { url } = await served({});
    const { port } = new URL(url);
    const sockets = Array.from({ length: 20 }, () => connectSocket(Number(port), '127.0.0.1'));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
    });
    for (const socket of sockets) socket.write('POST /mcp HTTP/1.1\r\nHost: localhost\r\n');
    expect((await send(url, { headers: authorized, body: initialize })).status).toBe(200);
  });
});

describe('sessions', () => {
  it('end when they were idle for half an hour, and when the client says so', async () => {
    let now = Date.parse('2026-01-15T12:00:00Z');
    const { url } = await served({ effects: await testProject({}, { now: () => new Date(now) }) });
    const open = async () =>
      String((await send(url, { headers: authorized, body: initialize })).headers['mcp-session-id']);
    const ping = async (id: string) =>
      (
        await send(url, {
          headers: { ...authorized, 'mcp-session-id': id },
          body: '{"jsonrpc":"2.0","id":2,"method":"ping"}',
        })
      ).status;
    const [first, second] = [await open(), await open()];
    expect([await ping(first), await ping(second)]).toEqual([200, 200]);
    await send(url, { method: 'DELETE', headers: { ...authorized, 'mcp-session-id': second } });
    expect([await ping(first), await ping(second)]).toEqual([200, 404]);
    now += 31 * 60 * 1000;
    await open();
    expect(await ping(first)).toBe(404);
  });

  it('are bounded in number', async () => {
    const { url } = await served({});
    const statuses = [];
    for (let session = 0; session < 101; session += 1) {
      statuses.push((await send(url, { headers: authorized, body: initialize })).status);
    }
    expect([statuses.slice(0, 100).every((status) => status === 200), statuses[100]]).toEqual([true, 503]);
  });
});

it('says where it cannot listen', async () => {
  const { url } = await served({});
  const taken = served({ http: { port: Number(new URL(url).port) } });
  await expect(taken).rejects.toMatchObject({
    code: 'config/usage',
    message: expect.stringContaining('the port is in use'),
  });
});

it.each(['https://aegis.example', 'aegis.example:443', 'a b', 'aegis.example/mcp', ''])(
  'refuses %j as the name of a host',
  async (name) => {
    await expect(served({ http: { allowedHosts: ['good.example', name] } })).rejects.toMatchObject({
      code: 'config/usage',
      message: expect.stringContaining(JSON.stringify(name)),
    });
  },
);

it.each(['aegis.example', 'Aegis.Example', '10.0.0.1', '::1', '[::1]'])(
  'takes %s for the name of a host',
  async (name) => {
    const { url } = await served({ http: { allowedHosts: [name] } });
    const host = name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
    expect((await send(url, { headers: { ...authorized, host }, body: initialize })).status).toBe(200);
  },
);

it.each([65_536, -1, 1.5])('refuses %d as a port', async (port) => {
  await expect(served({ http: { port } })).rejects.toMatchObject({
    code: 'config/usage',
    message: `${port} is no port`,
  });
});

import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { describe, expect, it, onTestFinished } from 'vitest';
import { program } from '../cli/aegis.js';
import { folderWith } from '../cli/project.js';
import { installPackages } from '../python/install-packages.js';
import { installInspector } from './install-inspector.js';
import { environment, serveHttp, token } from './served.js';

const run = promisify(execFile);

const shop = () =>
  folderWith({
    'customers.csv': 'id,email\n1,ann@example.com\n2,bob@example.com\n2,\n',
    'rules/shop.yaml': ['ids_unique: id: unique', 'emails_there: email: not_null']
      .map((line) => line.split(': '))
      .map(
        ([id, column, type]) =>
          `- metadata: { id: ${id}, description: d, owner: o }\n  scope: { table: ../customers.csv, columns: [${column}] }\n  logic: { type: ${type} }\n`,
      )
      .join(''),
  });

const toolNames = [
  ...['aegis_run', 'aegis_validate', 'aegis_report', 'aegis_list_runs', 'aegis_compare_runs'],
  ...['aegis_trajectory', 'aegis_search', 'aegis_propose_fix'],
];

const found = { verdict: 'failed', results: [{ rule_id: 'ids_unique' }, { rule_id: 'emails_there' }] };

describe.each(['legacy', 'auto'] as const)('the official client, protocol %s', (mode) => {
  const use = async (client: Client): Promise<void> => {
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(toolNames);
    const result = await client.callTool({ name: 'aegis_run', arguments: { rules: ['rules'] } });
    expect(result).toMatchObject({ structuredContent: found });
    await client.close();
  };
  const newClient = () => new Client({ name: 'e2e', version: '1.0.0' }, { versionNegotiation: { mode } });

  it('uses the command that it starts', async () => {
    const cwd = await shop();
    const client = newClient();
    const env = { ...environment(cwd) };
    const transport = new StdioClientTransport({ command: process.execPath, args: [program, 'mcp'], cwd, env });
    await client.connect(transport);
    await use(client);
  });

  it('uses a server over HTTP', async () => {
    const url = new URL(await serveHttp(await shop()));
    const client = newClient();
    const requestInit = { headers: { authorization: `Bearer ${token}` } };
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit }));
    await use(client);
  });
});

describe.each(['legacy', 'auto'] as const)('the Python client, protocol %s', (mode) => {
  const script = join(import.meta.dirname, 'client.py');

  it.for(['stdio', 'http'] as const)('uses the server on %s', { timeout: 120_000 }, async (transport, { skip }) => {
    const installed = await installPackages({ title: 'the Python client of MCP', packages: ['mcp==2.3.0'] });
    if ('missing' in installed) return skip(installed.missing);
    const cwd = await shop();
    const server =
      transport === 'stdio'
        ? [process.execPath, program, 'mcp', '--root', cwd, '--history', 'h.db']
        : [await serveHttp(cwd), token];
    const { stdout } = await run(installed.python, [script, mode, transport, ...server], {
      cwd,
      env: environment(cwd),
    });
    const seen = JSON.parse(stdout);
    expect(seen).toMatchObject({ tools: toolNames, run: found, detail: 'unique' });
    expect(seen.progress).toEqual([
      [0, 2],
      [1, 2],
      [2, 2],
    ]);
    expect(seen.error).toEqual([true, expect.stringMatching(/^error config\/usage: "\/etc\/passwd" is not within/)]);
    expect(seen.report).toContain('ids_unique');
    expect(seen.prompt).toContain('aegis_compare_runs');
  });
});

describe('the inspector in CLI mode', () => {
  const inspect = async (inspector: string, cwd: string, ...args: readonly string[]) => {
    const { stdout } = await run(process.execPath, [inspector, '--cli', ...args], {
      cwd,
      env: { ...environment(cwd) },
    });
    return JSON.parse(stdout);
  };

  it('lists and calls tools on stdio', { timeout: 120_000 }, async ({ skip }) => {
    const installed = await installInspector();
    if ('missing' in installed) return skip(installed.missing);
    const cwd = await shop();
    const command = [process.execPath, program, 'mcp'];
    const listed = await inspect(installed.program, cwd, ...command, '--method', 'tools/list');
    expect(listed.tools.map(({ name }: { readonly name: string }) => name)).toEqual(toolNames);
    const call = ['--method', 'tools/call', '--tool-name', 'aegis_run', '--tool-arg', 'rules=["rules"]'];
    expect(await inspect(installed.program, cwd, ...command, ...call)).toMatchObject({ structuredContent: found });
  });

  it('reads resources over HTTP', { timeout: 120_000 }, async ({ skip }) => {
    const installed = await installInspector();
    if ('missing' in installed) return skip(installed.missing);
    const cwd = await shop();
    const header = ['--transport', 'http', '--header', `Authorization: Bearer ${token}`];
    const read = ['--method', 'resources/read', '--uri', 'aegis://rules/not_null'];
    const { contents } = await inspect(installed.program, cwd, await serveHttp(cwd), ...header, ...read);
    expect(contents[0].text).toContain('not_null');
  });
});

describe('the program', () => {
  it('writes nothing but messages to standard output, and ends when its client leaves', async () => {
    const cwd = await shop();
    const initialize = {
      ...{ jsonrpc: '2.0', id: 1, method: 'initialize' },
      params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
    };
    const child = execFile(process.execPath, [program, 'mcp'], { cwd, env: environment(cwd) });
    onTestFinished(() => void child.kill('SIGKILL'));
    let stdout = '';
    child.stdout?.on('data', (chunk: string) => {
      stdout += chunk;
      child.stdin?.end();
    });
    child.stdin?.write(`garbage\n${JSON.stringify(initialize)}\n`);
    const [code] = await new Promise<[number | null]>((resolve) => child.on('exit', (status) => resolve([status])));
    expect(code).toBe(0);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual([1]);
  });

  it('records a run as cancelled when the client that started it dies', async () => {
    const cwd = await shop();
    await writeFile(
      join(cwd, 'seed.csv'),
      Array.from({ length: 100_000 }, (_, id) => (id === 0 ? 'id' : String(id))).join('\n'),
    );
    const endless = 'select a.id from {table} a, {table} b, {table} c where a.id * b.id + c.id = -1';
    await writeFile(
      join(cwd, 'slow.yaml'),
      `- { metadata: { id: slow, description: d, owner: o }, scope: { table: seed.csv }, logic: { type: custom_sql, query: "${endless}" } }\n`,
    );
    const client = new Client({ name: 'e2e', version: '1.0.0' });
    const env = { ...environment(cwd) };
    await client.connect(new StdioClientTransport({ command: process.execPath, args: [program, 'mcp'], cwd, env }));
    const started = Promise.withResolvers<void>();
    const call = { name: 'aegis_run', arguments: { rules: ['slow.yaml'] } };
    client.callTool(call, { onprogress: () => started.resolve() }).catch(() => undefined);
    await started.promise;
    await client.close();
    await expect
      .poll(async () => (await run(process.execPath, [program, 'audit', 'list-runs', '--json'], { cwd, env })).stdout, {
        timeout: 15_000,
        interval: 200,
      })
      .toContain('"cancelled"');
  });
});

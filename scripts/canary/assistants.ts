import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { environmentIn, type InstallContext, npxArguments } from './installation.js';
import type { Shop } from './shop.js';

/** What an assistant sends to the program that it starts, one message a line. */
const conversation = (rules: string): readonly object[] => [
  {
    ...{ jsonrpc: '2.0', id: 1, method: 'initialize' },
    params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'canary', version: '1' } },
  },
  { jsonrpc: '2.0', method: 'notifications/initialized' },
  { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'aegis_run', arguments: { rules: [rules] } } },
];

const ways: readonly (readonly string[])[] = [
  ['--package', '@aegis/mcp', '--package', '@aegis/warehouse-duckdb', '--', 'aegis-mcp'],
  ['@aegis/mcp'],
];

/** Starts the server as the configuration of an assistant does, and throws where it does not find the shop's one fault. */
export const serveAssistants = async (context: InstallContext, shop: Shop): Promise<void> => {
  const npx = await npxArguments(context, 'npx-mcp-cache');
  const cwd = join(context.folder, 'use of an assistant');
  mkdirSync(cwd);
  for (const way of ways) {
    const args = [...npx, ...way, '--root', shop.folder];
    const answer = await answerOf('npx', args, conversation(shop.fileRules), {
      cwd,
      env: environmentIn(context.folder),
    });
    if (!answer.includes('"verdict":"failed"')) throw new Error(`npx ${args.join(' ')} answered\n${answer}`);
  }
};

interface Place {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Leaves when the second answer has come. */
const answerOf = (command: string, args: readonly string[], messages: readonly object[], { cwd, env }: Place) =>
  new Promise<string>((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk;
      if (stdout.split('\n').length > messages.length - 1) child.stdin.end();
    });
    child.on('error', reject);
    child.on('close', () => resolve(stdout));
    child.stdin.write(messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
  });

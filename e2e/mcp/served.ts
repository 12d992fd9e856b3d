import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { onTestFinished } from 'vitest';
import { program } from '../cli/aegis.js';

/** What an assistant that starts a program gives it. */
export const environment = (cwd: string): { readonly [name: string]: string } => ({
  PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
  HOME: cwd,
  AEGIS_MCP_TOKEN: token,
});

export const token = 'a-token-for-tests-only';

/** The server over HTTP, as a process of its own. */
export const serveHttp = async (cwd: string, ...args: readonly string[]): Promise<string> => {
  const command = [program, 'mcp', '--transport', 'http', '--port', '0', ...args];
  const server = spawn(process.execPath, command, { cwd, env: environment(cwd), stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => stop(server));
  for await (const chunk of server.stderr.setEncoding('utf8')) {
    const url = /http:\S+/.exec(chunk)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error('the server ended before it served');
};

const stop = async (server: ChildProcess): Promise<void> => {
  if (server.exitCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
};

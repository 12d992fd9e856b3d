import { Console } from 'node:console';
import { readFile, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Effects } from '@aegis/project/program';
import { ConfigError } from '@aegis/spec';
import type { HttpOptions } from '../http/serve-http.js';
import { serveStdio } from '../stdio/serve-stdio.js';
import type { ServerOptions } from './server-options.js';

export interface ServeOptions extends ServerOptions, Omit<HttpOptions, 'token'> {
  /** Default `stdio`. */
  readonly transport?: 'stdio' | 'http' | undefined;
  /** File that holds the token; else it is AEGIS_MCP_TOKEN. Only for `http`. */
  readonly tokenFile?: string | undefined;
}

export const transports = ['stdio', 'http'] as const;

/**
 * Serves on this process's streams or over HTTP until the client leaves or the signal is aborted.
 * @param log takes lines for people; on stdio they must not go to standard output
 * @throws ConfigError `usage`, `missing-secret`, `not-found`
 */
export const serve = async (
  { transport = 'stdio', ...options }: ServeOptions,
  effects: Effects,
  log: (line: string) => void,
): Promise<void> => {
  await checkRoots(options, effects);
  const scrubbing = (line: string): void => log(effects.secrets.scrub(line));
  const serving =
    transport === 'stdio' ? onStdio(options, effects, scrubbing) : await onHttp(options, effects, scrubbing);
  const stop = (): void => void serving.close();
  effects.signal?.addEventListener('abort', stop, { once: true });
  if (effects.signal?.aborted) stop();
  await serving.closed;
  effects.signal?.removeEventListener('abort', stop);
};

const onStdio = (options: ServerOptions, effects: Effects, log: (line: string) => void) => {
  // Whatever an adapter prints would end the conversation.
  globalThis.console = new Console(process.stderr);
  return serveStdio({ options, effects, trustsClientRoots: true }, process, log);
};

const onHttp = async (options: Omit<ServeOptions, 'transport'>, effects: Effects, log: (line: string) => void) => {
  const token = await tokenOf(options, effects);
  effects.secrets.add(token);
  const { serveHttp } = await import('../http/serve-http.js');
  const serving = await serveHttp({ options, effects, trustsClientRoots: false }, { ...options, token }, log);
  log(`Aegis serves MCP at ${serving.url}`);
  return serving;
};

/** @throws ConfigError `not-found` */
const checkRoots = async ({ roots = [] }: ServerOptions, { cwd }: Effects): Promise<void> => {
  for (const root of roots) {
    const folder = await realpath(resolve(cwd, root))
      .then(stat)
      .catch(() => undefined);
    if (!folder?.isDirectory()) throw new ConfigError('not-found', `the root ${root} is no folder`);
  }
};

const shortestToken = 16;

const tokenOf = async ({ tokenFile }: ServeOptions, { cwd, env }: Effects): Promise<string> => {
  const token = tokenFile === undefined ? env.AEGIS_MCP_TOKEN : await readToken(resolve(cwd, tokenFile), tokenFile);
  if (token === undefined || token === '') {
    throw new ConfigError('missing-secret', 'a server over HTTP needs a token that its clients send', {
      hint: 'Set AEGIS_MCP_TOKEN, or name a file with --token-file. Make one with: openssl rand -hex 32',
    });
  }
  if (/^[\x21-\x7e]+$/.test(token) && token.length >= shortestToken) return token;
  throw new ConfigError('invalid', `the token must have at least ${shortestToken} characters, without spaces`, {
    hint: 'Make one with: openssl rand -hex 32',
  });
};

const readToken = async (path: string, shown: string): Promise<string> => {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new ConfigError('missing-secret', `the token file ${shown} cannot be read`, { cause });
  });
  return text.trim();
};

import { ConfigError, type ModelContext } from '@aegis/spec';

const defaultHost = 'http://localhost:11434';
const defaultPort = '11434';

/** The URL that a host stands for: `gpu-box`, `:11434`, `0.0.0.0` and the like are what Ollama's own programs take, too. */
const urlOf = (host: string): URL | undefined => {
  const isUrl = host.includes('://');
  const written = isUrl ? host : `http://${host.startsWith(':') ? 'localhost' : ''}${host}`;
  if (!URL.canParse(written)) return undefined;
  const url = new URL(written);
  if (!isUrl && url.port === '' && !/:80(\/|$)/.test(host)) url.port = defaultPort;
  // What a server listens at is nothing that one can call everywhere.
  if (url.hostname === '0.0.0.0' || url.hostname === '[::]') url.hostname = 'localhost';
  return url;
};

/** What is wrong with a host; `undefined` when nothing is. */
export const hostProblem = (host: string): string | undefined => {
  const url = urlOf(host);
  if (url === undefined || !/^https?:$/.test(url.protocol)) return 'is no URL, and no host and port';
  return url.username || url.password ? 'holds a user or password, which belong into the option headers' : undefined;
};

/**
 * The option before the environment before this machine.
 * @throws ConfigError `invalid` for a variable that is no host
 */
export const hostOf = (host: string | undefined, env: ModelContext['env']): string => {
  const fromEnvironment = env.OLLAMA_HOST?.trim().replace(/^["']|["']$/g, '');
  const problem = host === undefined && fromEnvironment ? hostProblem(fromEnvironment) : undefined;
  if (problem !== undefined)
    throw new ConfigError('invalid', `the variable OLLAMA_HOST ${problem}`, { hint: `Write, e.g., ${defaultHost}.` });
  const url = urlOf(host ?? (fromEnvironment || defaultHost));
  return `${url?.origin}${url?.pathname.replace(/\/+$/, '')}`;
};

import { readFile } from 'node:fs/promises';
import { ConfigError } from '@aegis/spec';
import type { DBSQLClient } from '@databricks/sql';
import type { ResolvedDatabricksOptions } from './databricks-options.js';

type ConnectionOptions = Parameters<DBSQLClient['connect']>[0];

/** How to connect, by the driver's names. It would send telemetry by default. */
export const connectionOptions = async (options: ResolvedDatabricksOptions): Promise<ConnectionOptions> => ({
  ...credentialsOf(options),
  host: options.host,
  port: options.port,
  path: options.httpPath,
  userAgentEntry: 'aegis',
  telemetryEnabled: false,
  socketTimeout: options.requestTimeoutMs,
  retryMaxAttempts: options.retryMaxAttempts,
  retryDelayMin: options.retryDelayMs,
  retriesTimeout: options.requestTimeoutMs,
  ...(options.proxy !== undefined && { proxy: proxyOf(options.proxy) }),
  ...(options.sslrootcert !== undefined && { customCaCert: await certificates(options.sslrootcert) }),
});

type Credentials = Pick<ResolvedDatabricksOptions, 'token' | 'clientId' | 'clientSecret' | 'azureTenantId'>;

const credentialsOf = ({ token, clientId = '', clientSecret = '', azureTenantId }: Credentials) => {
  if (token !== undefined) return { authType: 'access-token' as const, token };
  const principal = { authType: 'databricks-oauth' as const, oauthClientId: clientId, oauthClientSecret: clientSecret };
  return azureTenantId === undefined
    ? { ...principal, useDatabricksOAuthInAzure: true }
    : { ...principal, azureTenantId };
};

const defaultPorts = { http: 80, https: 443, socks4: 1080, socks5: 1080 } as const;

const proxyOf = (url: string): NonNullable<ConnectionOptions['proxy']> => {
  const { protocol: scheme, hostname: host, port, username, password } = new URL(url);
  const protocol = scheme.slice(0, -1) as keyof typeof defaultPorts;
  const auth = { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  return { protocol, host, port: Number(port) || defaultPorts[protocol], ...(username !== '' && { auth }) };
};

const certificates = (path: string): Promise<Buffer> =>
  readFile(path).catch((cause: unknown) => {
    throw new ConfigError('invalid', `databricks warehouse, option sslrootcert: cannot read ${path}`, { cause });
  });

/** Tags as the service reads them, `name:value` pairs. */
export const serializedTags = (tags: { readonly [name: string]: string }): string =>
  Object.entries(tags)
    .map(([name, value]) => `${name}:${value.replace(/[\\:,]/g, '\\$&')}`)
    .join(',');

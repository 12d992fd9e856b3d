import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'node:tls';
import { ConfigError } from '@aegis/spec';
import type { ClientConfig } from 'pg';
import type { ResolvedPostgresOptions } from './postgres-options.js';

/** The settings that the reading of values relies on, and the schema of names without one. */
export const settingsSql = ({ schema }: ResolvedPostgresOptions): string =>
  [
    "SET DateStyle = 'ISO'",
    "SET IntervalStyle = 'iso_8601'",
    "SET TimeZone = 'UTC'",
    "SET bytea_output = 'hex'",
    'SET extra_float_digits = 1',
    ...(schema === undefined ? [] : [`SET search_path = "${schema.replaceAll('"', '""')}"`]),
  ].join('; ');

/** How to connect, by the driver's names. What is undefined the driver takes from the environment or its defaults. */
export const clientConfig = async (options: ResolvedPostgresOptions): Promise<ClientConfig> => ({
  host: options.host,
  port: options.port,
  database: options.database,
  user: options.user,
  password: options.password,
  application_name: 'aegis',
  connectionTimeoutMillis: options.connectTimeoutMs,
  keepAlive: true,
  ssl: await tls(options),
});

/** libpq's modes: require encrypts and trusts anyone, verify-ca checks the certificate, verify-full also the name. */
const tls = async ({ sslmode, sslrootcert }: ResolvedPostgresOptions): Promise<false | ConnectionOptions> => {
  if (sslmode === 'disable') return false;
  if (sslmode !== 'verify-ca' && sslmode !== 'verify-full') return { rejectUnauthorized: false };
  return {
    ...(sslrootcert !== undefined && { ca: await certificate(sslrootcert) }),
    ...(sslmode === 'verify-ca' && { checkServerIdentity: () => undefined }),
  };
};

const certificate = (path: string): Promise<Buffer> =>
  readFile(path).catch((cause: unknown) => {
    throw new ConfigError('invalid', `postgres warehouse, option sslrootcert: cannot read ${path}`, { cause });
  });

/** Whether to try once more without encryption: what `prefer` means. */
export const prefersPlain = ({ sslmode = 'prefer' }: ResolvedPostgresOptions, error: unknown): boolean =>
  sslmode === 'prefer' && error instanceof Error && /server does not support SSL/i.test(error.message);

import { readFile } from 'node:fs/promises';
import { type ConnectionOptions, createSecureContext } from 'node:tls';
import { ConfigError } from '@aegis/spec';
import type { ClientConfig } from 'pg';
import { type ResolvedPostgresOptions, systemCertificates } from './postgres-options.js';

/** The settings that the reading of values and the writing of strings rely on, and the schema of names without one. */
export const settingsSql = ({ schema, access }: ResolvedPostgresOptions): string =>
  [
    "SET DateStyle = 'ISO'",
    "SET IntervalStyle = 'iso_8601'",
    "SET TimeZone = 'UTC'",
    "SET bytea_output = 'hex'",
    'SET extra_float_digits = 1',
    // Else a backslash would escape the quote that ends a string, and what follows would be SQL.
    'SET standard_conforming_strings = on',
    ...(access === 'read_only' ? ['SET default_transaction_read_only = on'] : []),
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
const tls = async (options: ResolvedPostgresOptions): Promise<false | ConnectionOptions> => {
  const { sslmode } = options;
  if (sslmode === 'disable') return false;
  const own = await ownCertificate(options);
  if (sslmode !== 'verify-ca' && sslmode !== 'verify-full') return { ...own, rejectUnauthorized: false };
  return {
    ...own,
    ...(await trusted(options)),
    ...(sslmode === 'verify-ca' && { checkServerIdentity: () => undefined }),
  };
};

const trusted = async ({ sslrootcert }: ResolvedPostgresOptions): Promise<ConnectionOptions> =>
  sslrootcert === undefined || sslrootcert === systemCertificates
    ? {}
    : { ca: await readOption('sslrootcert', sslrootcert) };

/** @throws ConfigError when only one half of the pair is given */
const ownCertificate = async ({ sslcert, sslkey }: ResolvedPostgresOptions): Promise<ConnectionOptions> => {
  if (sslcert === undefined && sslkey === undefined) return {};
  if (sslcert === undefined || sslkey === undefined) {
    throw new ConfigError('invalid', 'postgres warehouse: sslcert and sslkey are given together or not at all');
  }
  return checked({ cert: await readOption('sslcert', sslcert), key: await readOption('sslkey', sslkey) });
};

/** The driver would end the process over a pair that does not fit. */
const checked = (pair: ConnectionOptions): ConnectionOptions => {
  try {
    createSecureContext(pair);
    return pair;
  } catch (cause) {
    throw new ConfigError('invalid', 'postgres warehouse: sslcert and sslkey hold no certificate with its key', {
      hint: 'Both are PEM files; the key has no passphrase.',
      cause,
    });
  }
};

const readOption = (option: string, path: string): Promise<Buffer> =>
  readFile(path).catch((cause: unknown) => {
    throw new ConfigError('invalid', `postgres warehouse, option ${option}: cannot read ${path}`, { cause });
  });

/** Whether to try once more without encryption: what `prefer` means. */
export const prefersPlain = ({ sslmode = 'prefer' }: ResolvedPostgresOptions, error: unknown): boolean =>
  sslmode === 'prefer' && error instanceof Error && /server does not support SSL/i.test(error.message);

import { resolve } from 'node:path';
import { ConfigError } from '@aegis/spec';
import { z } from 'zod';
import { urlParts } from './postgres-url.js';

const sslModes = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'] as const;

const text = () => z.string().min(1).optional();

/** Options of a PostgreSQL warehouse, as in `aegis.yaml`. */
export const postgresOptionsSchema = z.strictObject({
  url: text().meta({
    description: 'Connection URL, postgresql://user:password@host:5432/database?sslmode=verify-full.',
    secret: true,
  }),
  host: text().meta({ description: 'Host, or the folder of a Unix socket.', env: 'PGHOST', secret: false }),
  port: z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .meta({ description: 'Port. Default 5432.', env: 'PGPORT', secret: false }),
  database: text().meta({ description: 'Database. Default: the user.', env: 'PGDATABASE', secret: false }),
  user: text().meta({ description: 'Role. Default: the user of the system.', env: 'PGUSER', secret: false }),
  password: text().meta({ description: 'Password.', env: 'PGPASSWORD', secret: true }),
  sslmode: z.enum(sslModes).optional().meta({
    description: 'prefer encrypts where the server can, verify-full also checks who it is. Default prefer.',
    env: 'PGSSLMODE',
    secret: false,
  }),
  sslrootcert: text().meta({
    description:
      'File with the certificates to trust, for verify-ca and verify-full. Default, and `system`: those of Node.js.',
    env: 'PGSSLROOTCERT',
    secret: false,
  }),
  sslcert: text().meta({
    description: 'File with the certificate of the role, for servers that want one.',
    env: 'PGSSLCERT',
    secret: false,
  }),
  sslkey: text().meta({
    description: 'File with the private key of sslcert, without a passphrase.',
    env: 'PGSSLKEY',
    secret: false,
  }),
  schema: text().meta({
    description: "Schema of names that have none. Default: the role's search path.",
    secret: false,
  }),
  access: z.enum(['read_only', 'read_write']).default('read_only').meta({
    description: 'Runs never need more than read_only: every statement in a READ ONLY transaction.',
    secret: false,
  }),
  maxConnections: z
    .int()
    .min(1)
    .max(100)
    .default(4)
    .meta({ description: 'Statements at once outside of snapshots.', secret: false }),
  snapshotConnections: z.int().min(1).max(16).default(2).meta({
    description: 'Statements at once on one state; a run keeps one state for each table that it checks at a time.',
    secret: false,
  }),
  connectTimeoutMs: z
    .int()
    .min(1)
    .default(10_000)
    .meta({ description: 'How long to wait for a connection.', unit: 'milliseconds', secret: false }),
});

export type PostgresOptions = z.input<typeof postgresOptionsSchema>;
export type ResolvedPostgresOptions = z.output<typeof postgresOptionsSchema>;

/** What libpq calls the certificates that come with the system. */
export const systemCertificates = 'system';

type Environment = { readonly [name: string]: string | undefined };

/**
 * Options before parts of the URL before the environment's `PG…`; what none of them says is left to the driver.
 * @throws ConfigError `invalid` naming the option that does not fit, never its value
 */
export const resolveOptions = (options: unknown = {}, environment: Environment = {}): ResolvedPostgresOptions => {
  const written = typeof options === 'object' && options !== null ? options : { options };
  const fromUrl = 'url' in written && typeof written.url === 'string' ? urlParts(written.url) : {};
  const parsed = postgresOptionsSchema.safeParse({ ...environmentParts(environment), ...fromUrl, ...written });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const option = issue?.path.join('.') ?? '';
  throw new ConfigError('invalid', `postgres warehouse${option && `, option ${option}`}: ${issue?.message}`, {
    hint: `Options: ${Object.keys(postgresOptionsSchema.shape).join(', ')}.`,
  });
};

const fileOptions = ['sslrootcert', 'sslcert', 'sslkey'] as const;

/** Relative paths of certificates start from the folder; `system` is none. */
export const withFilesFrom = (folder: string, options: ResolvedPostgresOptions): ResolvedPostgresOptions => ({
  ...options,
  ...Object.fromEntries(
    fileOptions.flatMap((name) => {
      const path = options[name];
      return path === undefined || path === systemCertificates ? [] : [[name, resolve(folder, path)]];
    }),
  ),
});

/** The options that the environment gives, by the variables that libpq reads. */
const environmentParts = (environment: Environment): { readonly [option: string]: string } =>
  Object.fromEntries(
    Object.entries(postgresOptionsSchema.shape).flatMap(([option, schema]) => {
      const name = schema.meta()?.env;
      const value = typeof name === 'string' ? environment[name] : undefined;
      return value ? [[option, value]] : [];
    }),
  );

import { resolve } from 'node:path';
import { ConfigError } from '@aegis/spec';
import { z } from 'zod';

const text = () => z.string().min(1).optional();
const milliseconds = (description: string) => z.int().min(1).meta({ description, unit: 'milliseconds', secret: false });

/** The service separates tags by comma and colon, which it lets values escape, but not names. */
const tags = z.record(z.string().regex(/^[^\\:,]+$/, 'holds a colon, comma or backslash'), z.string());

/** Options of a Databricks warehouse, as in `aegis.yaml`. */
export const databricksOptionsSchema = z.strictObject({
  host: z
    .string({ error: 'the host of the workspace is missing' })
    .regex(/^(https:\/\/)?[\w.-]+\/?$/, 'is not the host of a workspace, such as adb-1234.5.azuredatabricks.net')
    .transform((host) => host.replace(/^https:\/\/|\/$/g, ''))
    .meta({
      description: 'Host of the workspace, e.g. adb-1234567890.12.azuredatabricks.net.',
      env: 'DATABRICKS_HOST',
      secret: false,
    }),
  port: z.coerce.number().int().min(1).max(65_535).default(443).meta({ description: 'Port.', secret: false }),
  httpPath: z.string({ error: 'the HTTP path of the SQL warehouse is missing' }).min(1).meta({
    description: 'HTTP path of a SQL warehouse or cluster, e.g. /sql/1.0/warehouses/abc123.',
    env: 'DATABRICKS_HTTP_PATH',
    secret: false,
  }),
  token: text().meta({ description: 'Personal access token.', env: 'DATABRICKS_TOKEN', secret: true }),
  clientId: text().meta({
    description: 'Application id of a service principal (OAuth M2M).',
    env: 'DATABRICKS_CLIENT_ID',
    secret: false,
  }),
  clientSecret: text().meta({
    description: 'OAuth secret of the service principal.',
    env: 'DATABRICKS_CLIENT_SECRET',
    secret: true,
  }),
  azureTenantId: text().meta({
    description: 'Entra ID tenant, when the service principal is one of Azure and not of Databricks.',
    env: 'ARM_TENANT_ID',
    secret: false,
  }),
  catalog: text().meta({ description: "Catalog of names that have none. Default: the workspace's.", secret: false }),
  schema: text().meta({ description: "Schema of names that have none. Default: the catalog's.", secret: false }),
  proxy: text().meta({
    description: 'Proxy, http://user:password@host:port; also https, socks4 and socks5.',
    secret: true,
  }),
  sslrootcert: text().meta({
    description: 'File with certificates to trust besides those of Node.js.',
    secret: false,
  }),
  sessionConfiguration: z.record(z.string(), z.string()).default({}).meta({
    description: 'Settings of the session, e.g. { statement_timeout: "600" }.',
    secret: false,
  }),
  queryTags: tags.default({}).meta({
    description: 'Tags of every statement, for the query history and system.query.history.',
    secret: false,
  }),
  maxConnections: z.int().min(1).max(100).default(4).meta({ description: 'Statements at once.', secret: false }),
  requestTimeoutMs: milliseconds('How long one request may take, a warehouse that has to start included.').default(
    600_000,
  ),
  retryMaxAttempts: z.int().min(1).max(20).default(5).meta({
    description: 'Attempts of a request that may be repeated and was answered with 429, 503 or not at all.',
    secret: false,
  }),
  retryDelayMs: milliseconds('Pause before the first repetition; it doubles each time.').default(1_000),
});

export type DatabricksOptions = z.input<typeof databricksOptionsSchema>;
export type ResolvedDatabricksOptions = z.output<typeof databricksOptionsSchema>;

type Environment = { readonly [name: string]: string | undefined };

/**
 * Options before the environment's `DATABRICKS_…`. A token that is written is not joined by a service principal of the
 * environment, nor the other way round.
 * @throws ConfigError `invalid` naming the option that does not fit, never its value
 */
export const resolveOptions = (options: unknown = {}, environment: Environment = {}): ResolvedDatabricksOptions => {
  const written = typeof options === 'object' && options !== null ? options : { options };
  const parsed = databricksOptionsSchema.safeParse({ ...environmentParts(environment, written), ...written });
  if (parsed.success) return withCredentials(parsed.data);
  const [issue] = parsed.error.issues;
  const option = issue?.path.join('.') ?? '';
  throw invalid(
    `${option && `option ${option}: `}${issue?.message}`,
    `Options: ${Object.keys(databricksOptionsSchema.shape).join(', ')}.`,
  );
};

const invalid = (what: string, hint: string): ConfigError =>
  new ConfigError('invalid', `databricks warehouse, ${what}`, { hint });

const withCredentials = (options: ResolvedDatabricksOptions): ResolvedDatabricksOptions => {
  const { token, clientId, clientSecret, proxy } = options;
  if (token === undefined && clientId === undefined)
    throw invalid('no credentials', 'Set token, or clientId and clientSecret of a service principal.');
  if (token !== undefined && clientId !== undefined)
    throw invalid('token and clientId are both set', 'Use one of them.');
  if ((clientId === undefined) !== (clientSecret === undefined))
    throw invalid('clientId and clientSecret are given together or not at all', 'Set both, or a token.');
  if (proxy !== undefined && !(URL.canParse(proxy) && /^(https?|socks[45]):\/\//.test(proxy)))
    throw invalid(
      'option proxy: is not the URL of a proxy',
      'Write it as http://host:port, or with https, socks4, socks5.',
    );
  return options;
};

const credentials = ['token', 'clientId', 'clientSecret', 'azureTenantId'];

/** The options that the environment gives; of credentials either all or none. */
const environmentParts = (environment: Environment, written: object): { readonly [option: string]: string } => {
  const ownCredentials = credentials.some((option) => option in written);
  const found = Object.entries(databricksOptionsSchema.shape).flatMap(([option, schema]) => {
    const name = schema.meta()?.env;
    const value = typeof name === 'string' ? environment[name] : undefined;
    return value && !(ownCredentials && credentials.includes(option)) ? [[option, value] as const] : [];
  });
  const hasToken = found.some(([option]) => option === 'token');
  return Object.fromEntries(
    found.filter(([option]) => !hasToken || option === 'token' || !credentials.includes(option)),
  );
};

/** A relative path of certificates starts from the folder. */
export const withFilesFrom = (folder: string, options: ResolvedDatabricksOptions): ResolvedDatabricksOptions =>
  options.sslrootcert === undefined ? options : { ...options, sslrootcert: resolve(folder, options.sslrootcert) };

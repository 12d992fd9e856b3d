import { resolve } from 'node:path';
import { ConfigError } from '@aegis/spec';
import { z } from 'zod';

const text = () => z.string().min(1).optional();
/** What a header can hold. */
const plain = () => z.string().regex(/^[\x20-\x7e]+$/, 'must be printable ASCII');

/** Options of a Trino warehouse, as in `aegis.yaml`. */
export const trinoOptionsSchema = z.strictObject({
  server: z
    .url({ protocol: /^https?$/ })
    .default('http://localhost:8080')
    .meta({
      description: 'The coordinator, e.g. https://trino.example.com.',
      env: 'TRINO_SERVER',
      secret: false,
    }),
  catalog: plain().optional().meta({ description: 'Catalogue of names that have none.', secret: false }),
  schema: plain().optional().meta({ description: 'Schema of names that have none.', secret: false }),
  user: plain().default('aegis').meta({
    description: 'Who asks; with a password, whose it is.',
    env: 'TRINO_USER',
    secret: false,
  }),
  password: text().meta({ description: 'Password of user, over TLS only.', env: 'TRINO_PASSWORD', secret: true }),
  accessToken: plain()
    .optional()
    .meta({ description: 'JSON web token, over TLS only.', env: 'TRINO_ACCESS_TOKEN', secret: true }),
  clientCertificate: text().meta({
    description: 'File with the certificate that says who asks, in PEM.',
    secret: false,
  }),
  clientKey: text().meta({ description: 'File with its private key, without a passphrase, in PEM.', secret: false }),
  certificateAuthority: text().meta({
    description: 'File with the certificates to trust, in PEM. Default: those of Node.js.',
    secret: false,
  }),
  sessionProperties: z
    .record(z.string().regex(/^[\w.-]+$/), z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .meta({ description: 'Session properties of every statement, e.g. query_priority.', secret: false }),
  source: plain().default('aegis').meta({
    description: 'What resource groups and the web interface call the client.',
    secret: false,
  }),
  clientTags: z
    .array(z.string().regex(/^[\x21-\x2b\x2d-\x7e]+$/))
    .default([])
    .meta({ description: 'Tags of every statement, besides those of its run and table.', secret: false }),
  timeZone: z
    .string()
    .regex(/^[\w/+:-]+$/)
    .default('UTC')
    .meta({
      description: 'Zone of the session: what current_date and casts in SQL of rules mean.',
      secret: false,
    }),
  readOnlyTransactions: z.boolean().default(true).meta({
    description: 'Have Trino itself refuse writes, by a READ ONLY transaction around statements.',
    secret: false,
  }),
  timeTravel: z.boolean().default(true).meta({
    description: 'Read all of an Iceberg table in one version of it.',
    secret: false,
  }),
  maxStatements: z.int().min(1).max(100).default(8).meta({ description: 'Queries at once.', secret: false }),
  requestTimeoutMs: z.int().min(1).default(60_000).meta({
    description: 'How long to wait for one answer of the coordinator, not for a query.',
    unit: 'milliseconds',
    secret: false,
  }),
});

export type TrinoOptions = z.input<typeof trinoOptionsSchema>;
export type ResolvedTrinoOptions = z.output<typeof trinoOptionsSchema>;

type Environment = { readonly [name: string]: string | undefined };

/**
 * Options before the environment.
 * @throws ConfigError `invalid` naming the option that does not fit, never its value
 */
export const resolveOptions = (options: unknown = {}, environment: Environment = {}): ResolvedTrinoOptions => {
  const written = typeof options === 'object' && options !== null ? options : { options };
  const parsed = trinoOptionsSchema.safeParse({ ...environmentParts(environment, written), ...written });
  if (!parsed.success) throw invalid(parsed.error.issues[0]?.path.join('.') ?? '', parsed.error.issues[0]?.message);
  const complaint = complaints.find(([, isWrong]) => isWrong(parsed.data));
  if (complaint) throw invalid(complaint[0], complaint[2]);
  return parsed.data;
};

const isLoopback = (server: string): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(server).hostname);

const isSentOpenly = ({ server }: ResolvedTrinoOptions): boolean =>
  new URL(server).protocol === 'http:' && !isLoopback(server);

/** What options may not be beside others. */
const complaints: readonly (readonly [
  option: string,
  isWrong: (options: ResolvedTrinoOptions) => boolean,
  complaint: string,
])[] = [
  ['accessToken', ({ accessToken, password }) => Boolean(accessToken && password), 'cannot be given beside password'],
  ['password', (options) => options.password !== undefined && isSentOpenly(options), 'is sent over https only'],
  ['accessToken', (options) => options.accessToken !== undefined && isSentOpenly(options), 'is sent over https only'],
  [
    'clientKey',
    ({ clientCertificate, clientKey }) => !clientCertificate !== !clientKey,
    'and clientCertificate go together',
  ],
  [
    'server',
    ({ server }) => Boolean(new URL(server).username || new URL(server).password),
    'holds no user and no password: use those options',
  ],
];

const invalid = (option: string, complaint = 'does not fit') =>
  new ConfigError('invalid', `trino warehouse${option && `, option ${option}`}: ${complaint}`, {
    hint: `Options: ${Object.keys(trinoOptionsSchema.shape).join(', ')}.`,
  });

const fileOptions = ['clientCertificate', 'clientKey', 'certificateAuthority'] as const;

/** Relative paths of certificates start from the folder. */
export const withFilesFrom = (folder: string, options: ResolvedTrinoOptions): ResolvedTrinoOptions => ({
  ...options,
  ...Object.fromEntries(
    fileOptions.flatMap((name) => {
      const path = options[name];
      return path === undefined ? [] : [[name, resolve(folder, path)]];
    }),
  ),
});

/** The options that the environment gives; a secret there is not looked at where another is written. */
const environmentParts = (environment: Environment, written: object): { readonly [option: string]: string } =>
  Object.fromEntries(
    Object.entries(trinoOptionsSchema.shape).flatMap(([option, schema]) => {
      const name = schema.meta()?.env;
      const value = typeof name === 'string' ? environment[name] : undefined;
      const isReplaced = schema.meta()?.secret === true && ('password' in written || 'accessToken' in written);
      return value && !isReplaced ? [[option, value]] : [];
    }),
  );

import { ConfigError } from '@aegis/spec';
import { z } from 'zod';

const text = () => z.string().min(1).optional();

/** Options of a BigQuery warehouse, as in `aegis.yaml`. */
export const bigqueryOptionsSchema = z.strictObject({
  projectId: text().meta({
    description: 'Project that queries run in and pay for. Default: the one of the credentials.',
    env: 'GOOGLE_CLOUD_PROJECT',
    secret: false,
  }),
  dataset: text().meta({ description: 'Dataset of names that have none.', secret: false }),
  location: text().meta({
    description: 'Where the data is, e.g. EU or us-central1. Default: BigQuery finds it by the dataset.',
    secret: false,
  }),
  keyFilename: text().meta({
    description: 'File with the credentials. Default: application default credentials.',
    env: 'GOOGLE_APPLICATION_CREDENTIALS',
    secret: false,
  }),
  credentials: text().meta({ description: 'The credentials themselves, as the JSON of a key file.', secret: true }),
  impersonate: z.email().optional().meta({
    description: 'Service account to act as; the credentials need the role Service Account Token Creator on it.',
    secret: false,
  }),
  impersonationEndpoint: z.url().optional().meta({
    description: 'Where tokens for it come from. Default https://iamcredentials.googleapis.com.',
    secret: false,
  }),
  apiEndpoint: z.url().optional().meta({
    description: 'Where the API is, e.g. a private endpoint. Default https://bigquery.googleapis.com.',
    secret: false,
  }),
  maximumBytesBilled: z.coerce.number().int().min(1).optional().meta({
    description: 'BigQuery refuses a query that would bill more. Default: no limit.',
    unit: 'bytes',
    secret: false,
  }),
  usdPerTebibyte: z.number().min(0).nullable().default(6.25).meta({
    description: 'Price of the estimate. null where slots are paid for, so that bytes cost nothing.',
    unit: 'US dollars per TiB',
    secret: false,
  }),
  priority: z.enum(['interactive', 'batch']).default('interactive').meta({
    description: 'batch waits for idle slots.',
    secret: false,
  }),
  labels: z
    .record(
      z.string().regex(/^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u),
      z.string().regex(/^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u),
    )
    .default({})
    .meta({ description: 'Labels of every job, besides those that say which run and table it is for.', secret: false }),
  timeTravel: z.boolean().default(true).meta({
    description: 'Read all of a table as it was at one moment. Needs tables without row access policies.',
    secret: false,
  }),
  maxStatements: z.int().min(1).max(100).default(8).meta({ description: 'Queries at once.', secret: false }),
  requestTimeoutMs: z.int().min(1).default(60_000).meta({
    description: 'How long to wait for one answer of the API, not for a query. More than 10000 is best.',
    unit: 'milliseconds',
    secret: false,
  }),
});

export type BigQueryOptions = z.input<typeof bigqueryOptionsSchema>;
export type ResolvedBigQueryOptions = z.output<typeof bigqueryOptionsSchema>;

type Environment = { readonly [name: string]: string | undefined };

/**
 * Options before the environment; what neither says is left to Google's application default credentials.
 * @throws ConfigError `invalid` naming the option that does not fit, never its value
 */
export const resolveOptions = (options: unknown = {}, environment: Environment = {}): ResolvedBigQueryOptions => {
  const written = typeof options === 'object' && options !== null ? options : { options };
  const parsed = bigqueryOptionsSchema.safeParse({ ...environmentParts(environment, written), ...written });
  if (!parsed.success) throw invalid(parsed.error.issues[0]?.path.join('.') ?? '', parsed.error.issues[0]?.message);
  const { keyFilename, credentials } = parsed.data;
  if (keyFilename !== undefined && credentials !== undefined)
    throw invalid('credentials', 'cannot be given beside keyFilename');
  return parsed.data;
};

const invalid = (option: string, complaint = 'does not fit') =>
  new ConfigError('invalid', `bigquery warehouse${option && `, option ${option}`}: ${complaint}`, {
    hint: `Options: ${Object.keys(bigqueryOptionsSchema.shape).join(', ')}.`,
  });

/** The options that the environment gives; a key file there is not looked at where credentials are written. */
const environmentParts = (environment: Environment, written: object): { readonly [option: string]: string } =>
  Object.fromEntries(
    Object.entries(bigqueryOptionsSchema.shape).flatMap(([option, schema]) => {
      const name = schema.meta()?.env;
      const value = typeof name === 'string' ? environment[name] : undefined;
      const isReplaced = option === 'keyFilename' && 'credentials' in written;
      return value && !isReplaced ? [[option, value]] : [];
    }),
  );

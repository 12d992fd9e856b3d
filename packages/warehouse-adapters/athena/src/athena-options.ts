import { ConfigError } from '@aegis/spec';
import { z } from 'zod';

const text = () => z.string().trim().min(1).optional();
const endpoint = (service: string, env: string) =>
  z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({
      description: `Where ${service} is, e.g. an interface endpoint of a VPC. Default: the public endpoint of the region.`,
      env,
      secret: false,
    });

/** Options of an Athena warehouse, as in `aegis.yaml`. */
export const athenaOptionsSchema = z.strictObject({
  region: text().meta({
    description: 'Region, e.g. eu-central-1. Default: AWS_REGION, AWS_DEFAULT_REGION, then that of the profile.',
    env: 'AWS_REGION',
    secret: false,
  }),
  workGroup: text().default('primary').meta({ description: 'Work group that queries run in.', secret: false }),
  outputLocation: z
    .string()
    .regex(/^s3:\/\/[^/]+/, 'is no s3://bucket/prefix/')
    .optional()
    .meta({
      description: 'Where Athena writes answers, s3://bucket/prefix/. Default: what the work group says.',
      secret: false,
    }),
  database: z.string().trim().min(1).default('default').meta({
    description: 'Database of names that have none.',
    secret: false,
  }),
  catalog: z.string().trim().min(1).default('AwsDataCatalog').meta({
    description: 'Data catalog of names that have none.',
    secret: false,
  }),
  profile: text().meta({
    description: 'Profile in ~/.aws, before keys in the environment.',
    env: 'AWS_PROFILE',
    secret: false,
  }),
  accessKeyId: text().meta({
    description: 'Access key. Default: the credential chain of AWS.',
    env: 'AWS_ACCESS_KEY_ID',
    secret: false,
  }),
  secretAccessKey: text().meta({
    description: 'Secret of the access key.',
    env: 'AWS_SECRET_ACCESS_KEY',
    secret: true,
  }),
  sessionToken: text().meta({
    description: 'Session token of a temporary access key.',
    env: 'AWS_SESSION_TOKEN',
    secret: true,
  }),
  roleArn: text().meta({ description: 'Role that is assumed with the credentials found.', secret: false }),
  athenaEndpoint: endpoint('Athena', 'AWS_ENDPOINT_URL_ATHENA'),
  glueEndpoint: endpoint('the Glue Data Catalog', 'AWS_ENDPOINT_URL_GLUE'),
  stsEndpoint: endpoint('STS, which gives roles,', 'AWS_ENDPOINT_URL_STS'),
  reuseResultsMinutes: z.int().min(0).max(10_080).default(0).meta({
    description: 'Answers of the same statement may be so old; 0 is never. Labels are left out of statements then.',
    unit: 'minutes',
    secret: false,
  }),
  timeTravel: z.boolean().default(true).meta({
    description: 'Read all of an Iceberg table as it was at one moment.',
    secret: false,
  }),
  usdPerTebibyte: z.number().min(0).nullable().default(5).meta({
    description: 'Price of the estimate. null where capacity is paid for, so that bytes cost nothing.',
    unit: 'US dollars per TiB',
    secret: false,
  }),
  maxStatements: z.int().min(1).max(100).default(8).meta({ description: 'Queries at once.', secret: false }),
  pollMs: z.int().min(1).max(60_000).default(1_000).meta({
    description: 'Longest pause between two questions whether a query has ended; the first pauses are shorter.',
    unit: 'milliseconds',
    secret: false,
  }),
  connectTimeoutMs: z.int().min(1).default(10_000).meta({
    description: 'How long to wait for a connection.',
    unit: 'milliseconds',
    secret: false,
  }),
  requestTimeoutMs: z.int().min(1).default(60_000).meta({
    description: 'How long to wait for one answer of the API, not for a query.',
    unit: 'milliseconds',
    secret: false,
  }),
});

export type AthenaOptions = z.input<typeof athenaOptionsSchema>;
export type ResolvedAthenaOptions = z.output<typeof athenaOptionsSchema>;

type Environment = { readonly [name: string]: string | undefined };

/**
 * Options before the environment; what neither says is left to AWS's own chain.
 * @throws ConfigError `invalid` naming the option that does not fit, never its value
 */
export const resolveOptions = (options: unknown = {}, environment: Environment = {}): ResolvedAthenaOptions => {
  const written = typeof options === 'object' && options !== null ? options : { options };
  const parsed = athenaOptionsSchema.safeParse({ ...environmentParts(environment, written), ...written });
  if (!parsed.success) throw invalid(parsed.error.issues[0]?.path.join('.') ?? '', parsed.error.issues[0]?.message);
  const { accessKeyId, secretAccessKey, profile } = parsed.data;
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined))
    throw invalid('secretAccessKey', 'goes with accessKeyId');
  if (accessKeyId !== undefined && profile !== undefined)
    throw invalid('profile', 'cannot be given beside accessKeyId');
  return parsed.data;
};

const invalid = (option: string, complaint = 'does not fit') =>
  new ConfigError('invalid', `athena warehouse${option && `, option ${option}`}: ${complaint}`, {
    hint: `Options: ${Object.keys(athenaOptionsSchema.shape).join(', ')}.`,
  });

const keys = ['accessKeyId', 'secretAccessKey', 'sessionToken'] as const;

/** The options that the environment gives. Its keys are not looked at where a profile is named, nor where others are written. */
const environmentParts = (environment: Environment, written: object): { readonly [option: string]: string } => {
  const env = { ...environment, AWS_REGION: environment.AWS_REGION || environment.AWS_DEFAULT_REGION };
  const found = Object.entries(athenaOptionsSchema.shape).flatMap(([option, schema]) => {
    const name = schema.meta()?.env;
    const value = typeof name === 'string' ? (env as Environment)[name]?.trim() : undefined;
    return value ? [[option, value] as const] : [];
  });
  const isKeyWritten = keys.some((key) => key in written);
  const isProfiled = 'profile' in written || found.some(([option]) => option === 'profile');
  const left = found.filter(([option]) => {
    if (option === 'profile') return !isKeyWritten;
    return !(keys as readonly string[]).includes(option) || !(isKeyWritten || isProfiled);
  });
  return Object.fromEntries(left);
};

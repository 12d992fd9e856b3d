import { ConfigError } from '@aegis/spec';
import { z } from 'zod';

const text = () => z.string().trim().min(1).optional();
const url = () => z.url({ protocol: /^https?$/ }).optional();
const time = (description: string, preset: number) =>
  z.int().min(1).max(2_147_483_647).default(preset).meta({ description, unit: 'milliseconds', secret: false });

/** Options of a model that Amazon Bedrock runs, as in `aegis.yaml`. */
export const bedrockOptionsSchema = z.strictObject({
  region: text().meta({
    description: 'Region, e.g. eu-central-1. Default: AWS_REGION, AWS_DEFAULT_REGION, then that of the profile.',
    env: 'AWS_REGION',
    secret: false,
  }),
  profile: text().meta({
    description: 'Profile in ~/.aws, before keys in the environment.',
    env: 'AWS_PROFILE',
    secret: false,
  }),
  roleArn: text().meta({ description: 'Role that is assumed with the credentials found.', secret: false }),
  apiKey: text().meta({
    description: 'API key of Bedrock, instead of AWS credentials.',
    env: 'AWS_BEARER_TOKEN_BEDROCK',
    secret: true,
  }),
  baseURL: url().meta({
    description: 'Another endpoint, e.g. of a VPC. Default: the public one of the region.',
    env: 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME',
    secret: false,
  }),
  proxy: url().meta({
    description: 'HTTP proxy, http://user:password@host:port. Default: HTTPS_PROXY and NO_PROXY.',
    env: 'HTTPS_PROXY',
    secret: true,
  }),
  timeoutMs: time('How long one answer may take, finding credentials included.', 600_000),
  connectTimeoutMs: time('How long to wait for a connection.', 10_000),
  promptCache: z.boolean().optional().meta({
    description: 'Whether what many calls begin with is cached. Default: for Claude and Nova.',
    secret: false,
  }),
  structuredOutput: z.enum(['auto', 'format', 'tool']).default('auto').meta({
    description:
      'How answers are bound to a JSON schema: by the output format of Converse, by a tool that the model has to call, or as the model allows.',
    secret: false,
  }),
  additionalFields: z.record(z.string(), z.json()).default({}).meta({
    description: 'Fields of the model itself, e.g. thinking of Claude.',
    secret: false,
  }),
});

export type BedrockSettings = z.input<typeof bedrockOptionsSchema>;
export type ResolvedBedrockOptions = z.output<typeof bedrockOptionsSchema>;

/**
 * Defaults filled in; the environment is not read yet.
 * @throws ConfigError `invalid` naming the option that does not fit, never its value
 */
export const resolveOptions = (options: unknown = {}): ResolvedBedrockOptions => {
  const parsed = bedrockOptionsSchema.safeParse(options);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const option = issue?.path.join('.') ?? '';
  throw new ConfigError('invalid', `bedrock model${option && `, option ${option}`}: ${issue?.message}`, {
    hint: `Options: ${Object.keys(bedrockOptionsSchema.shape).join(', ')}.`,
  });
};

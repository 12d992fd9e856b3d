import { ConfigError } from '@aegis/spec';
import { z } from 'zod';

const text = () => z.string().trim().min(1).optional();
const url = () => z.url({ protocol: /^https?$/ }).optional();

/** Options of a Claude model, as in `aegis.yaml`. */
export const anthropicOptionsSchema = z.strictObject({
  apiKey: text().meta({ description: 'API key.', env: 'ANTHROPIC_API_KEY', secret: true }),
  authToken: text().meta({
    description: 'Bearer token, for gateways that take one instead of a key.',
    env: 'ANTHROPIC_AUTH_TOKEN',
    secret: true,
  }),
  baseURL: url().meta({
    description: 'Another host that speaks the Messages API, without /v1. Default https://api.anthropic.com.',
    env: 'ANTHROPIC_BASE_URL',
    secret: false,
  }),
  proxy: url().meta({
    description: 'HTTP proxy, http://user:password@host:port. Default: HTTPS_PROXY, HTTP_PROXY and NO_PROXY.',
    env: 'HTTPS_PROXY',
    secret: true,
  }),
  headers: z
    .record(z.string(), z.string())
    .default({})
    .meta({ description: 'Headers of every request, e.g. anthropic-beta.', secret: true }),
  timeoutMs: z
    .int()
    .min(1)
    .max(2_147_483_647)
    .default(600_000)
    .meta({ description: 'How long one answer may take, to its last byte.', unit: 'milliseconds', secret: false }),
  maxOutputTokens: z
    .int()
    .min(1)
    .default(4_096)
    .meta({ description: 'Longest answer where the request does not say, in tokens.', secret: false }),
  structuredOutput: z.enum(['auto', 'format', 'tool']).default('auto').meta({
    description:
      "How answers are bound to a JSON schema: by the vendor's output format, by a tool that the model has to call, or as the model and the schema allow.",
    secret: false,
  }),
});

export type AnthropicSettings = z.input<typeof anthropicOptionsSchema>;
export type ResolvedAnthropicOptions = z.output<typeof anthropicOptionsSchema>;

/**
 * Defaults filled in; the environment is not read yet.
 * @throws ConfigError `invalid` naming the option that does not fit, never its value
 */
export const resolveOptions = (options: unknown = {}): ResolvedAnthropicOptions => {
  const parsed = anthropicOptionsSchema.safeParse(options);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const option = issue?.path.join('.') ?? '';
  throw new ConfigError('invalid', `anthropic model${option && `, option ${option}`}: ${issue?.message}`, {
    hint: `Options: ${Object.keys(anthropicOptionsSchema.shape).join(', ')}.`,
  });
};

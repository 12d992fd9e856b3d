import { ConfigError } from '@aegis/spec';
import { z } from 'zod';

const text = () => z.string().trim().min(1).optional();
const url = () => z.url({ protocol: /^https?$/ }).optional();

/** Options of a model of OpenAI, or of a server that speaks its protocol, as in `aegis.yaml`. */
export const openAiOptionsSchema = z.strictObject({
  apiKey: text().meta({
    description:
      'API key. From the environment it goes to OpenAI, and to OPENAI_BASE_URL; another baseURL is given the option only, or nothing.',
    env: 'OPENAI_API_KEY',
    secret: true,
  }),
  baseURL: url().meta({
    description:
      'Where Chat Completions begins, e.g. http://localhost:8000/v1 of vLLM. Default https://api.openai.com/v1.',
    env: 'OPENAI_BASE_URL',
    secret: false,
  }),
  organization: text().meta({ description: 'Organization that is billed.', env: 'OPENAI_ORG_ID', secret: false }),
  project: text().meta({ description: 'Project that is billed.', env: 'OPENAI_PROJECT_ID', secret: false }),
  proxy: url().meta({
    description: 'HTTP proxy, http://user:password@host:port. Default: HTTPS_PROXY, HTTP_PROXY and NO_PROXY.',
    env: 'HTTPS_PROXY',
    secret: true,
  }),
  headers: z
    .record(z.string(), z.string())
    .default({})
    .meta({ description: 'Headers of every request, e.g. api-key of a gateway.', secret: true }),
  timeoutMs: z
    .int()
    .min(1)
    .max(2_147_483_647)
    .default(600_000)
    .meta({ description: 'How long one answer may take, to its last byte.', unit: 'milliseconds', secret: false }),
  reasoningEffort: text().meta({
    description: "How much the model thinks, in its own words: none, minimal, low, medium, high. Default: the model's.",
    secret: false,
  }),
});

export type OpenAiSettings = z.input<typeof openAiOptionsSchema>;
export type ResolvedOpenAiOptions = z.output<typeof openAiOptionsSchema>;

/**
 * Defaults filled in; the environment is not read yet.
 * @throws ConfigError `invalid` naming the option that does not fit, never its value
 */
export const resolveOptions = (options: unknown = {}): ResolvedOpenAiOptions => {
  const parsed = openAiOptionsSchema.safeParse(options);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const option = issue?.path.join('.') ?? '';
  throw new ConfigError('invalid', `openai model${option && `, option ${option}`}: ${issue?.message}`, {
    hint: `Options: ${Object.keys(openAiOptionsSchema.shape).join(', ')}.`,
  });
};

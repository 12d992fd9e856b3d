import { ConfigError } from '@aegis/spec';
import { z } from 'zod';
import { hostProblem } from './ollama-host.js';

const text = () => z.string().trim().min(1).optional();

/** Options of a model that Ollama runs, as in `aegis.yaml`. */
export const ollamaOptionsSchema = z.strictObject({
  host: text()
    .superRefine((host, context) => {
      const message = host === undefined ? undefined : hostProblem(host);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .meta({
      description: 'Where Ollama listens: a URL, or host and port. Default http://localhost:11434.',
      env: 'OLLAMA_HOST',
      secret: false,
    }),
  apiKey: text().meta({
    description: 'Key of ollama.com, or of a gateway before your own server. A server of your own asks for none.',
    env: 'OLLAMA_API_KEY',
    secret: true,
  }),
  contextLength: z.int().min(1).optional().meta({
    description:
      "How much the model reads and writes at once. Longer requests are errors: nothing is cut. Default: the server's, often 4096.",
    unit: 'tokens',
    secret: false,
  }),
  think: z
    .union([z.boolean(), z.enum(['low', 'medium', 'high'])])
    .optional()
    .meta({
      description: "Whether the model thinks before it answers, and how much. Default: the model's.",
      secret: false,
    }),
  keepAlive: z
    .union([z.string().min(1), z.number()])
    .optional()
    .meta({
      description:
        'How long the model stays in memory afterwards, e.g. 10m; a number is seconds. Default: the server’s.',
      secret: false,
    }),
  proxy: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({
      description: 'HTTP proxy, http://user:password@host:port. Default: HTTPS_PROXY, HTTP_PROXY and NO_PROXY.',
      env: 'HTTPS_PROXY',
      secret: true,
    }),
  headers: z.record(z.string(), z.string()).default({}).meta({
    description: 'Headers of every request, e.g. authorization of a gateway.',
    secret: true,
  }),
  timeoutMs: z.int().min(1).max(2_147_483_647).default(600_000).meta({
    description: 'How long one answer may take, loading the model included.',
    unit: 'milliseconds',
    secret: false,
  }),
});

export type OllamaSettings = z.input<typeof ollamaOptionsSchema>;
export type ResolvedOllamaOptions = z.output<typeof ollamaOptionsSchema>;

/**
 * Defaults filled in; the environment is not read yet.
 * @throws ConfigError `invalid` naming the option that does not fit, never its value
 */
export const resolveOptions = (options: unknown = {}): ResolvedOllamaOptions => {
  const parsed = ollamaOptionsSchema.safeParse(options);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const option = issue?.path.join('.') ?? '';
  throw new ConfigError('invalid', `ollama model${option && `, option ${option}`}: ${issue?.message}`, {
    hint: `Options: ${Object.keys(ollamaOptionsSchema.shape).join(', ')}.`,
  });
};

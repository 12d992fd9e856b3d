import { isSecret, type Proxies, passwordsOf, proxyIn, secretHeaders } from '@aegis/llm/transport';
import { LanguageModelError, type ModelContext } from '@aegis/spec';
import type { Anthropic } from '@anthropic-ai/sdk';
import type { ResolvedAnthropicOptions } from './anthropic-options.js';

/** What is used of the vendor's SDK. */
export interface AnthropicClient {
  readonly apiKey?: string | null;
  readonly authToken?: string | null;
  readonly messages: {
    create(
      body: Anthropic.MessageCreateParamsNonStreaming,
      options: { readonly signal: AbortSignal; readonly timeout: number; readonly maxRetries: number },
    ): PromiseLike<Anthropic.Message>;
  };
}

export interface ClientSource extends ModelContext {
  /** The user's own. */
  readonly client?: AnthropicClient | undefined;
}

export interface OpenClient {
  readonly client: AnthropicClient;
  /** What no error may show. */
  readonly secrets: readonly string[];
}

type Environment = ModelContext['env'];

const defaultHost = 'https://api.anthropic.com';

/**
 * The user's client, or one of our own. The SDK is loaded now, not when a model is made: it takes a quarter of a second.
 * @throws LanguageModelError `authentication` when neither option nor variable gives a key
 */
export const clientOf = async (
  options: ResolvedAnthropicOptions,
  { env, client }: ClientSource,
): Promise<OpenClient> => {
  if (client) return { client, secrets: [client.apiKey, client.authToken].filter(isSecret) };
  const credentials = credentialsOf(options, env);
  const [{ Anthropic: Client }, undici] = await Promise.all([import('@anthropic-ai/sdk'), import('undici')]);
  const dispatcher = dispatcherOf(undici, options, env);
  return {
    client: new Client({
      ...credentials,
      baseURL: options.baseURL ?? present(env.ANTHROPIC_BASE_URL) ?? defaultHost,
      defaultHeaders: options.headers,
      timeout: options.timeoutMs,
      maxRetries: 0,
      // Its messages would go to standard output, where reports go.
      logLevel: 'off',
      // A dispatcher fits the fetch of its own version of undici only.
      fetch: (url, init) => undici.fetch(url as string, { ...init, dispatcher } as never) as never,
    }),
    secrets: secretsOf(options, credentials, env),
  };
};

interface Credentials {
  readonly apiKey?: string;
  readonly authToken?: string;
}

/** A key before a token, options before the environment: the SDK takes one of them only. */
const credentialsOf = ({ apiKey, authToken }: ResolvedAnthropicOptions, env: Environment): Credentials => {
  if (apiKey !== undefined) return { apiKey };
  if (authToken !== undefined) return { authToken };
  const [key, token] = [present(env.ANTHROPIC_API_KEY), present(env.ANTHROPIC_AUTH_TOKEN)];
  if (key !== undefined) return { apiKey: key };
  if (token !== undefined) return { authToken: token };
  throw new LanguageModelError('authentication', 'there is no API key for anthropic', {
    hint: 'Set the variable ANTHROPIC_API_KEY, or the option apiKey.',
  });
};

const present = (value: string | undefined): string | undefined => value?.trim() || undefined;

/** Waiting is limited by `timeoutMs` alone: an answer comes in one piece, after as long as it takes. */
const unlimited = { headersTimeout: 0, bodyTimeout: 0 };

const dispatcherOf = (
  { EnvHttpProxyAgent, ProxyAgent }: typeof import('undici'),
  { proxy }: ResolvedAnthropicOptions,
  env: Environment,
) =>
  proxy === undefined
    ? new EnvHttpProxyAgent({ ...unlimited, ...proxiesOf(env) })
    : new ProxyAgent({ ...unlimited, uri: proxy });

/** An empty text keeps undici from looking by itself. */
const proxiesOf = (env: Environment): Proxies => ({
  httpProxy: proxyIn(env, 'HTTP_PROXY') ?? '',
  httpsProxy: proxyIn(env, 'HTTPS_PROXY') ?? '',
  noProxy: env.no_proxy ?? env.NO_PROXY ?? '',
});

const secretsOf = (
  { headers, proxy }: ResolvedAnthropicOptions,
  { apiKey, authToken }: Credentials,
  env: Environment,
): readonly string[] => {
  const ofOption = { httpProxy: proxy ?? '', httpsProxy: '' };
  const passwords = [ofOption, proxiesOf(env)].flatMap(passwordsOf);
  return [apiKey, authToken, ...secretHeaders(headers), ...passwords].filter(isSecret);
};

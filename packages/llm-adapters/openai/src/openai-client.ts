import { isSecret, passwordsOf, proxiesOf, secretHeaders } from '@aegis/llm/transport';
import { LanguageModelError, type ModelContext } from '@aegis/spec';
import type { ChatCompletion, ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import type { Concession } from './openai-concessions.js';
import type { ResolvedOpenAiOptions } from './openai-options.js';

/** What is used of the vendor's SDK. */
export interface OpenAiClient {
  readonly apiKey?: string | null;
  readonly chat: {
    readonly completions: {
      create(
        body: ChatCompletionCreateParamsNonStreaming,
        options: { readonly signal: AbortSignal; readonly timeout: number; readonly maxRetries: number },
      ): PromiseLike<ChatCompletion>;
    };
  };
}

export interface ClientSource extends ModelContext {
  /** The user's own. */
  readonly client?: OpenAiClient | undefined;
}

export interface OpenClient {
  readonly client: OpenAiClient;
  /** What no error may show. */
  readonly secrets: readonly string[];
  /** What the server is asked without from the beginning. */
  readonly concessions: readonly Concession[];
}

type Environment = ModelContext['env'];

const defaultUrl = 'https://api.openai.com/v1';

/**
 * The user's client, or one of our own, which retries, logs and reads nothing by itself. The SDK is loaded now, not when
 * a model is made.
 * @throws LanguageModelError `authentication` where OpenAI's key is missing
 */
export const clientOf = async (options: ResolvedOpenAiOptions, { env, client }: ClientSource): Promise<OpenClient> => {
  if (client) return { client, secrets: [client.apiKey].filter(isSecret), concessions: [] };
  const baseURL = options.baseURL ?? present(env.OPENAI_BASE_URL) ?? defaultUrl;
  const apiKey = keyFor(baseURL, options, env);
  const [{ OpenAI }, undici] = await Promise.all([import('openai'), import('undici')]);
  const proxies = proxiesOf(options.proxy, env);
  const dispatcher = new undici.EnvHttpProxyAgent({ ...unlimited, ...proxies });
  return {
    client: new OpenAI({
      // The SDK would look for what is left out in the environment.
      ...{ apiKey: apiKey ?? 'none', adminAPIKey: null, webhookSecret: null },
      baseURL,
      organization: options.organization ?? present(env.OPENAI_ORG_ID) ?? null,
      project: options.project ?? present(env.OPENAI_PROJECT_ID) ?? null,
      defaultHeaders: { ...(apiKey === undefined && { Authorization: null }), ...options.headers },
      ...{ timeout: options.timeoutMs, maxRetries: 0 },
      // Its messages would go to standard output, where reports go.
      logLevel: 'off',
      // A dispatcher fits the fetch of its own version of undici only.
      fetch: (url, init) => undici.fetch(url as string, { ...init, dispatcher } as never) as never,
    }),
    secrets: [apiKey, ...secretHeaders(options.headers), ...passwordsOf(proxies)].filter(isSecret),
    concessions: isOpenAi(baseURL) ? [] : ['max-tokens'],
  };
};

/** Also its hosts for one region. */
const isOpenAi = (url: string): boolean => /^https:\/\/([a-z0-9-]+\.)?api\.openai\.com(:443)?(\/|$)/i.test(url);

/** A key from the environment belongs to OpenAI, or to the URL beside it; no other host is shown it. */
const keyFor = (url: string, { apiKey, baseURL }: ResolvedOpenAiOptions, env: Environment): string | undefined => {
  const key = apiKey ?? (isOpenAi(url) || baseURL === undefined ? present(env.OPENAI_API_KEY) : undefined);
  if (key === undefined && isOpenAi(url)) throw unusable('there is no API key for openai');
  if (/[^\x21-\x7e]/.test(key ?? '')) throw unusable('the API key for openai holds characters that no key has');
  return key;
};

const unusable = (message: string): LanguageModelError =>
  new LanguageModelError('authentication', message, { hint: 'Set the variable OPENAI_API_KEY, or the option apiKey.' });

const present = (value: string | undefined): string | undefined => value?.trim() || undefined;

/** Waiting is limited by `timeoutMs` alone: an answer comes in one piece, after as long as it takes. */
const unlimited = { headersTimeout: 0, bodyTimeout: 0 };

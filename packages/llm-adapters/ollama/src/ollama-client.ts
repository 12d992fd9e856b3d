import { isSecret, passwordsOf, proxiesOf, secretHeaders } from '@aegis/llm/transport';
import { LanguageModelError, type ModelContext } from '@aegis/spec';
import type { ChatRequest, ChatResponse } from 'ollama';
import { HttpError } from './ollama-errors.js';
import { hostOf } from './ollama-host.js';
import type { ResolvedOllamaOptions } from './ollama-options.js';

/** What is used of the vendor's SDK. */
export interface OllamaClient {
  chat(request: ChatRequest & { readonly stream?: false }): PromiseLike<ChatResponse>;
}

export interface ClientSource extends ModelContext {
  /** The user's own. */
  readonly client?: OllamaClient | undefined;
}

export interface OpenClient {
  /** A client whose connection closes when the signal is aborted: the SDK can stop all calls, but not one. */
  readonly until: (signal: AbortSignal) => OllamaClient;
  /** What no error may show. */
  readonly secrets: readonly string[];
}

/**
 * The user's client, or one of our own for each call. The SDK is loaded now, not when a model is made.
 * @throws ConfigError `invalid` for an OLLAMA_HOST that is none
 */
export const clientOf = async (options: ResolvedOllamaOptions, { env, client }: ClientSource): Promise<OpenClient> => {
  if (client) return { until: () => client, secrets: [] };
  const host = hostOf(options.host, env);
  const [{ Ollama }, undici] = await Promise.all([import('ollama'), import('undici')]);
  const proxies = proxiesOf(options.proxy, env);
  const dispatcher = new undici.EnvHttpProxyAgent({ ...unlimited, ...proxies });
  const key = keyFor(host, options, env);
  const headers = { ...(key !== undefined && { Authorization: `Bearer ${key}` }), ...options.headers };
  return {
    until: (signal) => {
      // A dispatcher fits the fetch of its own version of undici only.
      const fetch = async (url: unknown, init: unknown) => {
        const response = await undici.fetch(url as string, { ...(init as object), dispatcher, signal } as never);
        // Left to the SDK, a page instead of JSON would be told on standard output, where reports go.
        if (!response.ok) throw new HttpError(response.status, await response.text(), response.headers);
        return response as never;
      };
      return new Ollama({ host, headers, fetch });
    },
    secrets: [key, ...secretHeaders(options.headers), ...passwordsOf(proxies)].filter(isSecret),
  };
};

/** A key from the environment belongs to ollama.com; no other host is shown it. */
const keyFor = (host: string, { apiKey }: ResolvedOllamaOptions, env: ModelContext['env']): string | undefined => {
  const isOllamaCom = /^https:\/\/([a-z0-9-]+\.)?ollama\.com(\/|$)/.test(host);
  const key = apiKey ?? (isOllamaCom ? env.OLLAMA_API_KEY?.trim() || undefined : undefined);
  if (key === undefined && isOllamaCom) throw unusable('there is no API key for ollama.com');
  if (/[^\x21-\x7e]/.test(key ?? '')) throw unusable('the API key for ollama holds characters that no key has');
  return key;
};

const unusable = (message: string): LanguageModelError =>
  new LanguageModelError('authentication', message, { hint: 'Set the variable OLLAMA_API_KEY, or the option apiKey.' });

/** Waiting is limited by `timeoutMs` alone: an answer comes in one piece, after as long as it takes. */
const unlimited = { headersTimeout: 0, bodyTimeout: 0 };

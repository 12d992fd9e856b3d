import { withinTime } from '@aegis/llm/transport';
import type { LanguageModel, ModelRequest, ModelResponse } from '@aegis/spec';
import { type ClientSource, clientOf, type OpenClient } from './ollama-client.js';
import { modelError } from './ollama-errors.js';
import { createParams } from './ollama-messages.js';
import type { ResolvedOllamaOptions } from './ollama-options.js';
import { responseOf } from './ollama-response.js';

/** One model that Ollama runs. Retries are the runtime's business: every call is one request. */
export class OllamaModel implements LanguageModel {
  readonly contract = 'language-model/v1';
  readonly provider = 'ollama';
  readonly model: string;
  readonly #options: ResolvedOllamaOptions;
  readonly #source: ClientSource;
  #opening: Promise<OpenClient> | undefined;

  constructor(model: string, options: ResolvedOllamaOptions, source: ClientSource) {
    this.model = model;
    this.#options = options;
    this.#source = source;
  }

  async generate(request: ModelRequest): Promise<ModelResponse> {
    const { until, secrets } = await this.#open();
    const params = createParams(request, { model: this.model, options: this.#options });
    const limit = { timeoutMs: this.#options.timeoutMs, signal: request.signal };
    try {
      const chat = await withinTime((signal) => until(signal).chat(params), limit);
      return responseOf(chat, request, this.model);
    } catch (cause) {
      throw modelError(cause, { model: this.model, secrets });
    }
  }

  /** Once, when it is first needed; a failed attempt may be made again. */
  #open(): Promise<OpenClient> {
    this.#opening ??= clientOf(this.#options, this.#source).catch((cause: unknown) => {
      this.#opening = undefined;
      throw cause;
    });
    return this.#opening;
  }
}

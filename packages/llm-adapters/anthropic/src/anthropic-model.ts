import { withinTime } from '@aegis/llm/transport';
import type { LanguageModel, ModelRequest, ModelResponse } from '@aegis/spec';
import { type ClientSource, clientOf, type OpenClient } from './anthropic-client.js';
import { modelError, noMessage } from './anthropic-errors.js';
import { createParams } from './anthropic-messages.js';
import type { ResolvedAnthropicOptions } from './anthropic-options.js';
import { isMessage, responseOf } from './anthropic-response.js';
import { schemaBinding } from './anthropic-schema.js';

/** One Claude model over the Messages API. Retries are the runtime's business: every call is one request. */
export class AnthropicModel implements LanguageModel {
  readonly contract = 'language-model/v1';
  readonly provider = 'anthropic';
  readonly model: string;
  readonly #options: ResolvedAnthropicOptions;
  readonly #source: ClientSource;
  #opening: Promise<OpenClient> | undefined;

  constructor(model: string, options: ResolvedAnthropicOptions, source: ClientSource) {
    this.model = model;
    this.#options = options;
    this.#source = source;
  }

  async generate(request: ModelRequest): Promise<ModelResponse> {
    const { client, secrets } = await this.#open();
    const binding = schemaBinding(request, this.model, this.#options.structuredOutput);
    const params = createParams(request, { model: this.model, binding, options: this.#options });
    const { timeoutMs: timeout } = this.#options;
    try {
      const message: unknown = await withinTime(
        (signal) => client.messages.create(params, { signal, timeout, maxRetries: 0 }),
        { timeoutMs: timeout, signal: request.signal },
      );
      if (!isMessage(message)) throw noMessage();
      return responseOf(message, binding);
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

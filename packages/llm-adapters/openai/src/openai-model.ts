import { withinTime } from '@aegis/llm/transport';
import type { LanguageModel, ModelRequest, ModelResponse } from '@aegis/spec';
import type { ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import { type ClientSource, clientOf, type OpenClient } from './openai-client.js';
import { type Concession, type Concessions, concessionFor, isLasting } from './openai-concessions.js';
import { errorWithin, modelError } from './openai-errors.js';
import { createParams } from './openai-messages.js';
import type { ResolvedOpenAiOptions } from './openai-options.js';
import { responseOf } from './openai-response.js';

/**
 * One model over Chat Completions. Retries are the runtime's business: a second request is made only where the first asked
 * for something that the server does not know.
 */
export class OpenAiModel implements LanguageModel {
  readonly contract = 'language-model/v1';
  readonly provider = 'openai';
  readonly model: string;
  readonly #options: ResolvedOpenAiOptions;
  readonly #source: ClientSource;
  readonly #conceded = new Set<Concession>();
  #opening: Promise<OpenClient> | undefined;

  constructor(model: string, options: ResolvedOpenAiOptions, source: ClientSource) {
    this.model = model;
    this.#options = options;
    this.#source = source;
  }

  async generate(request: ModelRequest): Promise<ModelResponse> {
    const open = await this.#open();
    const { timeoutMs } = this.#options;
    try {
      return await withinTime((signal) => this.#answer(request, open, signal), { timeoutMs, signal: request.signal });
    } catch (cause) {
      throw modelError(cause, { model: this.model, secrets: open.secrets });
    }
  }

  /** Asks again without what the server turns out not to know, and remembers it. */
  async #answer(request: ModelRequest, open: OpenClient, signal: AbortSignal): Promise<ModelResponse> {
    const concessions = new Set<Concession>([...open.concessions, ...this.#conceded]);
    for (;;) {
      const params = this.#params(request, concessions);
      try {
        return responseOf(await this.#complete(params, open, signal), request, this.model);
      } catch (cause) {
        const concession = concessionFor(cause, params);
        if (concession === undefined || concessions.has(concession)) throw cause;
        concessions.add(concession);
        if (isLasting(concession)) this.#conceded.add(concession);
      }
    }
  }

  #params(request: ModelRequest, concessions: Concessions): ChatCompletionCreateParamsNonStreaming {
    const { reasoningEffort } = this.#options;
    return createParams(request, { model: this.model, reasoningEffort, concessions });
  }

  async #complete(
    params: ChatCompletionCreateParamsNonStreaming,
    { client }: OpenClient,
    signal: AbortSignal,
  ): Promise<unknown> {
    // Our own limit ends the call and says so; the SDK's, which knows headers only, must not come before it.
    const timeout = this.#options.timeoutMs + 1_000;
    const completion = await client.chat.completions.create(params, { signal, timeout, maxRetries: 0 });
    const error = errorWithin(completion);
    if (error) throw error;
    return completion;
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

import { withinTime } from '@aegis/llm/transport';
import type { LanguageModel, ModelRequest, ModelResponse } from '@aegis/spec';
import { type ClientSource, clientOf, type OpenClient } from './bedrock-client.js';
import { type Concession, concessionFor } from './bedrock-concessions.js';
import { modelError } from './bedrock-errors.js';
import { converseInput } from './bedrock-messages.js';
import type { ResolvedBedrockOptions } from './bedrock-options.js';
import { responseOf } from './bedrock-response.js';
import { schemaBinding } from './bedrock-schema.js';

/**
 * One model over Converse. Retries are the runtime's business: a second request is made only where the first asked for
 * something that the model does not know.
 */
export class BedrockModel implements LanguageModel {
  readonly contract = 'language-model/v1';
  readonly provider = 'bedrock';
  readonly model: string;
  readonly #options: ResolvedBedrockOptions;
  readonly #source: ClientSource;
  readonly #conceded = new Set<Concession>();
  #opening: Promise<OpenClient> | undefined;

  constructor(model: string, options: ResolvedBedrockOptions, source: ClientSource) {
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

  /** Asks again without what the model turns out not to know, and remembers it. */
  async #answer(request: ModelRequest, { converse }: OpenClient, signal: AbortSignal): Promise<ModelResponse> {
    const concessions = new Set(this.#conceded);
    const { model } = this;
    const { structuredOutput } = this.#options;
    for (;;) {
      const binding = schemaBinding(request, { model, structuredOutput, concessions });
      const input = converseInput(request, { model, binding, options: this.#options, concessions });
      try {
        return responseOf(await converse(input, signal), binding, model);
      } catch (cause) {
        const concession = concessionFor(cause, input);
        if (concession === undefined || concessions.has(concession)) throw cause;
        concessions.add(concession);
        this.#conceded.add(concession);
      }
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

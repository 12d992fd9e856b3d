import type { LanguageModel, ModelRequest, ModelResponse } from '../language-model.js';

/** A model that gives scripted answers in turn and remembers what it was asked. */
export class FakeLanguageModel implements LanguageModel {
  readonly contract = 'language-model/v1';
  readonly provider = 'fake';
  readonly model = 'scripted';
  readonly requests: ModelRequest[] = [];
  readonly #answers: Iterator<Partial<ModelResponse> | Error>;

  constructor(answers: Iterable<Partial<ModelResponse> | Error>) {
    this.#answers = answers[Symbol.iterator]();
  }

  async generate(request: ModelRequest): Promise<ModelResponse> {
    this.requests.push(request);
    const next = this.#answers.next();
    if (next.done) throw new Error('the script has no further answer');
    if (next.value instanceof Error) throw next.value;
    return { ...empty, ...next.value };
  }
}

const empty: ModelResponse = {
  text: '',
  toolCalls: [],
  finishReason: 'stop',
  usage: { inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 },
  model: 'scripted',
};

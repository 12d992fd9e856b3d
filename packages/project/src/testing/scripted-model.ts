import { createRuntime, type ModelRuntime, type RuntimeOptions } from '@aegis/llm';
import type { ModelResponse } from '@aegis/spec';
import { FakeLanguageModel } from '@aegis/spec/fakes';

/** One answer: what it holds as JSON, text as it is, or an error. */
export type ScriptedAnswer = object | string | Error;

export interface ScriptedModel {
  readonly runtime: ModelRuntime;
  /** What the model was asked: the last message of each request. */
  readonly asked: () => readonly string[];
  readonly system: () => string | undefined;
}

const usage = { inputTokens: 1000, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 100, reasoningTokens: 0 };

/** The real runtime over a model that gives these answers in turn. Nothing is tried twice. */
export const scriptedModel = (answers: readonly ScriptedAnswer[], options: RuntimeOptions = {}): ScriptedModel => {
  const model = new FakeLanguageModel(answers.map(responseOf));
  return {
    runtime: createRuntime(model, { maxAttempts: 1, ...options }),
    asked: () => model.requests.map(({ messages }) => messages.at(-1)?.content ?? ''),
    system: () => model.requests[0]?.system,
  };
};

const responseOf = (answer: ScriptedAnswer): Partial<ModelResponse> | Error => {
  if (answer instanceof Error) return answer;
  return { text: typeof answer === 'string' ? answer : JSON.stringify(answer), usage };
};

import type { LanguageModel } from '@aegis/spec';
import { structuredAnswer } from '../structured/structured-answer.js';
import { toolLoop } from '../tools/tool-loop.js';
import { ModelCalls } from './model-calls.js';
import type { ModelRuntime } from './model-runtime.js';
import { type RuntimeOptions, runtimeSettings } from './runtime-options.js';

/**
 * A model with retry, time limits, pace, budget and prices around it.
 * @throws ConfigError `usage` when `maxCostUsd` is given and the model's price is not known; `invalid` for other limits
 */
export const createRuntime = (model: LanguageModel, options: RuntimeOptions = {}): ModelRuntime => {
  const calls = new ModelCalls(model, runtimeSettings(options));
  const generate: ModelRuntime['generate'] = (request, call) => calls.generate(request, call);
  return {
    provider: model.provider,
    model: model.model,
    generate,
    answer: (request, schema, call) => structuredAnswer({ generate, request, schema, call }),
    useTools: (request, tools, call, { maxIterations }) => toolLoop({ generate, request, tools, call, maxIterations }),
    spent: () => calls.spent,
    begin: (spent) => calls.begin(spent),
  };
};

import type { ModelRuntime, RuntimeOptions } from '@aegis/llm';
import type { ModelLimits } from '../config/config-schema.js';
import type { Project } from '../config/project.js';
import type { Effects } from '../effects.js';
import { rememberEnvironmentKeys } from '../secrets/environment-keys.js';
import { chooseModel, type ModelFlags } from './choose-model.js';

/**
 * The model that was named, with retry, budget and prices around it. `@aegis/llm` is loaded only where one was.
 * @throws ConfigError `missing-adapter` with the install command; `usage` for a budget where the price is not known
 */
export const openModel = async (
  flags: ModelFlags,
  project: Project,
  effects: Effects,
): Promise<ModelRuntime | undefined> => {
  const choice = chooseModel(flags, project, effects);
  if (choice === undefined) return undefined;
  rememberEnvironmentKeys(effects);
  const { createRuntime, loadModel, parseModelName } = await import('@aegis/llm');
  const named = parseModelName(choice.provider);
  const model = await loadModel(choice.model === undefined ? named : { ...named, model: choice.model }, {
    importAdapter: (specifier) => effects.importFrom(specifier, [project.directory, effects.cwd]),
    options: optionsOf(choice.provider, project),
    env: effects.env,
  });
  return createRuntime(model, runtimeOptions(flags, project.config.llm?.limits));
};

/** What aegis.yaml says about this provider; another one does not understand it. */
const optionsOf = (provider: string, project: Project): { readonly [option: string]: unknown } => {
  const { llm } = project.config;
  if (llm?.provider !== provider) return {};
  const { provider: _provider, model: _model, limits: _limits, ...options } = llm;
  return Object.fromEntries(Object.entries(options).map(([key, value]) => [key, project.resolve(value, ['llm', key])]));
};

/** Limits are the user's whatever the provider is; the flag comes before the file. */
const runtimeOptions = ({ maxCostUsd }: ModelFlags, limits: ModelLimits = {}): RuntimeOptions => ({
  maxCostUsd: maxCostUsd ?? limits.max_cost_usd,
  maxTokens: limits.max_tokens,
  maxCalls: limits.max_calls,
  concurrency: limits.concurrency,
  requestsPerMinute: limits.requests_per_minute,
  maxAttempts: limits.max_attempts,
  timeoutMs: limits.timeout_s === undefined ? undefined : limits.timeout_s * 1_000,
});

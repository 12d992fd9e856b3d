import type { ModelRuntime, RuntimeOptions } from '@aegis/llm';
import type { LanguageModel } from '@aegis/spec';
import type { ModelLimits } from '../config/config-schema.js';
import type { Project } from '../config/project.js';
import type { Effects } from '../effects.js';
import { rememberEnvironmentKeys } from '../secrets/environment-keys.js';
import { chooseModel, type ModelChoice, type ModelFlags } from './choose-model.js';

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
  const { createRuntime } = await import('@aegis/llm');
  return createRuntime(await loadChosen(choice, project, effects), modelLimits(flags, project));
};

/**
 * The model of a choice, as it is. Keys that adapters may find in the environment are remembered as secrets.
 * @throws ConfigError `missing-adapter` with the install command; `invalid` for options that do not fit
 */
export const loadChosen = async (
  { provider, model, apiKey }: ModelChoice,
  project: Project,
  effects: Effects,
): Promise<LanguageModel> => {
  rememberEnvironmentKeys(effects);
  const { loadModel, parseModelName } = await import('@aegis/llm');
  const named = parseModelName(provider);
  return loadModel(model === undefined ? named : { ...named, model }, {
    importAdapter: (specifier) => effects.importFrom(specifier, [project.directory, effects.cwd]),
    options: { ...optionsOf([provider, named.provider], project), ...(apiKey !== undefined && { apiKey }) },
    env: effects.env,
  });
};

/** What aegis.yaml says about this provider, under any of its names; another one does not understand it. */
const optionsOf = (providers: readonly string[], project: Project): { readonly [option: string]: unknown } => {
  const { llm } = project.config;
  if (!llm || !providers.includes(llm.provider)) return {};
  const { provider: _provider, model: _model, limits: _limits, ...options } = llm;
  return Object.fromEntries(Object.entries(options).map(([key, value]) => [key, project.resolve(value, ['llm', key])]));
};

/** Limits are the user's whatever the provider is; the flag comes before the file. */
export const modelLimits = (
  { maxCostUsd }: ModelFlags,
  { config: { llm } }: Pick<Project, 'config'>,
): RuntimeOptions => {
  const limits: ModelLimits = llm?.limits ?? {};
  return {
    maxCostUsd: maxCostUsd ?? limits.max_cost_usd,
    maxTokens: limits.max_tokens,
    maxCalls: limits.max_calls,
    concurrency: limits.concurrency,
    requestsPerMinute: limits.requests_per_minute,
    maxAttempts: limits.max_attempts,
    timeoutMs: limits.timeout_s === undefined ? undefined : limits.timeout_s * 1_000,
  };
};

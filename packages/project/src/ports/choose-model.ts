import { ConfigError } from '@aegis/spec';
import type { Project } from '../config/project.js';
import type { Effects } from '../effects.js';

export interface ModelFlags {
  /** `false` is `--no-llm`. */
  readonly llm?: string | false | undefined;
  readonly llmModel?: string | undefined;
  /** The run's model calls stop before they cost more, in US dollars. */
  readonly maxCostUsd?: number | undefined;
}

export interface ModelChoice {
  readonly provider: string;
  readonly model: string | undefined;
  /** Instead of the one that the adapter would look up. */
  readonly apiKey?: string | undefined;
}

/**
 * What names the model, the nearest first: flag, AEGIS_LLM_PROVIDER, aegis.yaml. A key in the environment names none.
 * `undefined` where nothing does or `--no-llm` says so.
 * @throws ConfigError `usage` for a model without a provider
 */
export const chooseModel = (
  flags: ModelFlags,
  { config }: Pick<Project, 'config'>,
  { env }: Pick<Effects, 'env'>,
): ModelChoice | undefined => {
  const provider = namedProvider(flags, config.llm?.provider, env.AEGIS_LLM_PROVIDER);
  if (provider === undefined) return undefined;
  const configured = provider === config.llm?.provider ? config.llm.model : undefined;
  return { provider, model: flags.llmModel ?? (env.AEGIS_LLM_MODEL || configured) };
};

const namedProvider = (
  { llm, llmModel }: ModelFlags,
  configured: string | undefined,
  fromEnvironment: string | undefined,
): string | undefined => {
  if (llm === false) return undefined;
  const named = llm ?? (fromEnvironment || configured);
  if (named !== undefined || llmModel === undefined) return named;
  throw new ConfigError('usage', '--llm-model names a model, but no provider', { hint: 'Add --llm PROVIDER.' });
};

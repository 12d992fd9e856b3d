import { ConfigError, type Narrator } from '@aegis/spec';
import type { Project } from '../config/project.js';
import type { Effects } from '../effects.js';
import { optionalFactory } from './optional-package.js';

export interface ModelFlags {
  /** `false` is `--no-llm`. */
  readonly llm?: string | false | undefined;
  readonly llmModel?: string | undefined;
  /** The run's model calls stop before they cost more, in US dollars. */
  readonly maxCostUsd?: number | undefined;
}

interface ModelChoice {
  readonly provider: string;
  readonly model: string | undefined;
  readonly namedBy: string;
}

/**
 * The model half of the pipeline, when a provider was named: by flag, by AEGIS_LLM_PROVIDER, or in aegis.yaml. A key in
 * the environment names none.
 * @throws ConfigError `missing-adapter` where it was named and is not installed
 */
export const loadNarrator = async (
  flags: ModelFlags,
  project: Project,
  effects: Effects,
): Promise<Narrator | undefined> => {
  const choice = chooseModel(flags, project, effects);
  if (choice === undefined) return undefined;
  const createNarrator = await optionalFactory(
    {
      name: '@aegis/llm',
      wantedBy: choice.namedBy,
      factory: 'createNarrator',
      install: ['@aegis/llm', `@aegis/llm-${choice.provider}`],
    },
    [project.directory, effects.cwd],
    effects,
  );
  const { provider, model } = choice;
  const options = project.resolve(project.config.llm ?? {}, ['llm']);
  const narrator = await createNarrator({ provider, model, options, maxCostUsd: flags.maxCostUsd, env: effects.env });
  return narrator as Narrator;
};

/** What names the model, the nearest first; `undefined` where nothing does or `--no-llm` says so. */
export const chooseModel = (flags: ModelFlags, { config }: Project, { env }: Effects): ModelChoice | undefined => {
  const named = nameProvider(flags, config.llm?.provider, env.AEGIS_LLM_PROVIDER);
  if (named === undefined) return undefined;
  const configured = named.provider === config.llm?.provider ? config.llm.model : undefined;
  return { ...named, model: flags.llmModel ?? (env.AEGIS_LLM_MODEL || configured) };
};

const nameProvider = (
  { llm, llmModel }: ModelFlags,
  configured: string | undefined,
  fromEnvironment: string | undefined,
): Omit<ModelChoice, 'model'> | undefined => {
  if (llm === false) return undefined;
  if (llm !== undefined) return { provider: llm, namedBy: `--llm ${llm}` };
  if (fromEnvironment) return { provider: fromEnvironment, namedBy: 'AEGIS_LLM_PROVIDER' };
  if (configured !== undefined) return { provider: configured, namedBy: 'llm.provider in aegis.yaml' };
  if (llmModel === undefined) return undefined;
  throw new ConfigError('usage', '--llm-model names a model, but no provider', { hint: 'Add --llm PROVIDER.' });
};

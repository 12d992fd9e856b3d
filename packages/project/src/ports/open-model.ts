import type { ModelRuntime } from '@aegis/llm';
import type { Project } from '../config/project.js';
import type { Effects } from '../effects.js';
import { chooseModel, type ModelFlags } from './narrator.js';

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
  const { createRuntime, loadModel, parseModelName } = await import('@aegis/llm');
  const named = parseModelName(choice.provider);
  const model = await loadModel(choice.model === undefined ? named : { ...named, model: choice.model }, {
    importAdapter: (specifier) => effects.importFrom(specifier, [project.directory, effects.cwd]),
    options: optionsOf(choice.provider, project),
    env: effects.env,
  });
  return createRuntime(model, { maxCostUsd: flags.maxCostUsd });
};

/** What aegis.yaml says about this provider; another one does not understand it. */
const optionsOf = (provider: string, project: Project): { readonly [option: string]: unknown } => {
  const { llm } = project.config;
  if (llm?.provider !== provider) return {};
  const { provider: _provider, model: _model, ...options } = llm;
  return Object.fromEntries(Object.entries(options).map(([key, value]) => [key, project.resolve(value, ['llm', key])]));
};

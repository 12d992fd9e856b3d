import type { Project } from '../config/project.js';
import type { Effects } from '../effects.js';
import { chooseModel, type ModelChoice, type ModelFlags } from '../ports/choose-model.js';

/** On the user's own machine: no data leaves it until somebody names a provider. */
const localModel = 'ollama/llama3.1:8b';

/**
 * The model for questions about lineage: flag, then AEGIS_AI_MODEL, then what runs use, then one on this machine.
 * AEGIS_AI_API_KEY goes to a model that the flag or AEGIS_AI_MODEL names, never to another.
 * @throws ConfigError `usage` for a model without a provider
 */
export const chooseAiModel = (flags: ModelFlags, project: Pick<Project, 'config'>, effects: Effects): ModelChoice => {
  const { AEGIS_AI_MODEL: named, AEGIS_AI_API_KEY: apiKey } = effects.env;
  const isFlag = flags.llm !== undefined && flags.llm !== false;
  if (isFlag || flags.llmModel !== undefined || !named) {
    const chosen = chooseModel(flags, project, effects) ?? { provider: localModel, model: undefined };
    return isFlag && apiKey ? { ...chosen, apiKey } : chosen;
  }
  return { provider: named, model: undefined, ...(apiKey && { apiKey }) };
};

import type { Effects } from '../effects.js';
import { openModel } from '../ports/open-model.js';
import type { GeneratedRules, GenerateOptions } from './generate-options.js';

/**
 * Drafts rules for a table from its schema, from what is measured of it and, with a model, from business documents.
 * Every rule was tried on the data before it is written. What does it is loaded only here.
 * @throws ConfigError, RuleError, PlanError, WarehouseError when nothing can be drafted
 */
export const generateRules = async (options: GenerateOptions, effects: Effects): Promise<GeneratedRules> => {
  const { generateWith } = await import('./generate-with.js');
  return generateWith(options, effects, openModel);
};

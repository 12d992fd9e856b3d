import type { Narrator } from '@aegis/spec';
import type { Project } from '../config/project.js';
import type { Effects } from '../effects.js';
import type { RunMasking } from '../redaction/run-masking.js';
import type { ModelFlags } from './choose-model.js';
import { openModel } from './open-model.js';

/**
 * The model half of the pipeline, when a model was named. It masks with the redactor of the run.
 * @throws ConfigError `missing-adapter` with the install command; `usage` for a budget where the price is not known
 */
export const loadNarrator = async (
  flags: ModelFlags,
  project: Project,
  effects: Effects,
  { redactor, stored }: Pick<RunMasking, 'redactor' | 'stored'>,
): Promise<Narrator | undefined> => {
  const runtime = await openModel(flags, project, effects);
  if (runtime === undefined) return undefined;
  const { createNarrator } = await import('@aegis/llm');
  return createNarrator({ runtime, redactor, samples: stored });
};

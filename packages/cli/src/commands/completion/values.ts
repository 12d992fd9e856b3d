import { listRuns } from '@aegis/project';
import { ruleTypes } from '@aegis/rules';
import type { CliEffects } from '../../cli-effects.js';
import type { Suggestion } from './suggest.js';

const sources: { readonly [name: string]: (effects: CliEffects) => Promise<readonly Suggestion[]> } = {
  run: (effects) => recordedRuns(effects),
  before: (effects) => recordedRuns(effects),
  after: (effects) => recordedRuns(effects),
  resume: (effects) => recordedRuns(effects),
  type: async () => ruleTypes.map(({ name, summary }) => ({ value: name, description: summary })),
  category: async () =>
    [...new Set(ruleTypes.map(({ category }) => category))].map((value) => ({ value, description: 'rules' })),
};

/** Values of an argument or flag of this name. A history that cannot be read completes to nothing. */
export const namedValues = async (name: string, effects: CliEffects): Promise<readonly Suggestion[]> => {
  const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
  return source ? source(effects).catch(() => []) : [];
};

const recordedRuns = async (effects: CliEffects): Promise<readonly Suggestion[]> =>
  (await listRuns({ limit: 50 }, effects)).map(({ runId, status, warehouse }) => ({
    value: runId,
    description: `${status} on ${warehouse}`,
  }));

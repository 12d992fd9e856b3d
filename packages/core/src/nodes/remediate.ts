import type { Narrator, RuleResult } from '@aegis/spec';
import type { RunPorts } from '../ports.js';
import type { RunState } from '../run-state.js';
import { keep } from './keep.js';
import { proposeFix } from './narrate.js';

/** Asks the model for a fix of each diagnosed failure. Other results pass through unchanged. */
export const remediate = async (
  state: RunState,
  narrator: Narrator,
  ports: RunPorts,
): Promise<Pick<RunState, 'outcomes'>> => {
  const whole = (result: RuleResult) => ports.results.get(result.rule_id) ?? result;
  const outcomes = await Promise.all(
    Object.entries(state.outcomes).map(async ([id, outcome]) => {
      const results = await proposeFix(outcome.results.map(whole), narrator, ports);
      return [id, keep(id, { ...outcome, results }, ports)];
    }),
  );
  return { outcomes: Object.fromEntries(outcomes) };
};

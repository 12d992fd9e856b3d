import type { RuleResult } from '@aegis/spec';
import { proposeFix } from '../narration/propose-fix.js';
import type { RunPorts } from '../ports.js';
import type { FinishedTask, RunState } from '../run-state.js';
import { forFailing, needsExplaining } from './failing.js';
import { assertNotCut, keep } from './keep.js';

/**
 * Proposes a fix for each failure, from what may be stored of it: a continued run asks the same. Other results pass
 * through unchanged.
 */
export const remediate = async (state: RunState, ports: RunPorts): Promise<Pick<RunState, 'outcomes'>> => {
  const failing = Object.entries(state.outcomes).filter(([, { results }]) => results.some(needsExplaining));
  const outcomes = await Promise.all(failing.map(async ([id, task]) => [id, await remediateTask(id, task, ports)]));
  return { outcomes: Object.fromEntries(outcomes) };
};

const remediateTask = async (id: string, task: FinishedTask, ports: RunPorts): Promise<FinishedTask> => {
  for (const [ruleId, seen] of Object.entries(task.failures)) {
    if (!ports.failures.has(ruleId)) ports.failures.set(ruleId, seen);
  }
  const results = await forFailing(task.results, async (stored) => withFix(stored, task, ports));
  const finished = keep(id, { ...task, results: wholeResults(results, ports) }, ports);
  assertNotCut(finished, ports);
  return finished;
};

const withFix = async (stored: RuleResult, { failures }: FinishedTask, ports: RunPorts): Promise<RuleResult> => {
  const { remediation, notes } = await proposeFix(stored, failures[stored.rule_id], ports);
  const whole = ports.results.get(stored.rule_id) ?? stored;
  return { ...whole, remediation, notes: [...new Set([...whole.notes, ...notes])] };
};

/** Results that were not asked about, as this process knows them. */
const wholeResults = (results: readonly RuleResult[], ports: RunPorts): readonly RuleResult[] =>
  results.map((result) => (needsExplaining(result) ? result : (ports.results.get(result.rule_id) ?? result)));

import type { TaskOutcome } from '@aegis/engine';
import { failureContext } from '../narration/failure-context.js';
import type { RunPorts } from '../ports.js';
import { rememberMeasured } from './measured.js';

/** Measures and judges the rules of one table, and keeps what they measured for later runs. */
export const execute = async (taskId: string, ports: RunPorts): Promise<TaskOutcome> =>
  remembered(await ports.executeTable(taskId), ports);

/** What later steps and later runs need of an outcome, beside its results. */
export const remembered = async (outcome: TaskOutcome, ports: RunPorts): Promise<TaskOutcome> => {
  rememberMeasured(outcome.measurements, ports);
  await ports.journal.recordMeasurements(outcome.measurements);
  await Promise.all(outcome.results.map(({ rule_id }) => rememberFailure(rule_id, outcome, ports)));
  return outcome;
};

const rememberFailure = async (ruleId: string, { shown }: TaskOutcome, ports: RunPorts): Promise<void> => {
  const [rule, failure] = [ports.rules.get(ruleId), shown[ruleId]];
  if (!rule || !failure) return;
  const context = ports.narrator ? await failureContext(rule, failure, ports) : null;
  ports.failures.set(ruleId, { context, fix: failure.fix });
};

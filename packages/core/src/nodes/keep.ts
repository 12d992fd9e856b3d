import { type RuleResult, WarehouseError } from '@aegis/spec';
import type { RunPorts } from '../ports.js';
import type { FinishedTask } from '../run-state.js';

/** What a task found, before anything is left out of it. */
export interface FoundTask {
  readonly results: readonly RuleResult[];
  readonly statements: number;
  readonly bytesScanned: number | null;
}

/** Keeps whole results in this process and gives back what may be stored. */
export const keep = (taskId: string, found: FoundTask, ports: RunPorts): FinishedTask => {
  for (const result of found.results) ports.results.set(result.rule_id, result);
  const finished = { ...found, results: found.results.map(ports.redact) };
  ports.finished.set(taskId, finished);
  return finished;
};

/**
 * A task that was cut short is not finished: a continued run has to do it again.
 * @throws WarehouseError `cancelled`
 */
export const assertNotCut = ({ results }: FoundTask, { options: { signal } }: RunPorts): void => {
  if (signal?.aborted && results.some(({ outcome }) => outcome === 'error')) {
    throw new WarehouseError('cancelled', 'the run was cancelled');
  }
};

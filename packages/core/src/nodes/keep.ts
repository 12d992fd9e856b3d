import { type RuleResult, WarehouseError } from '@aegis/spec';
import type { RunPorts } from '../ports.js';
import type { FinishedTask, SeenFailure } from '../run-state.js';
import { needsExplaining } from './failing.js';

/** What a task found, before anything is left out of it. */
export interface FoundTask {
  readonly results: readonly RuleResult[];
  readonly statements: number;
  readonly bytesScanned: number | null;
}

/** Keeps whole results in this process and gives back what may be stored. */
export const keep = (taskId: string, { results, statements, bytesScanned }: FoundTask, ports: RunPorts) => {
  for (const result of results) ports.results.set(result.rule_id, result);
  const failures = Object.fromEntries(results.flatMap((result) => storedFailure(result, ports)));
  const finished: FinishedTask = { statements, bytesScanned, results: results.map(ports.redact), failures };
  ports.finished.set(taskId, finished);
  return finished;
};

const storedFailure = (result: RuleResult, ports: RunPorts): readonly (readonly [string, SeenFailure])[] => {
  const seen = ports.failures.get(result.rule_id);
  if (!seen) return [];
  const context = seen.context && { ...seen.context, passing: redactedRows(result, seen.context.passing, ports) };
  return [[result.rule_id, { ...seen, context }]];
};

const redactedRows = (result: RuleResult, sample: RuleResult['sample'], { redact }: RunPorts): RuleResult['sample'] =>
  redact({ ...result, sample }).sample;

/**
 * A task that was cut short is not finished: a continued run has to do it again, or to let a model explain it.
 * @throws WarehouseError `cancelled`
 */
export const assertNotCut = ({ results }: Pick<FoundTask, 'results'>, ports: RunPorts): void => {
  const isCut = ({ outcome }: RuleResult) => outcome === 'error';
  const lacksWords = (result: RuleResult) => ports.narrator !== undefined && needsExplaining(result);
  if (ports.options.signal?.aborted && results.some((result) => isCut(result) || lacksWords(result))) {
    throw new WarehouseError('cancelled', 'the run was cancelled');
  }
};

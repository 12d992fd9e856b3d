import type { Narrator, RuleResult } from '@aegis/spec';
import { messageOf } from './message-of.js';
import { classify } from './nodes/classify.js';
import { diagnose } from './nodes/diagnose.js';
import { type NarrateStep, narrateDiagnosis, narrateRootCause, narrateSeverity } from './nodes/narrate.js';
import { findRootCause } from './nodes/root-cause.js';
import type { RunPorts } from './ports.js';

/** A step over the results of one table or one reconciliation. */
export interface ResultStep {
  readonly name: string;
  readonly run: (results: readonly RuleResult[], ports: RunPorts) => Promise<readonly RuleResult[]>;
}

const told = (narrator: Narrator | undefined, { name, run }: NarrateStep): readonly ResultStep[] =>
  narrator ? [{ name, run: (results, ports) => run(results, narrator, ports) }] : [];

/** What explains a judged result, in order: facts always, narrative only with a model. */
export const explainingSteps = (narrator: Narrator | undefined): readonly ResultStep[] => [
  { name: 'classify', run: classify },
  ...told(narrator, narrateSeverity),
  { name: 'diagnose', run: diagnose },
  ...told(narrator, narrateDiagnosis),
  { name: 'rca', run: findRootCause },
  ...told(narrator, narrateRootCause),
];

/** Runs one step, writes it to the audit trail and announces it. A step that fails is recorded and rejects. */
export const recorded = async <Value>(
  node: string,
  table: string | null,
  ports: RunPorts,
  work: () => Promise<Value>,
): Promise<Value> => {
  const startedAt = new Date();
  const started = performance.now();
  const record = async (outcome: 'ok' | 'error', detail?: string) => {
    const durationMs = performance.now() - started;
    await ports.journal.recordStep({ node, table, startedAt: startedAt.toISOString(), durationMs, outcome, detail });
    ports.emit({ type: 'step_finished', node, table, durationMs });
  };
  try {
    const value = await work();
    await record('ok');
    return value;
  } catch (error) {
    await record('error', messageOf(error));
    throw error;
  }
};

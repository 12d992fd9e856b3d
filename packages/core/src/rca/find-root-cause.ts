import { displayTableName } from '@aegis/rules';
import type { RootCause, Rule, RuleResult } from '@aegis/spec';
import type { RunPorts } from '../ports.js';

export interface TracedFailure {
  readonly rule: Rule;
  readonly result: RuleResult;
}

/** Walks from the failing table to its ancestors; `null` where the graph does not know the table. */
export const findRootCauseOf = async ({ rule }: TracedFailure, { lineage }: RunPorts): Promise<RootCause | null> => {
  const trace = await lineage?.trace?.(displayTableName(rule.scope.table));
  if (!trace) return null;
  const path = trace.datasets.map(({ name }) => name);
  return { dataset: path[0] ?? '', column: null, operation: null, kind: 'unknown', path, evidence: [] };
};

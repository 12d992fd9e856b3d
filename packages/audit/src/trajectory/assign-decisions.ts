import type { Report } from '@aegis/spec';
import type { AuditDecision, AuditStep } from '../audit-store.js';

/**
 * Finds the step that made each decision; one whose step cannot be told is left out. A decision names its node and its rule;
 * which of several steps of that node it was follows from the rule's table in the report, or, in a run without one, from the time.
 */
export const assignDecisions = (
  report: Report | null,
  steps: readonly AuditStep[],
  decisions: readonly AuditDecision[],
): ReadonlyMap<AuditDecision, AuditStep> => {
  const tables = new Map(report?.results.map(({ rule_id, table }) => [rule_id, table]));
  const owners = new Map<AuditDecision, AuditStep>();
  for (const decision of decisions) {
    const owner = ownerOf(decision, steps, tables);
    if (owner) owners.set(decision, owner);
  }
  return owners;
};

const ownerOf = (
  decision: AuditDecision,
  steps: readonly AuditStep[],
  tables: ReadonlyMap<string, string>,
): AuditStep | undefined => {
  const candidates = steps.filter(({ node }) => node === decision.node);
  const table = decision.ruleId === null ? undefined : tables.get(decision.ruleId);
  return (
    only(candidates) ??
    only(candidates.filter((step) => step.table === table)) ??
    only(candidates.filter((step) => wasOpen(step, decision)))
  );
};

const only = <T>(items: readonly T[]): T | undefined => (items.length === 1 ? items[0] : undefined);

const wasOpen = (step: AuditStep, decision: AuditDecision): boolean => {
  const [start, recorded] = [Date.parse(step.startedAt), Date.parse(decision.recordedAt)];
  return start <= recorded && recorded <= start + step.durationMs;
};

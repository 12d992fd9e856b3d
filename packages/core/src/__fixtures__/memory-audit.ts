import type { AuditPort, DecisionRecord } from '@aegis/spec';

/** An audit trail that remembers decisions. */
export const memoryAudit = (): AuditPort & { readonly recorded: DecisionRecord[] } => {
  const recorded: DecisionRecord[] = [];
  const ignore = async () => undefined;
  return {
    recorded,
    ...{ startRun: ignore, recordStep: ignore, recordMeasurements: ignore, finishRun: ignore },
    recordDecision: async (_runId, decision) => void recorded.push(decision),
    decisions: async () => recorded,
  };
};

import type { OperationQuery, OperationRecord, OperationStore } from '@aegis/spec';

/** Operations that are gone with the process. */
export const memoryOperationStore = (): OperationStore => {
  const kept: OperationRecord[] = [];
  return {
    async recordOperation(operation) {
      kept.push(structuredClone(operation));
    },
    async operations({ runId }: OperationQuery = {}) {
      return kept.filter((operation) => runId === undefined || operation.runId === runId);
    },
  };
};

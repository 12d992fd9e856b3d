import type { TaskOutcome } from '@aegis/engine';
import type { RunPorts } from '../ports.js';

/** Measures and judges the rules of one table, and keeps what they measured for later runs. */
export const execute = async (taskId: string, ports: RunPorts): Promise<TaskOutcome> => {
  const outcome = await ports.executeTable(taskId);
  await ports.journal.recordMeasurements(outcome.measurements);
  return outcome;
};

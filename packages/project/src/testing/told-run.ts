import type { RunEvent } from '@aegis/spec';
import { finishRun } from '../runs/finish-run.js';
import type { FinishedRun } from '../runs/run-rules.js';

/** A run and everything that it told on its way. */
export interface ToldRun extends FinishedRun {
  readonly events: readonly RunEvent[];
}

export const finishWithEvents = async (running: AsyncGenerator<RunEvent, FinishedRun>): Promise<ToldRun> => {
  const events: RunEvent[] = [];
  const finished = await finishRun(running, (event) => events.push(event));
  return { ...finished, events };
};

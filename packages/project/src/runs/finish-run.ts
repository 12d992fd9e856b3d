import type { RunEvent } from '@aegis/spec';
import type { FinishedRun } from './run-rules.js';

/** Reads the events of a run to its end and gives what it came to, which `for await` would drop. */
export const finishRun = async (
  events: AsyncGenerator<RunEvent, FinishedRun>,
  onEvent: (event: RunEvent) => void = () => undefined,
): Promise<FinishedRun> => {
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
    onEvent(next.value);
  }
};

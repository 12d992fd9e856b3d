import type { RunEvent } from '@aegis/spec';

/** Shows a run on stderr while it happens. */
export interface Progress {
  show(event: RunEvent): void;
  /** Clears what is not meant to stay. */
  end(): void;
}

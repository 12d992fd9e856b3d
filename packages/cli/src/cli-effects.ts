import type { Effects } from '@aegis/project/program';

/** A stream as commands see it. */
export interface TextStream {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Width in characters; `undefined` where the stream is no terminal. */
  readonly columns: number | undefined;
}

/** Ctrl-C while a command that can stop early is at work. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Gives Ctrl-C its usual meaning back. */
  release(): void;
}

/** Everything a command takes from the outside world. */
export interface CliEffects extends Effects {
  /** Results only. */
  readonly stdout: TextStream;
  /** Progress, notes and errors. */
  readonly stderr: TextStream;
  /** Milliseconds that only ever grow, for progress. */
  readonly elapsedMs: () => number;
  readonly interruption: () => Interruption;
}

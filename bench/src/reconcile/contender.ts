import type { KeyTables } from './data.js';

export const contenders = ['checksums', 'all keys'] as const;
export type Contender = (typeof contenders)[number];

/** One run of one contender in a process of its own. */
export interface Task {
  readonly contender: Contender;
  readonly tables: KeyTables;
}

export interface Answer {
  readonly missingInTarget: number;
  readonly missingInSource: number;
}

/** Opened and ready: what follows is timed. */
export interface Ready {
  ask(): Promise<Answer>;
  close(): Promise<void>;
}

/** Figures of one run, as its process can tell them. */
export interface Measured extends Answer {
  readonly wallMs: number;
  /** Largest resident memory of the process, in bytes. */
  readonly peakBytes: number;
}

import type { Answers } from '../answers.js';
import type { DataSet } from '../generate.js';
import type { Form } from '../hand-written.js';
import type { Storage } from '../options.js';

export const contenders = ['aegis', 'per rule', 'filter', 'count_if'] as const satisfies readonly ('aegis' | Form)[];
export type Contender = (typeof contenders)[number];

/** One run of one contender in a process of its own. */
export interface Task {
  readonly contender: Contender;
  readonly dataSet: DataSet;
  readonly storage: Storage;
}

/** What a contender did while it was being timed. */
export interface Asked {
  readonly answers: Answers;
  readonly statements: number;
}

/** Opened and ready: what follows is timed. */
export interface Ready {
  ask(): Promise<Asked>;
  close(): Promise<void>;
}

/** Figures of one run. */
export interface Measured extends Asked {
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Largest resident memory of the process, Node included, in bytes. */
  readonly peakBytes: number;
  /** JavaScript heap in use at the end, in bytes. */
  readonly heapBytes: number;
}

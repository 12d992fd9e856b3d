import type { RunEvent } from '@aegis/spec';
import type { Round } from './checksums.js';

type ProgressEvent = Extract<RunEvent, { readonly type: 'comparison_progress' }>;

/** Tells how far a comparison has come, after each of its rounds. */
export class Progress {
  readonly #rule: Pick<ProgressEvent, 'table' | 'ruleId'>;
  readonly #tell: ((event: RunEvent) => void) | undefined;
  #state = { rows: 0, buckets: 0, differing: 0, rowsRead: 0 };

  constructor(rule: Pick<ProgressEvent, 'table' | 'ruleId'>, tell: ((event: RunEvent) => void) | undefined) {
    this.#rule = rule;
    this.#tell = tell;
  }

  counted(rows: number): void {
    this.#say('counted', { rows });
  }

  compared({ buckets, differing }: Round): void {
    this.#say('checksums', { buckets, differing: differing.length });
  }

  read(rows: number): void {
    this.#say('rows', { rowsRead: this.#state.rowsRead + rows });
  }

  #say(step: ProgressEvent['step'], change: Partial<Omit<ProgressEvent, 'type' | 'table' | 'ruleId' | 'step'>>): void {
    this.#state = { ...this.#state, ...change };
    this.#tell?.({ type: 'comparison_progress', ...this.#rule, step, ...this.#state });
  }
}

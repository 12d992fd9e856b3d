import {
  type AuditPort,
  type DecisionRecord,
  isAegisError,
  type NarratorSession,
  type Report,
  type RunStart,
} from '@aegis/spec';

/** The audit trail of one run that is no run of rules. A trail that cannot be written costs a note, never the run. */
export class RunJournal {
  readonly notes: string[] = [];
  readonly #runId: string;
  readonly #audit: AuditPort | undefined;

  constructor(runId: string, audit: AuditPort | undefined) {
    this.#runId = runId;
    this.#audit = audit;
  }

  start(run: RunStart): Promise<void> {
    return this.#write((audit) => audit.startRun(run));
  }

  /** Does one step and writes it down, also when it fails. */
  async step<Value>(node: string, table: string, work: () => Promise<Value>): Promise<Value> {
    const startedAt = new Date().toISOString();
    const started = performance.now();
    const record = (outcome: 'ok' | 'error', detail?: string) => {
      const step = { node, table, startedAt, durationMs: performance.now() - started, outcome, detail };
      return this.#write((audit) => audit.recordStep(this.#runId, step));
    };
    try {
      const value = await work();
      await record('ok');
      return value;
    } catch (error) {
      await record('error', messageOf(error));
      throw error;
    }
  }

  /** Nothing is kept between processes: what was stopped starts anew. */
  session(node: string, signal: AbortSignal | undefined): NarratorSession {
    return {
      node,
      signal,
      recall: async () => undefined,
      record: ({ decision }) => this.#decide(decision),
    };
  }

  finish(report: Report): Promise<void> {
    return this.#write((audit) => audit.finishRun(this.#runId, report));
  }

  #decide(decision: DecisionRecord): Promise<void> {
    return this.#write((audit) => audit.recordDecision(this.#runId, decision));
  }

  async #write(work: (audit: AuditPort) => Promise<void>): Promise<void> {
    if (!this.#audit) return;
    try {
      await work(this.#audit);
    } catch (error) {
      const note = `The audit trail is incomplete: ${messageOf(error)}`;
      if (!this.notes.includes(note)) this.notes.push(note);
    }
  }
}

const messageOf = (error: unknown): string =>
  isAegisError(error) || error instanceof Error ? error.message : String(error);

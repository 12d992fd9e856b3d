import { createHash } from 'node:crypto';
import type { ChainRow, DecisionRow, RunRow } from '../store/audit-tables.js';

/** The end of the hash chain. */
export interface ChainHead {
  /** Number of events so far; 0 for an empty chain. */
  readonly seq: number;
  /** SHA-256, 64 hexadecimal digits. */
  readonly hash: string;
}

export interface ChainProblem {
  /**
   * `altered`: a stored row is not what was hashed. `removed`: an event or what it speaks of is gone.
   * `inserted`: a row that no event speaks of. `cut`: the given head is not in the chain.
   */
  readonly kind: 'altered' | 'removed' | 'inserted' | 'cut';
  /** The event that shows it, where one does. */
  readonly seq: number | null;
  readonly runId: string | null;
  readonly message: string;
}

export interface ChainVerification {
  /** Whether `problems` is empty. */
  readonly ok: boolean;
  readonly events: number;
  readonly head: ChainHead;
  readonly problems: readonly ChainProblem[];
}

/** What an empty chain ends in, and what its first event follows. */
export const emptyHead: ChainHead = { seq: 0, hash: '0'.repeat(64) };

type Unlinked = Pick<ChainRow, 'run_id' | 'kind' | 'decision_id' | 'payload_hash'>;

/** The event that follows `head`. */
export const linkEvent = (head: ChainHead, event: Unlinked): ChainRow => {
  const linked = { ...event, seq: head.seq + 1, previous_hash: head.hash };
  return { ...linked, hash: eventHash(linked) };
};

export const eventHash = (event: Omit<ChainRow, 'hash'>): string =>
  digest([event.seq, event.run_id, event.kind, event.decision_id, event.payload_hash, event.previous_hash]);

export const startPayloadHash = (run: RunRow): string =>
  digest([run.run_id, run.kind, run.started_at, run.rules_file, run.warehouse, run.llm]);

export const finishPayloadHash = (run: RunRow): string =>
  digest([run.run_id, run.status, run.finished_at, run.total_cost_usd, run.summary_json, run.report_json]);

export const decisionPayloadHash = (row: DecisionRow): string =>
  digest([
    row.id,
    row.run_id,
    row.node,
    row.rule_id,
    row.prompt,
    row.response,
    row.model,
    row.prompt_version,
    row.input_tokens,
    row.output_tokens,
    row.cost_usd,
    row.latency_ms,
    row.recorded_at,
  ]);

const digest = (fields: readonly (string | number | null)[]): string =>
  createHash('sha256').update(JSON.stringify(fields)).digest('hex');

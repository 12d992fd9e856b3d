import type { AuditTables, ChainRow, RunRow } from '../store/audit-tables.js';
import {
  type ChainHead,
  type ChainProblem,
  type ChainVerification,
  decisionPayloadHash,
  emptyHead,
  eventHash,
  finishPayloadHash,
  startPayloadHash,
} from './chain-event.js';

/**
 * Recomputes every hash and compares the chain with the rows that it speaks of, both ways.
 * Without `head`, events cut from the end together with their rows cannot be noticed.
 */
export const verifyChain = (tables: AuditTables, head: string | undefined): ChainVerification => {
  const walk = new ChainWalk(tables);
  for (const event of tables.events()) walk.visit(event);
  const problems = [...walk.problems, ...unspokenRows(tables, walk), ...missingHead(walk, head)];
  return { ok: problems.length === 0, events: walk.events, head: walk.head, problems };
};

/** One pass over the events, remembering what they spoke of. */
class ChainWalk {
  readonly problems: ChainProblem[] = [];
  readonly decisions = new Set<number>();
  readonly hashes = new Set<string>([emptyHead.hash]);
  /** The last start or finish of each run: it says how the row has to look. */
  readonly lastOfRun = new Map<string, ChainRow>();
  head: ChainHead = emptyHead;
  events = 0;
  readonly #tables: AuditTables;

  constructor(tables: AuditTables) {
    this.#tables = tables;
  }

  visit(event: ChainRow): void {
    this.problems.push(...linkProblems(this.head, event), ...this.#subjectProblems(event));
    this.head = { seq: event.seq, hash: event.hash };
    this.hashes.add(event.hash);
    this.events += 1;
  }

  #subjectProblems(event: ChainRow): readonly ChainProblem[] {
    if (event.kind === 'decision') return this.#decisionProblems(event);
    this.lastOfRun.set(event.run_id, event);
    return event.kind === 'start' ? this.#startProblems(event) : [];
  }

  #decisionProblems(event: ChainRow): readonly ChainProblem[] {
    const id = event.decision_id ?? 0;
    const repeated = this.decisions.has(id);
    this.decisions.add(id);
    if (repeated) return [problem('inserted', event, `A second event speaks of decision ${id}`)];
    const row = this.#tables.decision(id);
    if (!row) return [problem('removed', event, `Decision ${id} is gone`)];
    const intact = row.run_id === event.run_id && decisionPayloadHash(row) === event.payload_hash;
    return intact ? [] : [problem('altered', event, `Decision ${id} was changed`)];
  }

  #startProblems(event: ChainRow): readonly ChainProblem[] {
    const row = this.#tables.run(event.run_id);
    if (!row) return [problem('removed', event, `Run ${event.run_id} is gone`)];
    if (startPayloadHash(row) === event.payload_hash) return [];
    return [problem('altered', event, `The start of run ${event.run_id} was changed`)];
  }
}

const linkProblems = (head: ChainHead, event: ChainRow): readonly ChainProblem[] => {
  if (event.seq !== head.seq + 1) return [problem('removed', event, `Events before event ${event.seq} are gone`)];
  if (event.previous_hash === head.hash && eventHash(event) === event.hash) return [];
  return [problem('altered', event, `Event ${event.seq} was changed`)];
};

const unspokenRows = (tables: AuditTables, walk: ChainWalk): readonly ChainProblem[] => [
  ...tables.runIds().flatMap((runId) => runProblems(tables.run(runId), walk.lastOfRun.get(runId))),
  ...tables
    .decisionIds()
    .filter((id) => !walk.decisions.has(id))
    .map((id) => rowProblem('inserted', tables.decision(id)?.run_id ?? null, `No event speaks of decision ${id}`)),
];

const runProblems = (row: RunRow | undefined, last: ChainRow | undefined): readonly ChainProblem[] => {
  if (!row) return [];
  if (!last) return [rowProblem('inserted', row.run_id, `No event speaks of run ${row.run_id}`)];
  if (last.kind === 'start') return isUntouched(row) ? [] : [problem('altered', last, unfinished(row.run_id))];
  if (finishPayloadHash(row) === last.payload_hash) return [];
  return [problem('altered', last, `The finish of run ${row.run_id} was changed`)];
};

const isUntouched = (row: RunRow): boolean =>
  row.status === 'running' &&
  [row.finished_at, row.total_cost_usd, row.summary_json, row.report_json].every((field) => field === null);

const unfinished = (runId: string): string => `Run ${runId} has a result, but no event finished it`;

const missingHead = (walk: ChainWalk, head: string | undefined): readonly ChainProblem[] =>
  head === undefined || walk.hashes.has(head)
    ? []
    : [rowProblem('cut', null, `The chain does not reach the head ${head}: its end was cut off or rewritten`)];

const problem = (kind: ChainProblem['kind'], event: ChainRow, message: string): ChainProblem => ({
  kind,
  seq: event.seq,
  runId: event.run_id,
  message,
});

const rowProblem = (kind: ChainProblem['kind'], runId: string | null, message: string): ChainProblem => ({
  kind,
  seq: null,
  runId,
  message,
});

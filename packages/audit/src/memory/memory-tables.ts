import { findPhrase, wordsOf } from '../search/phrases.js';
import type {
  AuditTables,
  ChainRow,
  DecisionRow,
  MeasurementRow,
  RunResultRow,
  RunRow,
  RunSummaryRow,
  StepRow,
} from '../store/audit-tables.js';
import type { OperationRow } from '../store/operation-row.js';

/** Rows in arrays and maps, gone with the process. */
export class MemoryTables implements AuditTables {
  readonly path = ':memory:';
  readonly #runs = new Map<string, RunRow>();
  readonly #steps: StepRow[] = [];
  readonly #decisions: DecisionRow[] = [];
  readonly #measurements = new Map<string, MeasurementRow>();
  readonly #events: ChainRow[] = [];
  readonly #operations: OperationRow[] = [];
  readonly #checkpoints = new Map<string, Map<string, Uint8Array>>();

  write<T>(work: () => T): T {
    return work();
  }

  read<T>(work: () => T): T {
    return work();
  }

  insertRun(row: RunRow): void {
    this.#runs.set(row.run_id, row);
  }

  updateRun(runId: string, result: RunResultRow): void {
    const row = this.#runs.get(runId);
    if (row) this.#runs.set(runId, { ...row, ...result });
  }

  run(runId: string): RunRow | undefined {
    return this.#runs.get(runId);
  }

  runIds(): readonly string[] {
    return [...this.#runs.values()].toSorted(byStart).map(({ run_id }) => run_id);
  }

  runIdsFrom(prefix: string, limit: number): readonly string[] {
    return [...this.#runs.keys()].filter((id) => id.startsWith(prefix)).slice(0, limit);
  }

  latestRuns({ kind, limit }: { kind: RunRow['kind'] | undefined; limit: number }): readonly RunSummaryRow[] {
    const ofKind = [...this.#runs.values()].filter((row) => kind === undefined || row.kind === kind);
    return ofKind.toSorted(byStart).toReversed().slice(0, limit);
  }

  insertStep(row: StepRow): void {
    this.#steps.push(row);
  }

  steps(runId: string): readonly StepRow[] {
    return this.#steps.filter(({ run_id }) => run_id === runId);
  }

  insertDecision(row: Omit<DecisionRow, 'id'>): DecisionRow {
    const stored = { ...row, id: this.#decisions.length + 1 };
    this.#decisions.push(stored);
    return stored;
  }

  decision(id: number): DecisionRow | undefined {
    return this.#decisions[id - 1];
  }

  decisionIds(): readonly number[] {
    return this.#decisions.map(({ id }) => id);
  }

  decisions(runId: string): readonly DecisionRow[] {
    return this.#decisions.filter(({ run_id }) => run_id === runId);
  }

  decisionsWith(phrases: readonly string[], limit: number): readonly DecisionRow[] {
    return this.#decisions
      .filter((row) => holdsAll(row, phrases))
      .toReversed()
      .slice(0, limit);
  }

  putMeasurement(row: MeasurementRow): void {
    this.#measurements.set(JSON.stringify([row.key, row.run_id]), row);
  }

  measurements(key: string, beforeMs: number, limit: number): readonly MeasurementRow[] {
    const found = [...this.#measurements.values()].filter(
      (row) => row.key === key && row.measured_at_ms < beforeMs && this.run(row.run_id)?.status !== 'running',
    );
    return found
      .toSorted((a, b) => b.measured_at_ms - a.measured_at_ms)
      .slice(0, limit)
      .toReversed();
  }

  appendEvent(row: ChainRow): void {
    this.#events.push(row);
  }

  lastEvent(): ChainRow | undefined {
    return this.#events.at(-1);
  }

  events(): Iterable<ChainRow> {
    return this.#events;
  }

  insertOperation(row: OperationRow): void {
    this.#operations.push(row);
  }

  operations(runId: string | undefined): readonly OperationRow[] {
    return this.#operations.filter(({ run_id }) => runId === undefined || run_id === runId);
  }

  putCheckpoint(scope: string, key: string, value: Uint8Array): void {
    const entries = this.#checkpoints.get(scope) ?? new Map<string, Uint8Array>();
    this.#checkpoints.set(scope, entries.set(key, Uint8Array.from(value)));
  }

  checkpoint(scope: string, key: string): Uint8Array | undefined {
    const value = this.#checkpoints.get(scope)?.get(key);
    return value && Uint8Array.from(value);
  }

  checkpointKeys(scope: string, prefix: string): readonly string[] {
    const keys = [...(this.#checkpoints.get(scope)?.keys() ?? [])].filter((key) => key.startsWith(prefix));
    return keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }

  deleteCheckpoints(scope: string): void {
    this.#checkpoints.delete(scope);
  }

  close(): void {}
}

const byStart = (a: RunRow, b: RunRow): number =>
  a.started_at < b.started_at ? -1 : Number(a.started_at > b.started_at);

const holdsAll = ({ prompt, response }: DecisionRow, phrases: readonly string[]): boolean => {
  const texts = [wordsOf(prompt), wordsOf(response)];
  return phrases.every((phrase) => texts.some((words) => findPhrase(words, phrase)));
};

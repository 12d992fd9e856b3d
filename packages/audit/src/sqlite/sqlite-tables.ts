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
import type { Connection } from './connection.js';
import * as sql from './statements.js';

/** Rows in SQLite. */
export class SqliteTables implements AuditTables {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get path(): string {
    return this.#connection.path;
  }

  write<T>(work: () => T): T {
    return this.#connection.write(work);
  }

  read<T>(work: () => T): T {
    return this.#connection.read(work);
  }

  insertRun(row: RunRow): void {
    this.#connection.run(sql.insertRun, { ...row });
  }

  updateRun(runId: string, result: RunResultRow): void {
    this.#connection.run(sql.updateRun, { ...result, run_id: runId });
  }

  run(runId: string): RunRow | undefined {
    return this.#connection.get('SELECT * FROM runs WHERE run_id = ?', runId);
  }

  runIds(): readonly string[] {
    const rows = this.#connection.all<{ run_id: string }>('SELECT run_id FROM runs ORDER BY started_at, rowid');
    return rows.map(({ run_id }) => run_id);
  }

  runIdsFrom(prefix: string, limit: number): readonly string[] {
    const rows = this.#connection.all<{ run_id: string }>(sql.runIdsFrom, { prefix, limit: sqlLimit(limit) });
    return rows.map(({ run_id }) => run_id);
  }

  latestRuns({ kind, limit }: { kind: RunRow['kind'] | undefined; limit: number }): readonly RunSummaryRow[] {
    return this.#connection.all(sql.latestRuns, { kind: kind ?? null, limit: sqlLimit(limit) });
  }

  insertStep(row: StepRow): void {
    this.#connection.run(sql.insertStep, { ...row });
  }

  steps(runId: string): readonly StepRow[] {
    return this.#connection.all('SELECT * FROM steps WHERE run_id = ? ORDER BY id', runId);
  }

  insertDecision(row: Omit<DecisionRow, 'id'>): DecisionRow {
    return this.#connection.one(sql.insertDecision, { ...row });
  }

  decision(id: number): DecisionRow | undefined {
    return this.#connection.get('SELECT * FROM decisions WHERE id = ?', id);
  }

  decisionIds(): readonly number[] {
    return this.#connection.all<{ id: number }>('SELECT id FROM decisions ORDER BY id').map(({ id }) => id);
  }

  decisions(runId: string): readonly DecisionRow[] {
    return this.#connection.all('SELECT * FROM decisions WHERE run_id = ? ORDER BY id', runId);
  }

  decisionsWith(phrases: readonly string[], limit: number): readonly DecisionRow[] {
    return this.#connection.all(sql.decisionsWith, { query: phrases.map(quoted).join(' '), limit: sqlLimit(limit) });
  }

  putMeasurement(row: MeasurementRow): void {
    this.#connection.run(sql.putMeasurement, { ...row });
  }

  measurements(key: string, beforeMs: number, limit: number): readonly MeasurementRow[] {
    return this.#connection
      .all<MeasurementRow>(sql.latestMeasurements, { key, beforeMs, limit: sqlLimit(limit) })
      .toReversed();
  }

  appendEvent(row: ChainRow): void {
    this.#connection.run(sql.appendEvent, { ...row });
  }

  lastEvent(): ChainRow | undefined {
    return this.#connection.get('SELECT * FROM chain ORDER BY seq DESC LIMIT 1');
  }

  events(): Iterable<ChainRow> {
    return this.#connection.each('SELECT * FROM chain ORDER BY seq');
  }

  insertOperation(row: OperationRow): void {
    this.#connection.run(sql.insertOperation, { ...row });
  }

  operations(runId: string | undefined): readonly OperationRow[] {
    return this.#connection.all(sql.operations, { runId: runId ?? null });
  }

  putCheckpoint(scope: string, key: string, value: Uint8Array): void {
    this.#connection.run(sql.putCheckpoint, { scope, key, value: Buffer.from(value) });
  }

  checkpoint(scope: string, key: string): Uint8Array | undefined {
    const row = this.#connection.get<{ value: Buffer }>(sql.checkpoint, { scope, key });
    return row && Uint8Array.from(row.value);
  }

  checkpointKeys(scope: string, prefix: string): readonly string[] {
    return this.#connection.all<{ key: string }>(sql.checkpointKeys, { scope, prefix }).map(({ key }) => key);
  }

  deleteCheckpoints(scope: string): void {
    this.#connection.run('DELETE FROM checkpoints WHERE scope = ?', scope);
  }

  close(): void {
    this.#connection.close();
  }
}

/** An FTS5 string: its words as a phrase, nothing in it an operator. */
const quoted = (phrase: string): string => `"${phrase.replaceAll('"', '""')}"`;

/** SQLite reads a negative limit as none. */
const sqlLimit = (limit: number): number => (Number.isFinite(limit) ? limit : -1);

import type { OperationChange, OperationRecord } from '@aegis/spec';

/** A row of `operations`. `kind` and `output` are those of its first change, for people who read the table. */
export interface OperationRow {
  readonly operation_id: string;
  readonly run_id: string;
  readonly kind: string;
  /** Name parts joined by dots. */
  readonly output: string | null;
  readonly sql: string;
  readonly parser_name: string;
  readonly warehouse: string | null;
  readonly user: string | null;
  readonly changes_json: string;
  readonly rows_affected: string | null;
  readonly started_at: string;
  readonly finished_at: string;
  readonly duration_ms: number;
  readonly error_code: string | null;
  readonly error_message: string | null;
}

export const operationRow = (operation: OperationRecord): OperationRow => ({
  operation_id: operation.operationId,
  run_id: operation.runId,
  kind: operation.changes[0]?.kind ?? 'other',
  output: operation.changes[0]?.output?.join('.') ?? null,
  sql: operation.sql,
  parser_name: operation.parserName,
  warehouse: operation.warehouse,
  user: operation.user,
  changes_json: JSON.stringify(operation.changes),
  rows_affected: operation.rowsAffected,
  started_at: operation.startedAt,
  finished_at: operation.finishedAt,
  duration_ms: operation.durationMs,
  error_code: operation.error?.code ?? null,
  error_message: operation.error?.message ?? null,
});

/** @throws SyntaxError when the stored JSON text was damaged. */
export const operationOf = (row: OperationRow): OperationRecord => ({
  operationId: row.operation_id,
  runId: row.run_id,
  sql: row.sql,
  parserName: row.parser_name,
  warehouse: row.warehouse,
  user: row.user,
  changes: JSON.parse(row.changes_json) as readonly OperationChange[],
  rowsAffected: row.rows_affected,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  durationMs: row.duration_ms,
  error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
});

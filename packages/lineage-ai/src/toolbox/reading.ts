import type { Redactor } from '@aegis/llm/redaction';
import { isAegisError, type Row, type StatementOptions, type Warehouse } from '@aegis/spec';
import type { SqlGuard } from '@aegis/sql/guard';
import type { Limits } from './limits.js';
import { Refusal } from './tool-result.js';

/** What every statement of the toolbox goes through. */
export interface Reader {
  readonly warehouse: Warehouse;
  readonly limits: Limits;
  readonly redactor: Redactor;
  readonly loadGuard: () => Promise<SqlGuard>;
  /** Of the call that reads. */
  readonly signal: AbortSignal | undefined;
}

export interface ReadRows {
  readonly rows: readonly Row[];
  readonly truncated: 'rows' | 'bytes' | null;
}

/**
 * Up to `rowLimit` rows of a statement that asks for one more, masked, and no more bytes than a result may have.
 * @throws Refusal `failed`
 */
export const readRows = async (
  sql: string,
  rowLimit: number,
  reader: Reader,
  mask: (row: Row) => Row = (row) => reader.redactor.row(row),
): Promise<ReadRows> => {
  await refuseLargeScan(sql, reader);
  const read = await ofWarehouse(reader.warehouse.executeSample(sql, rowLimit + 1, statementOptions(reader)));
  const masked = read.slice(0, rowLimit).map(mask);
  const kept = withinBytes(masked, reader.limits.maxResultBytes);
  const isCut = kept.length < masked.length;
  return { rows: kept, truncated: isCut ? 'bytes' : read.length > rowLimit ? 'rows' : null };
};

/** The engine ends the statement; where it cannot, the wait for it ends soon after. */
export const statementOptions = ({ warehouse, limits, signal }: Reader): StatementOptions => {
  const { timeoutMs } = limits;
  const given = signal === undefined ? [] : [signal];
  const isKept = warehouse.capabilities.timeout.support === 'full';
  const signals = isKept ? given : [...given, AbortSignal.timeout(timeoutMs)];
  return {
    timeoutMs,
    label: 'aegis lineage',
    ...(signals.length > 0 && { signal: signals.length === 1 ? signals[0] : AbortSignal.any(signals) }),
  };
};

/** @throws Refusal `failed` where the warehouse says before that too much would be read */
export const refuseLargeScan = async (sql: string, { warehouse, limits, signal }: Reader): Promise<void> => {
  const most = limits.maxScannedBytes;
  if (most === undefined || !warehouse.estimate || warehouse.capabilities.estimate.support !== 'full') return;
  const { bytes } = await ofWarehouse(warehouse.estimate(sql, { signal, timeoutMs: limits.timeoutMs }));
  if (bytes === undefined || bytes <= most) return;
  throw new Refusal(
    'failed',
    `The query would read ${bytes} bytes, and ${most} are allowed. Filter it, or read fewer columns.`,
  );
};

const withinBytes = (rows: readonly Row[], most: number): readonly Row[] => {
  let bytes = 0;
  const end = rows.findIndex((row) => {
    bytes += Buffer.byteLength(JSON.stringify(row));
    return bytes > most;
  });
  return end === -1 ? rows : rows.slice(0, end);
};

/** @throws Refusal `failed` for whatever the warehouse says */
export const ofWarehouse = async <Value>(work: Promise<Value>): Promise<Value> => {
  try {
    return await work;
  } catch (error) {
    throw new Refusal('failed', `The warehouse could not answer: ${saidBy(error)}`);
  }
};

/** What the guard answers, or its refusal as one of ours. */
export const ofGuard = <Value>(judge: () => Value): Value => {
  try {
    return judge();
  } catch (error) {
    if (!isAegisError(error) || !error.code.startsWith('guard/')) throw error;
    const kind = error.code === 'guard/out-of-scope' ? 'out_of_scope' : 'not_select';
    throw new Refusal(kind, saidBy(error));
  }
};

const saidBy = (error: unknown): string => {
  if (!isAegisError(error)) return error instanceof Error ? error.message : String(error);
  return error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
};

/** Puts values back in place of their tokens where they cannot end a literal of SQL. */
export const restored = (sql: string, redactor: Redactor): string =>
  redactor.restore(sql, (value) =>
    /^[\p{L}\p{N} @.,:;+_/()#&-]*$/u.test(value) ? value : value.replaceAll("'", "''"),
  );

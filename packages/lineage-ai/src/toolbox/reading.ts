import type { Redactor } from '@aegis/llm/redaction';
import { isAegisError, type Row, type StatementOptions, type Warehouse, WarehouseError } from '@aegis/spec';
import type { SqlGuard } from '@aegis/sql/guard';
import type { Limits } from './limits.js';
import type { LiveTable } from './located-table.js';
import { personalName } from './personal-columns.js';
import { Refusal } from './tool-result.js';
import { withoutValues } from './without-values.js';

/** What every statement of the toolbox goes through. */
export interface Reader {
  readonly warehouse: Warehouse;
  readonly limits: Limits;
  readonly redactor: Redactor;
  readonly loadGuard: () => Promise<SqlGuard>;
  /** Of the call that reads. */
  readonly signal: AbortSignal | undefined;
}

/** A statement of ours, or one that the guard rendered. */
export interface Statement {
  readonly sql: string;
  /** Those that it reads. */
  readonly tables: readonly LiveTable[];
}

export interface ReadRows {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly truncated: 'rows' | 'bytes' | null;
}

/**
 * Up to `rowLimit` rows of a statement that asks for one more, masked, and no more bytes than a result may have.
 * @throws Refusal `failed`
 */
export const readRows = async (
  statement: Statement,
  rowLimit: number,
  reader: Reader,
  mask: (row: Row) => Row = (row) => reader.redactor.row(row),
): Promise<ReadRows> => {
  const read = await executed(statement, rowLimit + 1, reader);
  const fitting = withinBytes(read, bytesWorthReading(reader.limits));
  const masked = fitting.slice(0, rowLimit).map(mask);
  const kept = withinBytes(masked, reader.limits.maxResultBytes);
  const isCut = fitting.length < Math.min(read.length, rowLimit) || kept.length < masked.length;
  const columns = Object.keys(read[0] ?? {});
  return { columns, rows: kept, truncated: isCut ? 'bytes' : read.length > rowLimit ? 'rows' : null };
};

/** Masked, rows may be shorter. More is never read where the warehouse can stop, and never masked, which takes long. */
const bytesWorthReading = ({ maxResultBytes }: Limits): number => 4 * maxResultBytes;

/** Rows as the warehouse has them. @throws Refusal `failed` */
export const executed = async (statement: Statement, limit: number, reader: Reader): Promise<readonly Row[]> => {
  await refuseLargeScan(statement, reader);
  return answered(reader.warehouse.executeSample(statement.sql, limit, statementOptions(reader)), statement, reader);
};

/** The engine ends the statement; where it cannot, the wait for it ends soon after. */
const statementOptions = ({ warehouse, limits, signal }: Reader): StatementOptions => {
  const { timeoutMs } = limits;
  const given = signal === undefined ? [] : [signal];
  const isKept = warehouse.capabilities.timeout.support === 'full';
  const signals = isKept ? given : [...given, AbortSignal.timeout(timeoutMs)];
  return {
    timeoutMs,
    label: 'aegis lineage',
    maxResultBytes: bytesWorthReading(limits),
    ...(signals.length > 0 && { signal: signals.length === 1 ? signals[0] : AbortSignal.any(signals) }),
  };
};

/** @throws Refusal `failed` where the warehouse says before that too much would be read */
const refuseLargeScan = async (statement: Statement, reader: Reader): Promise<void> => {
  const { warehouse, limits, signal } = reader;
  const most = limits.maxScannedBytes;
  if (most === undefined || !warehouse.estimate || warehouse.capabilities.estimate.support !== 'full') return;
  const estimate = warehouse.estimate(statement.sql, { signal, timeoutMs: limits.timeoutMs });
  const { bytes } = await answered(estimate, statement, reader);
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

/**
 * Where a table has personal columns, values that the warehouse quotes are left out of what it says.
 * @throws Refusal `failed` for whatever the warehouse says, and where it goes on after its time
 */
const answered = async <Value>(work: Promise<Value>, statement: Statement, reader: Reader): Promise<Value> => {
  try {
    return await inTime(work, reader.limits.timeoutMs);
  } catch (error) {
    throw new Refusal('failed', `The warehouse could not answer: ${toldOf(error, statement, reader)}`);
  }
};

const graceMs = 2_000;

/** Engines look for an interruption now and then, and not inside of one call of a function. */
const inTime = async <Value>(work: Promise<Value>, timeoutMs: number): Promise<Value> => {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = () =>
    reject(
      new WarehouseError(
        'timeout',
        `it took longer than ${timeoutMs} ms, and goes on: the engine does not let go of it.`,
      ),
    );
  const timer = setTimeout(late, timeoutMs + graceMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
};

/** Of these an engine tells no data. */
const withoutData: ReadonlySet<unknown> = new Set(
  ['timeout', 'cancelled', 'connection', 'authentication', 'throttled'].map((reason) => `warehouse/${reason}`),
);

const toldOf = (error: unknown, { sql, tables }: Statement, { redactor }: Reader): string => {
  const said = saidBy(error);
  if (isAegisError(error) && withoutData.has(error.code)) return said;
  return personalName(tables, redactor) === undefined ? said : withoutValues(said, redactor.text(sql), tables);
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
  return error.hint === undefined ? error.message : `${error.message.replace(/\w$/, '$&.')} ${error.hint}`;
};

/** Puts values back in place of their tokens where they cannot end a literal of SQL. */
export const restored = (sql: string, redactor: Redactor): string =>
  redactor.restore(sql, (value) =>
    /^[\p{L}\p{N} @.,:;+_/()#&-]*$/u.test(value) ? value : value.replaceAll("'", "''"),
  );

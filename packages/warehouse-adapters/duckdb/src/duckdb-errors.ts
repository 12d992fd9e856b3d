import { isAegisError, WarehouseError, type WarehouseReason } from '@aegis/spec';
import { shortened } from '@aegis/sql/transport';

interface Classification {
  readonly pattern: RegExp;
  readonly reason: WarehouseReason;
  readonly hint?: string;
}

const notADatabase = 'Name a DuckDB database in path; data files are named by the rules themselves.';
const containment = 'Only the database and the files that rules name may be read; allow more with the option files.';

/**
 * DuckDB has no error codes for clients: the class of an error is the text before the first colon, and some classes
 * need the message as well. Specific patterns stand before generic ones.
 * @see https://duckdb.org/docs/stable/dev/error_types (classes in src/common/enums/exception_type.cpp)
 */
const classifications: readonly Classification[] = [
  { pattern: /^INTERRUPT Error/, reason: 'cancelled' },
  {
    pattern: /^IO Error: Could not set lock on file/,
    reason: 'connection',
    hint: 'Another process has the database open for writing; close it or wait until it has finished.',
  },
  {
    pattern: /^IO Error: Cannot open database .* database does not exist/,
    reason: 'connection',
    hint: 'Check the option path; it is relative to the folder of aegis.yaml.',
  },
  { pattern: /not a valid DuckDB database file/, reason: 'connection', hint: notADatabase },
  { pattern: /^IO Error: Could not read from file .*: Is a directory/, reason: 'connection', hint: notADatabase },
  {
    pattern: /database file with version number|created with a newer|Serialization Error/,
    reason: 'connection',
    hint: 'The database was written by a newer DuckDB; upgrade @aegis/warehouse-duckdb.',
  },
  { pattern: /^IO Error: (Corrupt database file|Failed to (open|load|attach))/, reason: 'connection' },
  { pattern: /the configuration has been locked/, reason: 'authorization' },
  { pattern: /^Permission Error/, reason: 'authorization', hint: containment },
  { pattern: /attached in read-only mode|in read-only mode!/, reason: 'authorization' },
  { pattern: /No files found that match the pattern/, reason: 'not-found' },
  { pattern: /^Catalog Error: ([A-Z]\w+ )*Function with name/, reason: 'syntax' },
  { pattern: /^(Catalog|Binder) Error:.* does not exist/, reason: 'not-found' },
  { pattern: /^Binder Error: Referenced (column|table) .* not found/, reason: 'not-found' },
  { pattern: /^Binder Error: Table .* does not have a column named/, reason: 'not-found' },
  { pattern: /^Binder Error: Column .* (was )?not found/, reason: 'not-found' },
  { pattern: /^Parser Error/, reason: 'syntax' },
  { pattern: /^Failed to extract statements: Parser Error/, reason: 'syntax' },
  { pattern: /^(Binder|Catalog|Conversion|Mismatch Type|Out of Range|Invalid Type) Error/, reason: 'syntax' },
  { pattern: /^Not implemented Error/, reason: 'unsupported' },
  {
    pattern: /^Out of Memory Error/,
    reason: 'unknown',
    hint: 'Raise memoryLimit, lower threads, or give tempDirectory more room.',
  },
];

/** The reason and the hint for a message of the engine. */
export const classify = (message: string): { readonly reason: WarehouseReason; readonly hint?: string | undefined } =>
  classifications.find(({ pattern }) => pattern.test(message)) ?? { reason: 'unknown' };

/** Wraps what the driver threw; an error that is already classified stays as it is. */
export const warehouseError = (cause: unknown): Error => {
  if (isAegisError(cause)) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (message === emptyStatement) return new WarehouseError('syntax', 'the statement is empty', { cause });
  const { reason, hint } = classify(message);
  return new WarehouseError(reason, shortened(message.replace(/^Failed to extract statements: /, '')), {
    cause,
    hint: candidates(message) ?? hint,
  });
};

/** The driver's whole answer to SQL that holds no statement, e.g. only a comment. */
const emptyStatement = 'Error in native callback';

/** The engine's own suggestion, e.g. `Did you mean "orders"?`. */
const candidates = (message: string): string | undefined => {
  const meant = /^Did you mean .*$/m.exec(message);
  if (meant) return meant[0];
  const [, names] = /^Candidate bindings: *(.*)$/m.exec(message) ?? [];
  return names && `Did you mean ${names}?`;
};

import { LexError } from '../engine/cut-tokens.js';
import { NotCoveredError } from '../engine/not-covered.js';

export type ErrorType = 'USER_ERROR' | 'INTERNAL_ERROR' | 'INSUFFICIENT_RESOURCES' | 'EXTERNAL';

/** An error as the statement protocol words it. @see https://trino.io/docs/current/develop/client-protocol.html */
export interface QueryFailure {
  readonly message: string;
  readonly errorCode: number;
  readonly errorName: string;
  readonly errorType: ErrorType;
}

/** Codes of Trino's `StandardErrorCode`, of those that the emulator gives. */
const codes: { readonly [name: string]: readonly [code: number, type: ErrorType] } = {
  SYNTAX_ERROR: [1, 'USER_ERROR'],
  ABANDONED_QUERY: [2, 'USER_ERROR'],
  USER_CANCELED: [3, 'USER_ERROR'],
  PERMISSION_DENIED: [4, 'USER_ERROR'],
  INVALID_CAST_ARGUMENT: [9, 'USER_ERROR'],
  DIVISION_BY_ZERO: [8, 'USER_ERROR'],
  NOT_SUPPORTED: [13, 'USER_ERROR'],
  NUMERIC_VALUE_OUT_OF_RANGE: [19, 'USER_ERROR'],
  UNKNOWN_TRANSACTION: [20, 'USER_ERROR'],
  TRANSACTION_ALREADY_ABORTED: [22, 'USER_ERROR'],
  READ_ONLY_VIOLATION: [23, 'USER_ERROR'],
  INCOMPATIBLE_CLIENT: [27, 'USER_ERROR'],
  CATALOG_NOT_FOUND: [44, 'USER_ERROR'],
  SCHEMA_NOT_FOUND: [45, 'USER_ERROR'],
  TABLE_NOT_FOUND: [46, 'USER_ERROR'],
  COLUMN_NOT_FOUND: [47, 'USER_ERROR'],
  FUNCTION_NOT_FOUND: [6, 'USER_ERROR'],
  TYPE_MISMATCH: [58, 'USER_ERROR'],
  GENERIC_INTERNAL_ERROR: [65_536, 'INTERNAL_ERROR'],
  EXCEEDED_TIME_LIMIT: [131_075, 'INSUFFICIENT_RESOURCES'],
  // Trino has no such error, so that nobody mistakes it for an answer of Trino.
  NOT_COVERED_BY_THE_EMULATOR: [999_999, 'INTERNAL_ERROR'],
};

export class QueryError extends Error {
  readonly errorName: string;
  readonly errorType: ErrorType | undefined;

  constructor(errorName: string, message: string, errorType?: ErrorType) {
    super(message);
    this.errorName = errorName;
    this.errorType = errorType;
  }
}

export const failure = (errorName: string, message: string, type?: ErrorType): QueryFailure => {
  const [errorCode, errorType] = codes[errorName] ?? [65_536, 'INTERNAL_ERROR'];
  return { message, errorCode, errorName, errorType: type ?? errorType };
};

/** What DuckDB or the translation threw, as Trino would word it. `place` is `catalog.schema`. */
export const failureOf = (error: unknown, place: string): QueryFailure => {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof QueryError) return failure(error.errorName, message, error.errorType);
  if (error instanceof NotCoveredError) return failure('NOT_COVERED_BY_THE_EMULATOR', message);
  if (error instanceof LexError) return failure('SYNTAX_ERROR', `line 1:1: ${message}`);
  const [line = ''] = message.split('\n');
  for (const [pattern, name, word] of wordings) {
    const found = pattern.exec(line);
    if (found) return failure(name, word(found[1] ?? '', place));
  }
  return failure('GENERIC_INTERNAL_ERROR', line);
};

type Wording = readonly [pattern: RegExp, errorName: string, word: (found: string, place: string) => string];

const wordings: readonly Wording[] = [
  [
    /not covered by the emulator: (.*)$/,
    'NOT_COVERED_BY_THE_EMULATOR',
    (what) => `not covered by the emulator: ${what}`,
  ],
  [/Catalog "(.*?)" does not exist/, 'CATALOG_NOT_FOUND', (name) => `line 1:15: Catalog '${name}' not found`],
  [
    /No catalog \+ schema named ".*?\.(.*?)" found/,
    'SCHEMA_NOT_FOUND',
    (name) => `line 1:15: Schema '${name}' does not exist`,
  ],
  [/because schema "(.*?)" does not exist/, 'SCHEMA_NOT_FOUND', (name) => `line 1:15: Schema '${name}' does not exist`],
  [
    /Schema with name "?(.*?)"? does not exist/,
    'SCHEMA_NOT_FOUND',
    (name) => `line 1:15: Schema '${name}' does not exist`,
  ],
  [
    /(?:Table|View) with name "?(.*?)"? does not exist/,
    'TABLE_NOT_FOUND',
    (name, place) => `line 1:15: Table '${place}.${name}' does not exist`,
  ],
  [
    /Referenced column "(.*?)" (?:was )?not found/,
    'COLUMN_NOT_FOUND',
    (name) => `line 1:8: Column '${name}' cannot be resolved`,
  ],
  [
    /does not have a column named "(.*?)"/,
    'COLUMN_NOT_FOUND',
    (name) => `line 1:8: Column '${name}' cannot be resolved`,
  ],
  [/Parser Error: (.*)$/, 'SYNTAX_ERROR', (text) => `line 1:1: mismatched input: ${text}`],
  [/Division by zero/i, 'DIVISION_BY_ZERO', () => 'Division by zero'],
  [/Out of Range Error: (.*)$|Conversion Error: (?:.*out of range.*)$/, 'NUMERIC_VALUE_OUT_OF_RANGE', (text) => text],
  [/Conversion Error: (.*)$/, 'INVALID_CAST_ARGUMENT', (text) => `Cannot cast: ${text}`],
  [
    /Scalar Function with name "?(.*?)"? does not exist/,
    'FUNCTION_NOT_FOUND',
    (name) => `line 1:8: Function '${name}' not registered`,
  ],
  [/(?:Binder|Catalog) Error: (.*)$/, 'TYPE_MISMATCH', (text) => `line 1:8: ${text}`],
  [/INTERRUPT/i, 'USER_CANCELED', () => 'Query was canceled'],
];

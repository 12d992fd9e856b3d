import { NotCoveredError } from '../engine/not-covered.js';

/** Why a query ended without success, as `GetQueryExecution` tells it. */
export interface Failure {
  readonly state: 'FAILED' | 'CANCELLED';
  readonly reason: string;
  /** Whether the service says that the query might succeed when it is sent again. */
  readonly isRetryable: boolean;
}

export const failed = (reason: string): Failure => ({ state: 'FAILED', reason, isRetryable: false });

export class QueryError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.reason);
    this.failure = failure;
  }
}

/** What DuckDB or the translation threw, as Athena would word it. `database` is that of names without one. */
export const failureOf = (error: unknown, database: string): Failure => {
  if (error instanceof QueryError) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  // Athena has no such code, so that nobody mistakes it for an answer of the service.
  if (error instanceof NotCoveredError) return failed(`NOT_COVERED: ${message}`);
  const [line = ''] = message.split('\n');
  return failed(wordings.flatMap(([pattern, word]) => matched(pattern, line, word, database))[0] ?? line);
};

type Wording = (found: RegExpExecArray, database: string) => string;

const matched = (pattern: RegExp, line: string, word: Wording, database: string): readonly string[] => {
  const found = pattern.exec(line);
  return found ? [word(found, database)] : [];
};

const missingSchema: Wording = ([, schema]) => `SCHEMA_NOT_FOUND: line 1:15: Schema '${schema}' does not exist`;
const missingColumn: Wording = ([, column]) =>
  `COLUMN_NOT_FOUND: line 1:8: Column '${column}' cannot be resolved or requester is not authorized to access requested resources`;

const wordings: readonly (readonly [RegExp, Wording])[] = [
  [
    /Table with name "?(.*?)"? does not exist/i,
    ([, table], database) => `TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.${database}.${table}' does not exist`,
  ],
  [/Schema with name "?(.*?)"? does not exist/i, missingSchema],
  [/No catalog \+ schema named "?[^".]*"?\."?(.*?)"? found/i, missingSchema],
  [/Referenced column "?(.*?)"? (?:not found|was not found)/i, missingColumn],
  [/does not have a column named "?(.*?)"?$/i, missingColumn],
  [/Parser Error: (.*)$/, ([, text]) => `SYNTAX_ERROR: line 1:1: ${text}`],
  [
    /Conversion Error: Could not convert string '(.*?)' to (\w+)/,
    ([, value, type]) => `INVALID_CAST_ARGUMENT: Cannot cast '${value}' to ${type}`,
  ],
  [/Conversion Error: (.*)$/, ([, text]) => `INVALID_CAST_ARGUMENT: ${text}`],
  [
    /overflow|out of range/i,
    ([line]) => `NOT_COVERED: not covered by the emulator: more digits than DuckDB has (${line})`,
  ],
  [/(?:Binder|Catalog) Error: (.*)$/, ([, text]) => `SYNTAX_ERROR: line 1:8: ${text}`],
];

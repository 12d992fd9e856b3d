import { LexError } from '../engine/cut-tokens.js';
import type { Reply } from '../engine/loopback-server.js';
import { NotCoveredError } from '../engine/not-covered.js';

/** An error as the service words it. @see https://cloud.google.com/bigquery/docs/error-messages */
export interface ErrorProto {
  readonly reason: string;
  readonly message: string;
  readonly location?: string | undefined;
}

const statuses: { readonly [reason: string]: number } = {
  ...{ invalid: 400, invalidQuery: 400, required: 400, bytesBilledLimitExceeded: 400, notImplemented: 501 },
  ...{ authError: 401, accessDenied: 403, quotaExceeded: 403, rateLimitExceeded: 403, billingNotEnabled: 403 },
  ...{ notFound: 404, duplicate: 409, stopped: 499, internalError: 500, backendError: 503, resourcesExceeded: 400 },
};

export class ApiError extends Error {
  readonly proto: ErrorProto;

  constructor(reason: string, message: string, location?: string) {
    super(message);
    this.proto = { reason, message, ...(location !== undefined && { location }) };
  }
}

export const errorReply = (proto: ErrorProto, status = statuses[proto.reason] ?? 500): Reply => {
  const { reason, message } = proto;
  const errors = [{ domain: 'global', ...proto }];
  return { status, body: { error: { code: status, message, errors, status: reason.toUpperCase() } } };
};

/** What DuckDB or the translation threw, as the service would word it. `place` is `project:dataset`. */
export const protoOf = (error: unknown, place: string): ErrorProto => {
  if (error instanceof ApiError) return error.proto;
  const message = error instanceof Error ? error.message : String(error);
  // The service has no such reason, so that nobody mistakes it for an answer of BigQuery.
  if (error instanceof NotCoveredError) return { reason: 'notCovered', message };
  if (error instanceof LexError) return { reason: 'invalidQuery', message, location: 'query' };
  const [line = ''] = message.split('\n');
  return wordings.flatMap(([pattern, word]) => matched(pattern, line, word, place))[0] ?? invalid(line);
};

type Wording = (found: RegExpExecArray, place: string) => ErrorProto;

const invalid = (message: string): ErrorProto => ({ reason: 'invalidQuery', message, location: 'query' });

const matched = (pattern: RegExp, line: string, word: Wording, place: string): readonly ErrorProto[] => {
  const found = pattern.exec(line);
  return found ? [word(found, place)] : [];
};

const wordings: readonly (readonly [RegExp, Wording])[] = [
  [
    /Table with name "?(.*?)"? does not exist/i,
    ([, table], place) => ({
      reason: 'notFound',
      message: `Not found: Table ${place}.${table} was not found in location US`,
    }),
  ],
  [/Schema with name "?(.*?)"? does not exist/i, ([, name], place) => missingDataset(name, place)],
  [
    /Referenced column "?(.*?)"? (?:not found|was not found)/i,
    ([, column]) => invalid(`Unrecognized name: ${column} at [1:8]`),
  ],
  [/does not have a column named "?(.*?)"?$/i, ([, column]) => invalid(`Name ${column} not found inside the table`)],
  [/Parser Error: (.*)$/, ([, text]) => invalid(`Syntax error: ${text}`)],
  [/Conversion Error: Could not convert string '(.*?)' to/, ([, value]) => invalid(`Bad int64 value: ${value}`)],
  [/Conversion Error: (.*)$/, ([, text]) => invalid(`Bad value: ${text}`)],
  [
    /overflow|out of range/i,
    ([line]) => ({
      reason: 'notCovered',
      message: `not covered by the emulator: more digits than DuckDB has (${line})`,
    }),
  ],
  [/(?:Binder|Catalog) Error: (.*)$/, ([, text]) => invalid(String(text))],
];

const missingDataset = (name: string | undefined, place: string): ErrorProto => ({
  reason: 'notFound',
  message: `Not found: Dataset ${place.split(':')[0]}:${name} was not found in location US`,
});

import { formatLocation, type SourceLocation, type TextPosition } from './location.js';

const brand = Symbol.for('aegis.error');

export interface ErrorDetails {
  /** What the reader can do about it, as one imperative sentence. */
  readonly hint?: string | undefined;
  /** Where in the user's files the mistake is; shown in front of the message. */
  readonly location?: SourceLocation | undefined;
  readonly cause?: unknown;
}

/**
 * The base of every error that Aegis throws. Test with {@link isAegisError}, which works across duplicate installs.
 * `code` is `family/reason` and is part of the public contract.
 */
export class AegisError extends Error {
  readonly [brand] = true;
  readonly code: string;
  readonly hint: string | undefined;
  readonly location: SourceLocation | undefined;
  readonly retryable: boolean;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = details.hint;
    this.location = details.location;
    this.retryable = isRetryableCode(code);
  }

  /** Place, message and hint on one to two lines: what a person sees. */
  get display(): string {
    const place = this.location ? `${formatLocation(this.location)}: ` : '';
    return `${place}${this.message}${this.hint ? `\n  ${this.hint}` : ''}`;
  }
}

export const isAegisError = (value: unknown): value is AegisError =>
  typeof value === 'object' && value !== null && brand in value;

const retryableCodes: ReadonlySet<string> = new Set([
  'warehouse/connection',
  'warehouse/throttled',
  'model/rate-limit',
  'model/overloaded',
  'model/timeout',
  'model/connection',
  'audit/busy',
]);

/** Whether the same call may succeed when it is simply made again. */
const isRetryableCode = (code: string): boolean => retryableCodes.has(code);

export type ConfigReason =
  /** A file that was named does not exist or cannot be read. */
  | 'not-found'
  /** aegis.yaml, an option or a report file does not fit its schema. */
  | 'invalid'
  /** No warehouse has this name, or several could be meant. */
  | 'unknown-warehouse'
  /** A package is not installed, does not load, or is not an adapter. */
  | 'missing-adapter'
  /** A secret reference names a variable or file that is not there. */
  | 'missing-secret'
  /** A file cannot be written, or exists and would be replaced. */
  | 'output'
  /** Flags that are wrong, contradict each other or name nothing. */
  | 'usage';
export type RuleReason =
  /** No rules at the path or pattern. */
  | 'not-found'
  /** The file is not YAML, or the module does not load. */
  | 'syntax'
  /** A rule does not fit the schema of its type. */
  | 'invalid'
  /** Two rules of the run have the same id. */
  | 'duplicate-id'
  /** No rule type has this name. */
  | 'unknown-type'
  /** The rule asks for something that no version of Aegis does yet. */
  | 'unsupported';
export type PlanReason =
  /** The table or data file does not exist in the warehouse. */
  | 'missing-table'
  /** The table has no such column. */
  | 'missing-column'
  /** Several tables or columns match the name when case is ignored. */
  | 'ambiguous-name'
  /** A value or the rule type does not fit the column's type. */
  | 'type-mismatch'
  /** The warehouse or dialect cannot do what the rule needs. */
  | 'unsupported'
  /** The run would read more bytes than it may, or the warehouse cannot say. */
  | 'limit'
  /** The run cannot be continued: no checkpoint, or the rules, warehouse or clock are others. */
  | 'resume-mismatch'
  /** A mistake in Aegis or in an extension, not in the rules. */
  | 'internal';
export type WarehouseReason =
  /** The warehouse cannot be reached, or the connection was lost. */
  | 'connection'
  /** The credentials were refused. */
  | 'authentication'
  /** The user may not do this. */
  | 'authorization'
  /** The engine does not understand the statement. */
  | 'syntax'
  /** A table, column or function of the statement does not exist. */
  | 'not-found'
  /** The statement took longer than allowed. */
  | 'timeout'
  /** The warehouse asks to slow down, or has no capacity now. */
  | 'throttled'
  /** The run was stopped. */
  | 'cancelled'
  /** The engine cannot do this. */
  | 'unsupported'
  /** None of the other reasons; the vendor's error is the cause. */
  | 'unknown';
export type ModelReason =
  /** The key was refused. */
  | 'authentication'
  /** Too many requests; `retryAfterMs` says how long to wait, where the vendor does. */
  | 'rate-limit'
  /** The account has no credit left. */
  | 'quota'
  /** The vendor has no capacity now. */
  | 'overloaded'
  /** The request is longer than the model takes. */
  | 'context-length'
  /** The vendor refused to answer. */
  | 'content-filter'
  /** The vendor does not understand the request. */
  | 'invalid-request'
  /** The answer does not fit its schema, after repair. */
  | 'invalid-output'
  /** The answer took longer than allowed. */
  | 'timeout'
  /** The vendor cannot be reached, or the connection was lost before the answer was whole. */
  | 'connection'
  /** No such model. */
  | 'not-found'
  /** The call was stopped. */
  | 'cancelled'
  /** The call was not made: it could have cost more than is left. */
  | 'budget'
  /** None of the other reasons; the vendor's error is the cause. */
  | 'unknown';
export type GuardReason =
  /** The SQL cannot be parsed. */
  | 'syntax'
  /** It is not one boolean expression. */
  | 'not-expression'
  /** It is not one SELECT. */
  | 'not-select'
  /** It calls or reads something that rules may not. */
  | 'forbidden'
  /** It names a table or column that is not in scope. */
  | 'out-of-scope'
  /** It holds a character that parsers and engines may read differently. */
  | 'control-character';
export type LineageReason =
  /** No such dataset, column or source. */
  | 'not-found'
  /** An event, manifest or statement does not fit its format. */
  | 'invalid'
  /** Several datasets could be meant. */
  | 'ambiguous-name';
export type AuditReason =
  /** The file cannot be opened or created. */
  | 'open'
  /** The run is finished, or the file may not be written. */
  | 'read-only'
  /** What is stored cannot be read, or the hash chain is broken. */
  | 'corrupt'
  /** A newer version of Aegis wrote the file. */
  | 'newer-version'
  /** Another process holds the lock. */
  | 'busy'
  /** No such run. */
  | 'not-found';

const family = <Reason extends string>(name: string) =>
  class extends AegisError {
    readonly reason: Reason;
    constructor(reason: Reason, message: string, details?: ErrorDetails) {
      super(`${name}/${reason}`, message, details);
      this.reason = reason;
    }
  };

/** aegis.yaml, flags, environment, adapters and output paths. */
export class ConfigError extends family<ConfigReason>('config') {}
/** A rules file that cannot be read or does not fit the schema. */
export class RuleError extends family<RuleReason>('rule') {}
/** A rule that cannot be judged as it stands: found before any scan. */
export class PlanError extends family<PlanReason>('plan') {}
/** What an engine answered, classified by its adapter. The original is in `cause`. */
export class WarehouseError extends family<WarehouseReason>('warehouse') {}
/** What a language model's vendor answered, classified by its adapter. */
export class LanguageModelError extends family<ModelReason>('model') {
  /** How long the vendor asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  constructor(reason: ModelReason, message: string, details?: ErrorDetails & { readonly retryAfterMs?: number }) {
    super(reason, message, details);
    this.retryAfterMs = details?.retryAfterMs;
  }
}
/** SQL written by a user or a model that the guard refused. */
export class GuardError extends family<GuardReason>('guard') {
  /** Where in the SQL text, both counting from 1; whoever knows where that text stands in a file can add the two. */
  readonly at: TextPosition | undefined;
  constructor(
    reason: GuardReason,
    message: string,
    details?: ErrorDetails & { readonly at?: TextPosition | undefined },
  ) {
    super(reason, message, details);
    this.at = details?.at;
  }
}
export class LineageError extends family<LineageReason>('lineage') {}
export class AuditError extends family<AuditReason>('audit') {}

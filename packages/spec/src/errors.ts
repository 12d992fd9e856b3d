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
  'audit/busy',
]);

/** Whether the same call may succeed when it is simply made again. */
const isRetryableCode = (code: string): boolean => retryableCodes.has(code);

export type ConfigReason =
  | 'not-found'
  | 'invalid'
  | 'unknown-warehouse'
  | 'missing-adapter'
  | 'missing-secret'
  | 'output'
  | 'usage';
export type RuleReason = 'not-found' | 'syntax' | 'invalid' | 'duplicate-id' | 'unknown-type' | 'unsupported';
export type PlanReason =
  | 'missing-table'
  | 'missing-column'
  | 'ambiguous-name'
  | 'type-mismatch'
  | 'unsupported'
  | 'limit'
  | 'resume-mismatch'
  | 'internal';
export type WarehouseReason =
  | 'connection'
  | 'authentication'
  | 'authorization'
  | 'syntax'
  | 'not-found'
  | 'timeout'
  | 'throttled'
  | 'cancelled'
  | 'unsupported'
  | 'unknown';
export type ModelReason =
  | 'authentication'
  | 'rate-limit'
  | 'quota'
  | 'overloaded'
  | 'context-length'
  | 'content-filter'
  | 'invalid-request'
  | 'invalid-output'
  | 'timeout'
  | 'unknown';
export type GuardReason =
  | 'syntax'
  | 'not-expression'
  | 'not-select'
  | 'forbidden'
  | 'out-of-scope'
  | 'control-character';
export type LineageReason = 'not-found' | 'invalid' | 'ambiguous-name';
export type AuditReason = 'open' | 'read-only' | 'corrupt' | 'newer-version' | 'busy' | 'not-found';

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

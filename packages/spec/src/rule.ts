import type { JsonObject } from './json.js';
import type { SourceLocation } from './location.js';
import type { TableName } from './table.js';

export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

export type RuleStatus = 'draft' | 'active' | 'deprecated';

/** `rows > 0`, `percent >= 2.5`: when a count becomes a failure or a warning. `value` is an exact decimal string. */
export interface Threshold {
  readonly of: 'rows' | 'keys' | 'values' | 'percent';
  readonly operator: '>' | '>=';
  readonly value: string;
}

export interface RuleScope {
  /** A name in aegis.yaml, or an adapter's type; `undefined` is the run's default. */
  readonly warehouse?: string | undefined;
  /** Where the source of a reconcile rule lives, when elsewhere. */
  readonly sourceWarehouse?: string | undefined;
  readonly table: TableName;
  /** A boolean expression in the warehouse's own SQL, as written. */
  readonly where?: string | undefined;
  /** IANA zone of naive timestamps and of "today"; `undefined` is the run's. */
  readonly timezone?: string | undefined;
}

/** A rule after loading: validated, normalised, with every name and default filled in. */
export interface Rule {
  readonly id: string;
  readonly type: string;
  readonly severity: Severity;
  readonly status: RuleStatus;
  readonly description?: string | undefined;
  readonly owner?: string | undefined;
  readonly domain?: string | undefined;
  readonly version?: string | undefined;
  readonly tags: readonly string[];
  readonly scope: RuleScope;
  /** What the rule type's schema made of `logic` (and of `scope.columns`). */
  readonly params: JsonObject;
  /** `fail` makes NULL a violation; only for types that say so. */
  readonly nulls: 'ignore' | 'fail';
  readonly failIf?: Threshold | undefined;
  readonly warnIf?: Threshold | undefined;
  readonly commonCauses: readonly string[];
  readonly upstreamTables: readonly string[];
  readonly proposalStrategy: 'llm_simple' | 'llm_with_lineage' | 'none';
  readonly notificationTarget?: string | undefined;
  readonly location?: SourceLocation | undefined;
  /** Where relative paths of data files in `params` start. */
  readonly baseDirectory?: string | undefined;
  /** Changes whenever anything that decides the outcome changes. */
  readonly definitionHash: string;
}

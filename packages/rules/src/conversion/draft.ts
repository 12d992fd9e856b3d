import type { Severity } from '@aegis/spec';
import { compileRules } from '../load/load-rules.js';
import { RuleFileError } from '../load/problem.js';
import type { NotConverted, RuleDocument } from './conversion.js';

/** A check as a rule whose id is not settled yet. */
export interface Draft {
  readonly kind: 'draft';
  readonly source: string;
  readonly check: string;
  /** What the id is made of. */
  readonly name: string;
  /** An id that the check brings along. */
  readonly id?: string | undefined;
  readonly asQuery?: string | undefined;
  readonly severity: Severity;
  readonly owner?: string | undefined;
  readonly description: string | undefined;
  readonly tags: readonly string[];
  /** More keys of `metadata`, e.g. `domain`. */
  readonly metadata?: { readonly [key: string]: unknown } | undefined;
  readonly scope: RuleDocument['scope'];
  readonly logic: RuleDocument['logic'];
  /** Further blocks of the rule, e.g. `diagnosis`. */
  readonly blocks?: { readonly [key: string]: unknown } | undefined;
}

export interface Refused extends NotConverted {
  readonly kind: 'refused';
}

export type Drafted<Drawn extends Draft = Draft> = Drawn | Refused;

export const refused = (
  { source, check }: Pick<NotConverted, 'source' | 'check'>,
  reason: string,
  hint?: string,
): Refused => ({ kind: 'refused', source, check, reason, ...(hint !== undefined && { hint }) });

/** The rule as it is written to a file; keys without a value are left out. */
export const documentOf = (draft: Draft, id: string): RuleDocument => ({
  apiVersion: 'aegis.dev/v1',
  kind: 'DataQualityRule',
  metadata: given({
    id,
    severity: draft.severity,
    owner: draft.owner,
    description: draft.description,
    ...draft.metadata,
    ...(draft.tags.length > 0 && { tags: [...new Set(draft.tags)] }),
  }),
  scope: given(draft.scope),
  logic: given(draft.logic),
  ...draft.blocks,
});

const given = <Values extends object>(values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values;

/** Why no run would take the rule, in the words of the rule's own schema. */
export const faultOf = (draft: Draft): string | undefined => {
  try {
    compileRules([documentOf(draft, 'draft')]);
    return undefined;
  } catch (error) {
    if (error instanceof RuleFileError) return error.problems[0]?.message;
    throw error;
  }
};

/** The draft, or why no run would take it. */
export const sound = <Drawn extends Draft>(draft: Drawn): Drafted<Drawn> => {
  const fault = faultOf(draft);
  return fault === undefined ? draft : refused(draft, fault);
};

import { compileRules, RuleFileError } from '@aegis/rules';
import type { FailureUnit, NotConverted, RuleDocument } from './conversion.js';

/** A check as a rule whose id is not settled yet. */
export interface Draft {
  readonly kind: 'draft';
  readonly source: string;
  readonly check: string;
  /** What the id is made of. */
  readonly name: string;
  readonly unit: FailureUnit;
  readonly limit?: number | undefined;
  readonly asQuery?: string | undefined;
  readonly severity: 'high' | 'low';
  readonly owner?: string | undefined;
  readonly description: string;
  readonly tags: readonly string[];
  readonly scope: RuleDocument['scope'];
  readonly logic: RuleDocument['logic'];
}

export interface Refused extends NotConverted {
  readonly kind: 'refused';
}

export type Drafted = Draft | Refused;

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
    tags: [...new Set(['dbt', ...draft.tags])],
  }),
  scope: given(draft.scope),
  logic: given(draft.logic),
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

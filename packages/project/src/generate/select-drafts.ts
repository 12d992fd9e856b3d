import type { Rule, RuleResult } from '@aegis/spec';
import type { TriedDraft } from './check/check-drafts.js';
import { counted } from './draft/amounts.js';
import { columnsOf, covers, identityOf } from './existing-rules.js';
import type { LeftOut } from './generate-options.js';

export interface Selection {
  /** The most valuable first. */
  readonly chosen: readonly TriedDraft[];
  readonly leftOut: readonly LeftOut[];
}

/** In the order in which drafts win over each other: what a document says is meant, what was measured is sure. */
const precedence = ['document', 'profile', 'model'] as const;

/**
 * The drafts that are written: none that repeats a rule, and the most valuable `mostRules` of them. A rule of a document
 * that the data violates today is kept as a draft, which does not run; any other is left out.
 */
export const selectDrafts = (tried: readonly TriedDraft[], existing: readonly Rule[], mostRules: number): Selection => {
  const kept: TriedDraft[] = [];
  const leftOut: LeftOut[] = [];
  const ordered = precedence.flatMap((origin) => tried.filter(({ draft }) => draft.origin === origin).sort(byValue));
  for (const candidate of ordered) {
    const reason = reasonAgainst(candidate, existing, kept);
    if (reason === undefined) kept.push(isViolated(candidate) ? asDraft(candidate) : candidate);
    else leftOut.push({ what: candidate.draft.id, reason });
  }
  const sorted = kept.sort(byValue);
  return { chosen: sorted.slice(0, mostRules), leftOut: [...leftOut, ...surplus(sorted.slice(mostRules), mostRules)] };
};

const byValue = (left: TriedDraft, right: TriedDraft): number => right.draft.value - left.draft.value;

export const isViolated = ({ result }: TriedDraft): boolean => result.outcome === 'fail';

const reasonAgainst = (
  candidate: TriedDraft,
  existing: readonly Rule[],
  kept: readonly TriedDraft[],
): string | undefined => {
  const { draft, rule, result } = candidate;
  const others = [...existing, ...kept.filter((each) => !isViolated(each)).map((each) => each.rule)];
  const same = others.find((other) => identityOf(other) === identityOf(rule));
  if (same) return `says what ${same.id} says`;
  const isMeasured =
    draft.origin !== 'document' && covers(others, rule.type, columnsOf(rule)) && columnsOf(rule).length > 0;
  if (isMeasured && rule.scope.where === undefined) return `there is a rule of type ${rule.type} on the same columns`;
  return isViolated(candidate) && draft.origin !== 'document' ? violation(result) : undefined;
};

/** What the data says against a rule. */
export const violation = ({ unit, rows_failed, rows_checked, observed, expected }: RuleResult): string => {
  if (unit === 'table') return `violated by the data: ${figures(observed)}, expected ${figures(expected)}`;
  const failed =
    unit === 'rows'
      ? `${(rows_failed ?? 0).toLocaleString('en-US')} of`
      : `${counted(rows_failed ?? 0, unit.slice(0, -1))} in`;
  return `violated by ${failed} ${counted(rows_checked ?? 0, 'row')}`;
};

const figures = (values: RuleResult['observed']): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');

const asDraft = (candidate: TriedDraft): TriedDraft => {
  const { draft, result } = candidate;
  const comment = `Draft: today it is ${violation(result)}. Mend the data or the rule, then make it active.`;
  return { ...candidate, draft: { ...draft, status: 'draft', comments: [...draft.comments, comment] } };
};

const mostNamed = 10;

const surplus = (cut: readonly TriedDraft[], mostRules: number): readonly LeftOut[] => {
  if (cut.length === 0) return [];
  const named = cut
    .slice(0, mostNamed)
    .map(({ draft }) => draft.id)
    .join(', ');
  const reason = `worth less than the ${mostRules} that may be: ${named}${cut.length > mostNamed ? ', …' : ''}`;
  return [{ what: counted(cut.length, 'rule'), reason }];
};

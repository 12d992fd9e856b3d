import type { Outcome, Report, RuleResult } from '@aegis/spec';
import { severityRank } from '../summary/summarize.js';

export const withOutcome = ({ results }: Pick<Report, 'results'>, outcome: Outcome): RuleResult[] =>
  results.filter((result) => result.outcome === outcome);

/** By effective severity; rules of equal severity stay in rule-file order. */
export const gravestFirst = (results: readonly RuleResult[]): RuleResult[] =>
  results.toSorted((a, b) => severityRank(a.effective_severity) - severityRank(b.effective_severity));

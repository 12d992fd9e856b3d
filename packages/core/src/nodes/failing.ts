import type { RuleResult } from '@aegis/spec';

/** Results that are explained: failures, and warnings like them. */
export const needsExplaining = ({ outcome }: RuleResult): boolean => outcome === 'fail' || outcome === 'warn';

/** Applies a step to the results that it concerns; all others pass through unchanged. */
export const forFailing = async (
  results: readonly RuleResult[],
  step: (result: RuleResult) => Promise<RuleResult>,
): Promise<readonly RuleResult[]> =>
  Promise.all(results.map(async (result) => (needsExplaining(result) ? step(result) : result)));

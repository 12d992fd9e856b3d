import type { Report, RuleResult } from '@aegis/spec';

/** Rules that do not hold, or could not be judged, in the order of the rules file. */
export const failingIn = ({ results }: Report): readonly RuleResult[] =>
  results.filter(({ outcome }) => outcome === 'fail' || outcome === 'warn' || outcome === 'error');

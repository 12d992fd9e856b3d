import type { RuleResult } from '@aegis/spec';
import type { ShownSamples } from '../server/server-options.js';
import { shortenWithin } from './shorten.js';

const longestText = 2000;
const mostItems = 20;

/** Everything that a report holds about a rule, in bounds, and with its rows only where the server shows them. */
export const ruleDetail = (result: RuleResult, samples: ShownSamples = 'none'): { readonly [key: string]: unknown } => {
  const { sample, remediation, ...rest } = result;
  const shown = { ...rest, ...(samples === 'none' ? {} : { sample }), has_fix: remediation !== null };
  // An object stays one: only what it holds is cut.
  return shortenWithin(shown, longestText, mostItems) as { readonly [key: string]: unknown };
};

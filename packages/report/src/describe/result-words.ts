import { formatLocation, type Outcome, type RuleResult } from '@aegis/spec';

/** One word for each outcome, the same in every format. */
export const outcomeWords: { readonly [outcome in Outcome]: string } = {
  pass: 'PASS',
  warn: 'WARN',
  fail: 'FAIL',
  error: 'ERROR',
  not_applicable: 'N/A',
};

/** `critical`, or `critical, raised from high`. */
export const severityWords = ({ severity, effective_severity, escalated }: RuleResult): string =>
  escalated ? `${effective_severity}, raised from ${severity}` : effective_severity;

/** `orders(customer_id)`. */
export const subjectOf = ({ table, columns }: RuleResult): string =>
  columns.length === 0 ? table : `${table}(${columns.join(', ')})`;

/** `rules.yaml:12:5`; empty for a rule that was not read from a file. */
export const placeOf = ({ location }: RuleResult): string => (location ? formatLocation(location) : '');

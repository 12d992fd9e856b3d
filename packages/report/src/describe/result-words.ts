import { formatLocation, type Outcome, type RuleResult } from '@aegis/spec';
import { formatCount, formatNumber } from '../text/format.js';
import { describeCount, describeFinding } from './describe-result.js';

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
export const subjectOf = ({ table, columns }: Pick<RuleResult, 'table' | 'columns'>): string =>
  columns.length === 0 ? table : `${table}(${columns.join(', ')})`;

/** `rules.yaml:12:5`; empty for a rule that was not read from a file. */
export const placeOf = ({ location }: RuleResult): string => (location ? formatLocation(location) : '');

/** What it is about, of which type, where it stands, whose it is and its tags; what is not known is left out. */
export const factsOf = (result: RuleResult): readonly string[] =>
  [
    subjectOf(result),
    result.rule_type,
    placeOf(result),
    result.owner ? `owner ${result.owner}` : '',
    result.tags.length > 0 ? `tags ${result.tags.join(', ')}` : '',
  ].filter((fact) => fact !== '');

/** What a table of results says in its column "observed": the finding, else the count, or why there is neither. */
export const observedWords = (result: RuleResult): string => {
  if (result.error) return result.error.message;
  if (result.outcome === 'not_applicable') return result.notes[0] ?? '';
  return describeFinding(result) || (describeCount(result) ?? '');
};

/** What it says in its column "failed": `1,234` rows, `5 keys`; empty for the table as a whole. */
export const failedWords = ({ rows_failed, unit, outcome }: RuleResult): string => {
  if (rows_failed === null || unit === 'table' || outcome === 'not_applicable') return '';
  return unit === 'rows' ? formatNumber(rows_failed) : formatCount(rows_failed, unit);
};

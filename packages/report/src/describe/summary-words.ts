import { type Report, type ReportSummary, severities } from '@aegis/spec';
import { formatBytes, formatCount, formatElapsed, formatNumber, formatPercent } from '../text/format.js';

/** "5 passed", "1 failed (1 critical)", …: only what is not zero. Empty when no rule ran. */
export const outcomePhrases = (summary: ReportSummary): string[] => {
  const phrases = [
    [summary.passed, 'passed'],
    [summary.warned, 'warned'],
    [summary.failed, `failed${breakdown(summary)}`],
    [summary.errored, 'could not be judged'],
    [summary.not_applicable, 'not applicable'],
  ] as const;
  return phrases.filter(([count]) => count > 0).map(([count, words]) => `${formatNumber(count)} ${words}`);
};

const breakdown = ({ severity_breakdown }: ReportSummary): string => {
  const present = severities.filter((severity) => severity_breakdown[severity] > 0);
  return present.length === 0
    ? ''
    : ` (${present.map((severity) => `${formatNumber(severity_breakdown[severity])} ${severity}`).join(', ')})`;
};

/** Pass rate, statements, bytes, time, and what a model cost, each as a phrase. */
export const costPhrases = ({ summary, duration_ms }: Report): string[] => [
  ...(summary.pass_rate === null ? [] : [`pass rate ${formatPercent(summary.pass_rate)}`]),
  formatCount(summary.queries, 'statements'),
  ...(summary.bytes_scanned === null ? [] : [`${formatBytes(summary.bytes_scanned)} scanned`]),
  formatElapsed(duration_ms),
  ...modelPhrases(summary),
];

const modelPhrases = ({ llm_calls, input_tokens, output_tokens, cost_usd }: ReportSummary): string[] => {
  if (llm_calls === 0) return [];
  const cost = cost_usd === null ? 'cost unknown' : `${formatNumber(cost_usd)} USD`;
  return [`${formatCount(llm_calls, 'model calls')} (${formatCount(input_tokens + output_tokens, 'tokens')}, ${cost})`];
};

/** Why the report does not speak for every rule; `undefined` when it does. */
export const incompleteReason = ({ status }: Pick<Report, 'status'>): string | undefined => {
  if (status === 'completed') return undefined;
  return status === 'cancelled'
    ? 'Cancelled before every rule was judged.'
    : 'Incomplete: not every rule could be judged.';
};

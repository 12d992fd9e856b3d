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

/** "pass rate 75 %"; `undefined` when nothing was judged. */
export const passRatePhrase = ({ pass_rate }: ReportSummary): string | undefined =>
  pass_rate === null ? undefined : `pass rate ${formatPercent(pass_rate)}`;

/** Statements, bytes, time, and what a model cost, each as a phrase. */
export const costPhrases = ({ summary, duration_ms }: Report): string[] => [
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

/** The run in a few words, for a title: "4 of 8 rules failed". */
export const headlineOf = ({ summary, status }: Pick<Report, 'summary' | 'status'>): string => {
  const total = formatCount(summary.total_rules, 'rules');
  if (summary.failed > 0) return `${formatNumber(summary.failed)} of ${total} failed`;
  if (status === 'cancelled') return 'cancelled';
  if (summary.errored > 0) return `${formatNumber(summary.errored)} of ${total} could not be judged`;
  return summary.total_rules === 0 ? 'no rules ran' : `no failures in ${total}`;
};

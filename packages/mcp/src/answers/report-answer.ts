import type { Report, RuleResult } from '@aegis/spec';
import { z } from 'zod';
import { nextCursor } from './page.js';
import { ruleAnswer, ruleLine } from './rule-answer.js';

/** The figures of a run. */
export const summaryAnswer = z.object({
  total_rules: z.number(),
  passed: z.number(),
  warned: z.number(),
  failed: z.number(),
  errored: z.number(),
  not_applicable: z.number(),
  pass_rate: z.number().nullable().meta({ description: 'Percent; null when nothing was judged.' }),
  queries: z.number(),
  bytes_scanned: z.number().nullable(),
  cost_usd: z.number().nullable().meta({ description: 'Of the language model.' }),
});

export const summaryAnswerOf = ({ summary }: Report): z.infer<typeof summaryAnswer> => ({
  total_rules: summary.total_rules,
  passed: summary.passed,
  warned: summary.warned,
  failed: summary.failed,
  errored: summary.errored,
  not_applicable: summary.not_applicable,
  pass_rate: summary.pass_rate,
  queries: summary.queries,
  bytes_scanned: summary.bytes_scanned,
  cost_usd: summary.cost_usd,
});

/** What answers about one run have in common. */
export const reportFields = {
  run_id: z.string(),
  status: z.enum(['completed', 'cancelled', 'incomplete']),
  summary: summaryAnswer,
  results: z.array(ruleAnswer),
  next_cursor: nextCursor,
};

/** The failed first, by severity, then what could not be judged, warnings, and the rest. */
export const gravestFirst = (results: readonly RuleResult[]): readonly RuleResult[] =>
  results.toSorted((a, b) => rank(a) - rank(b));

const ranks: { readonly [outcome in RuleResult['outcome']]: number } = {
  fail: 0,
  error: 10,
  warn: 20,
  not_applicable: 30,
  pass: 40,
};

const severityRanks: { readonly [severity in RuleResult['severity']]: number } = {
  critical: 0,
  high: 1,
  medium: 2,
  low: 3,
  info: 4,
};

const rank = ({ outcome, effective_severity }: RuleResult): number =>
  ranks[outcome] + severityRanks[effective_severity];

interface ToldReport {
  readonly run_id: string;
  readonly status: string;
  readonly summary: z.infer<typeof summaryAnswer>;
  readonly results: readonly z.infer<typeof ruleAnswer>[];
  readonly next_cursor: string | null;
}

/** The figures in a line, and a line for each result. */
export const reportText = ({ run_id, status, summary, results, next_cursor }: ToldReport): string => {
  const counts = [
    `${summary.total_rules} ${summary.total_rules === 1 ? 'rule' : 'rules'}`,
    `${summary.passed} passed`,
    ...(summary.warned > 0 ? [`${summary.warned} warned`] : []),
    `${summary.failed} failed`,
    ...(summary.errored > 0 ? [`${summary.errored} could not be judged`] : []),
  ];
  const more = next_cursor === null ? [] : [`More follows: aegis_report with run ${run_id} and cursor ${next_cursor}.`];
  return [`Run ${run_id} (${status}): ${counts.join(', ')}.`, ...results.map(ruleLine), ...more].join('\n');
};

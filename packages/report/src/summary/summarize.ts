import { type Outcome, type ReportSummary, type RuleResult, type Severity, severities } from '@aegis/spec';

/** What a run cost as a whole: the part of a summary that is not counted from results. */
export type RunTotals = Pick<
  ReportSummary,
  'queries' | 'bytes_scanned' | 'llm_calls' | 'input_tokens' | 'output_tokens' | 'cost_usd'
>;

/** Counts the results of a run. */
export const summarize = (results: readonly RuleResult[], totals: RunTotals): ReportSummary => {
  const count = (outcome: Outcome) => results.filter((result) => result.outcome === outcome).length;
  const [passed, warned, failed] = [count('pass'), count('warn'), count('fail')];
  return {
    total_rules: results.length,
    passed,
    warned,
    failed,
    errored: count('error'),
    not_applicable: count('not_applicable'),
    pass_rate: passRate(passed + warned, failed),
    severity_breakdown: severityBreakdown(results),
    queries: totals.queries,
    bytes_scanned: totals.bytes_scanned,
    llm_calls: totals.llm_calls,
    input_tokens: totals.input_tokens,
    output_tokens: totals.output_tokens,
    cost_usd: totals.cost_usd,
  };
};

/** Rounded to two decimals, but never up to 100 while a rule failed nor down to 0 while one passed. */
const passRate = (passed: number, failed: number): number | null => {
  if (passed + failed === 0) return null;
  if (failed === 0 || passed === 0) return failed === 0 ? 100 : 0;
  const hundredths = Math.round((10_000 * passed) / (passed + failed));
  return Math.min(Math.max(hundredths, 1), 9_999) / 100;
};

const severityBreakdown = (results: readonly RuleResult[]): ReportSummary['severity_breakdown'] => {
  const breakdown: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { outcome, effective_severity } of results) if (outcome === 'fail') breakdown[effective_severity]++;
  return breakdown;
};

/** How grave a severity is, 0 for `critical`: smaller is graver. */
export const severityRank = (severity: Severity): number => severities.indexOf(severity);

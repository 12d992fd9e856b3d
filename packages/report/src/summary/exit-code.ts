import type { Report, Severity } from '@aegis/spec';
import { severityRank } from './summarize.js';

export interface ExitCodeOptions {
  /** Failures below this effective severity do not count. Default: every failure counts. */
  readonly failOn?: Severity | undefined;
}

/** What a process should end with: 0 all passed (or warned), 1 rules failed, 3 not every rule could be judged. The higher wins. */
export const exitCode = (
  report: Pick<Report, 'status' | 'results'>,
  { failOn = 'info' }: ExitCodeOptions = {},
): 0 | 1 | 3 => {
  const isIncomplete = report.status !== 'completed' || report.results.some(({ outcome }) => outcome === 'error');
  if (isIncomplete) return 3;
  const counts = ({ outcome, effective_severity }: Report['results'][number]) =>
    outcome === 'fail' && severityRank(effective_severity) <= severityRank(failOn);
  return report.results.some(counts) ? 1 : 0;
};

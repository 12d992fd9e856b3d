import type { RcaReport } from './report.js';
import { cleanRuns, costs, scoresTable } from './report.js';

/** Relative to the repository. */
export const pagePath = 'docs/explanation/root-cause-scores.md';

export const scoresPage = (report: RcaReport): string =>
  `# Root cause scores\n\n${scoresTable(report)}\n\n${costs(report)}\n\n${cleanRuns(report)}\n`;

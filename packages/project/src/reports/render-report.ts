import type { TerminalOptions } from '@aegis/report/terminal';
import type { Report } from '@aegis/spec';
import type { Effects } from '../effects.js';
import { loadReport, type ShowRunOptions } from '../history/read-history.js';
import { renderAs } from './render-as.js';
import type { ReportFormat } from './report-formats.js';

export interface RenderReportOptions extends ShowRunOptions {
  /** Default `terminal`. */
  readonly format?: ReportFormat | undefined;
  /** How the terminal is; only for `terminal`. */
  readonly terminal?: TerminalOptions | undefined;
}

/**
 * The report of a recorded run, or of a report file, in another format.
 * @throws AuditError `not-found`, ConfigError `invalid`
 */
export const renderReport = async (options: RenderReportOptions, effects: Effects): Promise<string> => {
  const report: Report = await loadReport(options, effects);
  return renderAs(options.format ?? 'terminal', report, options.terminal);
};

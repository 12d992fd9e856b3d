import type { ReportComparison } from '@aegis/report';
import type { TerminalOptions } from '@aegis/report/terminal';
import type { Effects } from '../effects.js';
import { loadReport } from '../history/read-history.js';
import type { HistoryOptions } from '../history/reading.js';
import type { ComparisonFormat } from './comparison-formats.js';

export interface CompareRunsOptions extends HistoryOptions {
  /** Id of a run, a unique beginning of it, or a report file (`./report.json`). */
  readonly before: string;
  readonly after: string;
}

/**
 * What changed from one run to another.
 * @throws AuditError `not-found`, ConfigError `invalid`
 */
export const compareRuns = async (
  { before, after, ...options }: CompareRunsOptions,
  effects: Effects,
): Promise<ReportComparison> => {
  const { compareReports } = await import('@aegis/report');
  const earlier = await loadReport({ ...options, run: before }, effects);
  return compareReports(earlier, await loadReport({ ...options, run: after }, effects));
};

type Renderer = (comparison: ReportComparison, terminal: TerminalOptions | undefined) => Promise<string>;

/** Each loads what it needs when it is asked for. */
const renderers: { readonly [format in ComparisonFormat]: Renderer } = {
  terminal: async (comparison, terminal) =>
    (await import('@aegis/report/terminal')).renderComparisonTerminal(comparison, terminal),
  markdown: async (comparison) => (await import('@aegis/report')).renderComparisonMarkdown(comparison),
  json: async (comparison) => `${JSON.stringify(comparison, null, 2)}\n`,
};

/** The comparison as text in a format; `terminal` says how wide and colourful it may be there. */
export const renderComparisonAs = (
  format: ComparisonFormat,
  comparison: ReportComparison,
  terminal?: TerminalOptions,
): Promise<string> => renderers[format](comparison, terminal);

import type { TerminalOptions } from '@aegis/report/terminal';
import type { Report } from '@aegis/spec';
import type { ReportFormat } from './report-formats.js';

type Renderer = (report: Report, terminal: TerminalOptions | undefined) => Promise<string>;

/** Each loads what it needs when it is asked for. */
const renderers: { readonly [format in ReportFormat]: Renderer } = {
  terminal: async (report, terminal) => (await import('@aegis/report/terminal')).renderTerminal(report, terminal),
  json: async (report) => (await import('@aegis/report')).renderJson(report),
  markdown: async (report) => (await import('@aegis/report')).renderMarkdown(report),
  junit: async (report) => (await import('@aegis/report')).renderJunit(report),
  sarif: async (report) => (await import('@aegis/report')).renderSarif(report),
  html: async (report) => (await import('@aegis/report')).renderHtml(report),
};

/** The report as text in a format; `terminal` says how wide and colourful it may be there. */
export const renderAs = (format: ReportFormat, report: Report, terminal?: TerminalOptions): Promise<string> =>
  renderers[format](report, terminal);

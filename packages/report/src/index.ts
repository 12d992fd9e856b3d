export { compareReports } from './compare/compare-reports.js';
export type {
  ChangedAspect,
  ChangeKind,
  ComparedCause,
  ComparedFigure,
  ComparedRun,
  FigureChange,
  ReportComparison,
  RuleChange,
  RuleState,
} from './compare/comparison.js';
export { describeCount, describeFinding, describeOtherFigures, describeResult } from './describe/describe-result.js';
export { type HtmlOptions, renderHtml } from './html/render-html.js';
export { renderJson } from './json/render-json.js';
export { type JunitOptions, renderJunit } from './junit/render-junit.js';
export { type ComparisonMarkdownOptions, renderComparisonMarkdown } from './markdown/render-comparison.js';
export { type MarkdownOptions, renderMarkdown } from './markdown/render-markdown.js';
export { renderSarif, type SarifOptions } from './sarif/render-sarif.js';
export { parseReport } from './schema/parse-report.js';
export { reportJsonSchema } from './schema/report-json-schema.js';
export { reportSchema } from './schema/report-schema.js';
export { type ExitCodeOptions, exitCode } from './summary/exit-code.js';
export { reconciliationOf } from './summary/reconciliation.js';
export { type RunTotals, summarize } from './summary/summarize.js';

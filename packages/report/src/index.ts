export { describeCount, describeFinding, describeOtherFigures, describeResult } from './describe/describe-result.js';
export { renderJson } from './render/json.js';
export { parseReport } from './schema/parse-report.js';
export { reportJsonSchema } from './schema/report-json-schema.js';
export { reportSchema } from './schema/report-schema.js';
export { type ExitCodeOptions, exitCode } from './summary/exit-code.js';
export { reconciliationOf } from './summary/reconciliation.js';
export { type RunTotals, summarize } from './summary/summarize.js';

// What loads the SQL parser is here too: a browser should not have to carry it.
export { withOplog } from '../oplog/with-oplog.js';
export {
  type PipelineOptions,
  type PipelineResult,
  type PipelineStep,
  runPipeline,
  type StatementOutcome,
} from '../pipeline/run-pipeline.js';
export { lineageOfSql } from '../sql/lineage-of-sql.js';
export { type OpenedLineage, type OpenLineageOptions, openLineage } from './open-lineage.js';
export { pipelineSteps } from './pipeline-steps.js';
export { type SendOptions, sendEvents } from './send-events.js';
export { shownUrl } from './source-url.js';

export { type DebugQuestion, debug, type ExplainQuestion, explain, requireLineageAi } from './lineage-questions.js';
export { createPipeline } from './pipeline.js';
export type { BaselinePolicy, Pipeline, PipelineOptions, SeverityPolicy } from './pipeline-types.js';
export { newRunId } from './run-id.js';

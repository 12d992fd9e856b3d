export type {
  Citation,
  CitationStatus,
  Claim,
  DebugAnswer,
  DebugEvent,
  LineageExplanation,
  StopReason,
  ToolUse,
} from '@aegis/spec';
export { type DebugOptions, debugResult } from './debug/debug-result.js';
export { type ExplainOptions, explainLineage } from './explain/explain-lineage.js';
export type { AiAnswer, AiCallOptions, AiPrompt, AiProvider } from './provider/ai-provider.js';
export { type AiProviderOptions, createAiProvider, defaultAiModel } from './provider/create-ai-provider.js';
export type { ModelProviderOptions } from './provider/model-provider.js';
export type { ToolLimits } from './toolbox/limits.js';
export { LineageToolbox, type ListOptions, type ToolboxOptions } from './toolbox/lineage-toolbox.js';
export type {
  ColumnStats,
  GraphNode,
  GraphNodeKind,
  GraphNodes,
  Liveness,
  OperationSql,
  OperationsOf,
  QueryRows,
  RowTrace,
  SchemaColumn,
  TableSchema,
  TableStats,
  TracedRows,
  UpstreamTable,
  UpstreamTrace,
} from './toolbox/results.js';
export type { ToolError, ToolErrorKind, ToolResult } from './toolbox/tool-result.js';
export type { ToolAnswer, ToolDefinition } from './toolbox/tools.js';
export type { RowKey } from './toolbox/trace-row.js';

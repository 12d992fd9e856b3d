export type { Dialect, DialectStrategy } from './dialect.js';
export type {
  AuditReason,
  ConfigReason,
  ErrorDetails,
  GuardReason,
  LineageReason,
  ModelReason,
  PlanReason,
  RuleReason,
  WarehouseReason,
} from './errors.js';
export {
  AegisError,
  AuditError,
  ConfigError,
  GuardError,
  isAegisError,
  LanguageModelError,
  LineageError,
  PlanError,
  RuleError,
  WarehouseError,
} from './errors.js';
export type { RunEvent } from './events.js';
export type {
  AggregateExpression,
  AggregateFunction,
  ColumnExpression,
  CompareOperator,
  Expression,
  LiteralExpression,
  LiteralType,
  UserSqlExpression,
} from './expression.js';
export type { Cell, JsonObject, JsonValue, Row } from './json.js';
export type {
  LanguageModel,
  LanguageModelAdapter,
  ModelContext,
  ModelMessage,
  ModelRequest,
  ModelResponse,
  ModelTool,
  ModelUsage,
  ToolCall,
} from './language-model.js';
export type {
  LineageTrace,
  TracedColumn,
  TracedColumnEdge,
  TracedDataset,
  TracedOperation,
  TransformationSubtype,
  TransformationType,
} from './lineage.js';
export type {
  Citation,
  CitationStatus,
  Claim,
  DebugAnswer,
  DebugEvent,
  LineageExplanation,
  StopReason,
  ToolUse,
} from './lineage-answer.js';
export type { SourceLocation, TextPosition } from './location.js';
export { formatLocation } from './location.js';
export type {
  OperationChange,
  OperationColumn,
  OperationInput,
  OperationQuery,
  OperationRecord,
  OperationStore,
} from './operation.js';
export type {
  AuditPort,
  CheckpointStore,
  DecisionRecord,
  Failure,
  FailureContext,
  History,
  ImportAdapter,
  Lineage,
  Measurement,
  ModelCall,
  ModelSpend,
  Narrated,
  Narrator,
  NarratorSession,
  RunStart,
  StepRecord,
} from './ports.js';
export { measurementKey } from './ports.js';
export type { ReconciliationPair, Report, ReportSummary } from './report.js';
export type {
  Diagnosis,
  Evidence,
  FailedBy,
  Outcome,
  Remediation,
  ResultError,
  RootCause,
  RuleResult,
  Unit,
  Verification,
} from './result.js';
export { outcomes } from './result.js';
export type { Rule, RuleScope, RuleStatus, Severity, Threshold } from './rule.js';
export { severities } from './rule.js';
export type {
  Bucketed,
  Bucketing,
  BucketSelection,
  CanonicalColumn,
  CanonicalForm,
  ComparedColumns,
  ForeignKey,
  KeyPair,
  KnownKeys,
  Measure,
  RowPair,
  RowTest,
  ScopedRelation,
  SegmentDimension,
  Statement,
  StatementKind,
} from './statement.js';
export type {
  ColumnDescription,
  ColumnKind,
  ColumnStatistics,
  ColumnType,
  FileFormat,
  TableDescription,
  TableName,
  TableStatistics,
} from './table.js';
export type {
  AdapterContext,
  ExecuteResult,
  StatementEstimate,
  StatementOptions,
  StatementReport,
  Support,
  Warehouse,
  WarehouseAdapter,
  WarehouseCapabilities,
  WarehouseSnapshot,
} from './warehouse.js';

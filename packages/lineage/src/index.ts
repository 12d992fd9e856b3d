export { toDot } from './export/dot.js';
export { type GraphJson, graphToJson } from './export/graph-json.js';
export { toMermaid } from './export/mermaid.js';
export type { InputDataset, OpenLineageEvent } from './export/openlineage/event.js';
export { type ParentRun, type RunEventOptions, runFinished, runStarted } from './export/openlineage/run-events.js';
export { lineageTree, type TreeNode, type TreeOptions } from './export/tree.js';
export { GraphBuilder, type GraphOptions } from './graph/graph-builder.js';
export { columnImpact, type Impacted, type Reach } from './graph/impact.js';
export type { JoinedDataset } from './graph/join-datasets.js';
export type { LineageGraph, Reached, WalkOptions } from './graph/lineage-graph.js';
export type { ColumnEdgeFacts, DatasetFacts, OperationFacts, RunFacts } from './graph/observed.js';
export type { Resolution } from './graph/resolve-name.js';
export type {
  ColumnEdge,
  ColumnReference,
  DatasetColumn,
  DatasetKind,
  DatasetNode,
  ImportProblem,
  OperationKind,
  OperationNode,
  Origin,
  QualifiedName,
} from './graph/types.js';
export { parserNameOf } from './import/parser-names.js';
export { type DatasetName, locatedName, parseDatasetName, tableName } from './names/dataset-name.js';
export { type ImportOperationsOptions, importOperations } from './oplog/import.js';
export { memoryOperationStore } from './oplog/memory-store.js';
export type { Oplog } from './oplog/recorder.js';
export { type WarehouseStoreOptions, warehouseOperationStore } from './oplog/warehouse-store.js';
export type { OplogOptions, OplogWarehouse } from './oplog/with-oplog.js';
export { lineagePort } from './port/lineage-port.js';
export { type StatementText, splitStatements } from './sql/text/split-statements.js';
export { withoutRows } from './sql/text/without-rows.js';
export type {
  SchemaLookup,
  SqlColumnInput,
  SqlColumnLineage,
  SqlLineageOptions,
  SqlTableName,
  StatementLineage,
} from './sql/types.js';

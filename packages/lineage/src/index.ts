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
export type {
  SchemaLookup,
  SqlColumnInput,
  SqlColumnLineage,
  SqlLineageOptions,
  SqlTableName,
  StatementLineage,
} from './sql/types.js';

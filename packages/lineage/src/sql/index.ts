export { lineageOfSql } from './lineage-of-sql.js';
export type {
  SchemaLookup,
  SqlColumnInput,
  SqlColumnLineage,
  SqlLineageOptions,
  SqlTableName,
  StatementLineage,
} from './types.js';

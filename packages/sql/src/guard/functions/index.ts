export { bigqueryFunctions } from './bigquery.js';
export { databricksFunctions } from './databricks.js';
export { duckdbFunctions } from './duckdb.js';
export type { FunctionKind, FunctionList } from './function-list.js';
export { postgresFunctions } from './postgres.js';
export { whyRefused } from './refused.js';
export { trinoFunctions } from './trino.js';

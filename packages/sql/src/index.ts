export type { TypeNames } from './base-dialect.js';
export { BaseDialect } from './base-dialect.js';
export {
  abs,
  aggregate,
  and,
  compare,
  count,
  countAll,
  countDistinct,
  countIf,
  divide,
  isFiniteValue,
  isIn,
  isNan,
  isNull,
  literal,
  matches,
  minus,
  not,
  or,
  toDouble,
  trim,
} from './build.js';
export { athenaDialect, athenaDialectAt } from './dialects/athena.js';
export { bigqueryDialect, bigqueryDialectAt } from './dialects/bigquery.js';
export { databricksDialect, databricksDialectOf } from './dialects/databricks.js';
export { duckdbDialect } from './dialects/duckdb.js';
export type { DialectName } from './dialects/index.js';
export { builtInDialects } from './dialects/index.js';
export { postgresDialect } from './dialects/postgres.js';
export { trinoDialect, trinoDialectAt } from './dialects/trino.js';
export { parsePattern } from './pattern/parse.js';
export type { Pattern } from './pattern/tree.js';
export type { RowChange } from './row-change.js';
export { rowChangeSql } from './row-change.js';
export type { WrittenBounds } from './values/bounds.js';
export { aboveBound, belowBound, outsideRange } from './values/bounds.js';
export { currentDate, currentTimestampLiteral, instantMs } from './values/clock.js';
export { literalFor } from './values/literal-for.js';

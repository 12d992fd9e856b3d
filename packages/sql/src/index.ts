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
export { duckdbDialect } from './dialects/duckdb.js';
export { postgresDialect } from './dialects/postgres.js';
export { parsePattern } from './pattern/parse.js';
export type { Pattern } from './pattern/tree.js';
export type { WrittenBounds } from './values/bounds.js';
export { aboveBound, belowBound, outsideRange } from './values/bounds.js';
export { currentDate, currentTimestampLiteral } from './values/clock.js';
export { literalFor } from './values/literal-for.js';

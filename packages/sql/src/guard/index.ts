export { loadGuard, type SqlDialect, type SqlGuard } from './guard.js';
export type { GuardedExpression } from './guard-expression.js';
export type { GuardedFix } from './guard-fix.js';
export type { GuardedQuery } from './guard-query.js';
export type { GuardedRead, ReadScope } from './guard-read.js';
export { scopePlaceholder } from './scope-placeholder.js';
export type { TableParts } from './tree/tables.js';

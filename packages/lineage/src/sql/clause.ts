import { isNode, type SqlNode, type SqlValue } from '@aegis/sql/parse';
import { originOf } from './expression.js';
import { merged, type Origin, type RowOrigin, type Use, usedAs } from './field.js';
import type { Scope } from './scope.js';

/** What a condition or a key decides about whole rows; nothing where none is written. */
export const rowsOf = (node: SqlValue, use: Use, scope: Scope): readonly RowOrigin[] =>
  isNode(node) ? rowsFrom(node, use, originOf(node, scope)) : [];

/** One entry for an origin, unless it has nothing to tell. */
export const rowsFrom = (sql: SqlNode | string, use: Use, origin: Origin): readonly RowOrigin[] => {
  const { inputs, unresolved } = usedAs(merged([origin]), use);
  return inputs.length > 0 || unresolved !== undefined ? [{ sql, inputs, unresolved }] : [];
};

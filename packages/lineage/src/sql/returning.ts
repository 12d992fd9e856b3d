import { isFields, isNode, type SqlFields, type SqlNode, type SqlValue } from '@aegis/sql/parse';
import { selectColumns } from './columns.js';
import { identifierName } from './names.js';
import type { Relation } from './relation.js';
import type { Scope } from './scope.js';
import { targetTable } from './statements/target.js';

/** Rows that a change of a table hands on by RETURNING. The change itself is read as a statement of its own. */
export const readReturning = (node: SqlNode, fields: SqlFields, scope: Scope): Relation => {
  scope.reader.changes.push({ node, scope: { ...scope, relations: [], shared: [] } });
  const returned = Array.isArray(fields.returning) ? fields.returning.filter(isNode) : [];
  const target = targetTable(fields.table ?? tableIn(fields.this), identifierName(fields.alias), scope);
  return { name: [], columns: selectColumns(returned, { ...scope, relations: [target], shared: [] }), rows: [] };
};

const tableIn = (value: SqlValue): SqlValue => (isFields(value) ? value : undefined);

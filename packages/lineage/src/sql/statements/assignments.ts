import { isNode, nodeFields, nodeKind, type SqlNode, type SqlValue } from '@aegis/sql/parse';
import { fieldFrom } from '../columns.js';
import { originOf } from '../expression.js';
import type { Field } from '../field.js';
import { dottedName, identifierName } from '../names.js';
import type { Scope } from '../scope.js';

/** `a = x, b = y` inside a tuple, as a MERGE and ON CONFLICT have them. */
export const assignments = (tuple: SqlValue, scope: Scope): readonly Field[] => {
  if (!isNode(tuple)) return [];
  const { left, right, expressions } = nodeFields(tuple);
  if (nodeKind(tuple) === 'eq') return isNode(left) && isNode(right) ? [assigned(nameOf(left), right, scope)] : [];
  return Array.isArray(expressions) ? expressions.flatMap((each) => assignments(each, scope)) : [];
};

export const assigned = (name: string, value: SqlNode, scope: Scope): Field =>
  fieldFrom(name, value, originOf(value, scope));

const nameOf = (node: SqlNode): string => dottedName(node)?.at(-1) ?? identifierName(node) ?? '';

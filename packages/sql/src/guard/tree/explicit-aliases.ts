import { isFields, type SqlFields, type SqlNode, type SqlValue } from '../../parse/index.js';

/**
 * The tree with an `AS` before every alias of a relation. Some renderers leave it out, and then what the parser took for
 * a table and its alias could be a clause to the engine.
 */
export const withExplicitAliases = (node: SqlNode): SqlNode => mapFields(node) as SqlNode;

const mapFields = (fields: SqlFields): SqlFields =>
  Object.fromEntries(
    Object.entries(fields).map(([part, value]) => [part, part === 'alias_explicit_as' ? true : mapped(value)]),
  );

const mapped = (value: SqlValue): SqlValue => {
  if (Array.isArray(value)) return value.map(mapped);
  return isFields(value) ? mapFields(value) : value;
};

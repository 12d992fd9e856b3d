import { isFields, isNode, nodeFields, nodeKind, type SqlNode, type SqlValue } from '@aegis/sql/parse';
import type { SqlTableName } from './types.js';

/** The name that an identifier of the tree carries. */
export const identifierName = (identifier: SqlValue): string | undefined => {
  if (!isFields(identifier)) return undefined;
  const { name } = identifier.identifier && isFields(identifier.identifier) ? identifier.identifier : identifier;
  return typeof name === 'string' && name !== '' ? name : undefined;
};

export const identifierNames = (identifiers: SqlValue): readonly string[] =>
  Array.isArray(identifiers) ? identifiers.flatMap((identifier) => identifierName(identifier) ?? []) : [];

export const isQuoted = (identifier: SqlValue): boolean => isFields(identifier) && identifier.quoted === true;

/** BigQuery quotes whole names: `` `project.dataset.table` ``. */
export const tableNameOf = (table: SqlValue, parserName: string): SqlTableName => {
  if (!isFields(table)) return [];
  const names = [table.catalog, table.schema, table.name].flatMap((part) => identifierName(part) ?? []);
  return parserName === 'bigquery' ? names.flatMap((name) => name.split('.')) : names;
};

/** The table that a node names, where it is one. */
export const tableFieldsOf = (value: SqlValue): SqlValue => {
  if (!isFields(value)) return undefined;
  return isFields(value.table) && Object.keys(value).length === 1 ? value.table : value;
};

const fold = (name: string): string => name.toLowerCase();

export const isSameName = (one: string, other: string): boolean => fold(one) === fold(other);

/** Those named exactly so, else those that differ by case only. */
export const findNamed = <Named extends { readonly name: string }>(
  items: readonly Named[],
  name: string,
): readonly Named[] => {
  const exact = items.filter((item) => item.name === name);
  return exact.length > 0 ? exact : items.filter((item) => isSameName(item.name, name));
};

/** Whether a written name may mean a table: its last parts are equal. */
export const endsWith = (table: SqlTableName, written: readonly string[]): boolean =>
  written.length <= table.length &&
  written.every((part, index) => isSameName(part, table[table.length - written.length + index] ?? ''));

export const isSameTable = (one: SqlTableName, other: SqlTableName): boolean =>
  one.length === other.length && endsWith(one, other);

export const tableText = (table: SqlTableName): string => table.join('.');

/** `a.b.c` as `['a', 'b', 'c']`; `undefined` where something else than names is joined by dots. */
export const dottedName = (node: SqlNode): readonly string[] | undefined => {
  const fields = nodeFields(node);
  if (nodeKind(node) === 'column') return [fields.table, fields.name].flatMap((part) => identifierName(part) ?? []);
  const field = identifierName(fields.field);
  if (nodeKind(node) !== 'dot' || field === undefined || field === '*' || !isNode(fields.this)) return undefined;
  const before = dottedName(withoutBrackets(fields.this));
  return before && [...before, field];
};

const withoutBrackets = (node: SqlNode): SqlNode => {
  const { this: inside } = nodeFields(node);
  return nodeKind(node) === 'paren' && isNode(inside) ? withoutBrackets(inside) : node;
};

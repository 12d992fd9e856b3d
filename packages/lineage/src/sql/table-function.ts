import {
  childNodes,
  isNode,
  nodeFields,
  nodeKind,
  type SqlFields,
  type SqlNode,
  type SqlValue,
} from '@aegis/sql/parse';
import { baseTable } from './base-table.js';
import { rowsFrom } from './clause.js';
import { originOf } from './expression.js';
import { rowMakers } from './expression-kinds.js';
import { type Field, merged, nothing, type Origin, usedAs } from './field.js';
import { identifierName } from './names.js';
import { type ColumnPart, isOpen, type Relation } from './relation.js';
import { renamed } from './renamed.js';
import type { Scope } from './scope.js';
import { unknownColumns } from './star.js';

/** A function or a similar call in FROM. */
export const callRelation = (call: SqlNode, scope: Scope): Relation => {
  const fields = nodeFields(call);
  const kind = nodeKind(call);
  const name = (kind === 'function' ? String(fields.name) : kind).toLowerCase().replace(/ with ordinality$/, '');
  const parts = kind === 'function' ? listed(fields.args) : [...childNodes(fields)];
  if ((name === 'table' || name === 'lateral') && isNode(parts[0])) return callRelation(parts[0], scope);
  if (kind === 'unnest') return unnested(fields, call, scope);
  if (name === 'flatten') return flattened(parts, call, scope);
  if (rowMakers.has(name)) return counted(rowsMade(name, parts, call, scope), fields, call);
  if (readsFile.test(name)) return fileRelation(parts, scope, name);
  return computed(name, parts, call, scope);
};

const listed = (value: SqlValue): readonly SqlValue[] => (Array.isArray(value) ? value : []);

const originOfArguments = (parts: readonly SqlValue[], scope: Scope): Origin =>
  usedAs(merged(parts.map((part) => originOf(part, scope))), 'TRANSFORMATION');

/** Rows for each element: the list decides how many there are. */
export const unnested = (fields: SqlFields, node: SqlNode, scope: Scope): Relation => {
  const lists = [fields.this, ...listed(fields.expressions)].filter(isNode);
  const relation = rowsMade('unnest', lists, node, scope);
  const counter = identifierName(fields.offset_alias);
  const again = named(relation, identifierName(fields.alias), scope);
  return counter === undefined ? again : { ...again, columns: [...again.columns, madeField(counter, node)] };
};

/** `unnest(a, b) WITH ORDINALITY AS u (x, y, n)`: a column for each list, and one that counts. */
export const unnestedAs = (
  fields: SqlFields,
  node: SqlNode,
  alias: string | undefined,
  names: readonly string[],
  scope: Scope,
): Relation => {
  const lists = [fields.this, ...listed(fields.expressions)].filter(isNode);
  const relation = rowsMade('unnest', lists, node, scope);
  const counters = fields.with_ordinality === true ? names.slice(-1) : [];
  const elements = names.slice(0, names.length - counters.length);
  const isPaired = elements.length === lists.length;
  const columns = elements.map((name, index) =>
    madeField(name, node, isPaired ? originOfArguments([lists[index]], scope) : relation.value),
  );
  const value = relation.value && isPaired && lists.length > 1 ? undefined : relation.value;
  return {
    ...relation,
    name: alias === undefined ? [] : [alias],
    columns: [...columns, ...counters.map((name) => madeField(name, node))],
    value,
  };
};

/** An alias names the element too, where the engine lets it. */
export const named = (relation: Relation, alias: string | undefined, { reader }: Scope): Relation => {
  const isOne = relation.columns.length === 1 && elementAliases.has(reader.parserName);
  if (alias === undefined || !relation.value || !isOne) return renamed(relation, alias, []);
  const element = { name: alias, sql: alias, ...relation.value };
  const others = relation.columns.filter((part) => isOpen(part));
  return { ...relation, name: [alias], columns: [element, ...others] };
};

const elementAliases: ReadonlySet<string> = new Set(['postgresql', 'bigquery', 'duckdb']);

const madeField = (name: string, sql: SqlNode, origin: Origin = nothing): Field => ({ name, sql, ...origin });

/** Where the columns are not known by name, any of them is made of the arguments. */
const rowsMade = (name: string, parts: readonly SqlValue[], node: SqlNode, scope: Scope): Relation => {
  const value = originOfArguments(parts, scope);
  const names = elementNames(name, scope);
  const columns: readonly ColumnPart[] = names
    ? names.map((each) => madeField(each, node, value))
    : [{ of: name, lookup: (asked) => madeField(asked, node, value) }];
  return { name: [name], columns, rows: rowsFrom(node, 'JOIN', value), value };
};

const elementNames = (name: string, { reader }: Scope): readonly string[] | undefined => {
  if (reader.parserName !== 'postgresql' && reader.parserName !== 'duckdb') return undefined;
  if (/_each(_text)?$/.test(name)) return reader.parserName === 'duckdb' ? undefined : ['key', 'value'];
  return [/array_elements/.test(name) ? 'value' : name];
};

const counted = (relation: Relation, { name }: SqlFields, node: SqlNode): Relation =>
  / with ordinality$/i.test(String(name))
    ? { ...relation, columns: [...relation.columns, madeField('ordinality', node)] }
    : relation;

const flattenColumns = ['SEQ', 'KEY', 'PATH', 'INDEX', 'VALUE', 'THIS'];

const flattened = (parts: readonly SqlValue[], node: SqlNode, scope: Scope): Relation => {
  const value = originOfArguments(parts, scope);
  const columns = flattenColumns.map((name) => madeField(name, node, value));
  return { name: ['flatten'], columns, rows: rowsFrom(node, 'JOIN', value), value };
};

const readsFile = /^(read_\w+|parquet_scan|iceberg_scan|delta_scan|sniff_csv)$/;

const fileRelation = (parts: readonly SqlValue[], scope: Scope, name: string): Relation => {
  const [file] = parts.flatMap((part) => literalText(part) ?? []);
  return file === undefined
    ? computedUnknown(name)
    : { ...baseTable([file], scope.reader), name: [name], isTable: false };
};

/** The text of a string literal. */
export const literalText = (value: SqlValue): string | undefined => {
  if (!isNode(value) || nodeKind(value) !== 'literal') return undefined;
  const { literal_type: type, value: text } = nodeFields(value);
  return type === 'string' && typeof text === 'string' ? text : undefined;
};

const computedUnknown = (name: string): Relation => ({
  name: [name],
  columns: [unknownColumns(`the function ${name}`)],
  rows: [],
});

/** What an unknown function returns may depend on more than what it is given. */
const computed = (name: string, parts: readonly SqlValue[], node: SqlNode, scope: Scope): Relation => ({
  ...computedUnknown(name),
  rows: rowsFrom(node, 'JOIN', originOfArguments(parts, scope)),
});

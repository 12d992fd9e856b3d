import { isNode, nodeFields, nodeKind, type SqlNode } from '@aegis/sql/parse';
import { originOf } from './expression.js';
import type { Field, Origin } from './field.js';
import { dottedName, identifierName, identifierNames } from './names.js';
import { type ColumnPart, isOpen } from './relation.js';
import type { Scope } from './scope.js';
import { isStar, starColumns, unknownColumns } from './star.js';
import { unnamedColumn } from './unnamed-column.js';

/** The columns that a select list makes. Some engines let an expression use the aliases before it. */
export const selectColumns = (expressions: readonly SqlNode[], scope: Scope): readonly ColumnPart[] => {
  const columns: ColumnPart[] = [];
  const aliases: Field[] = [];
  const inside: Scope = usesAliases(scope)
    ? { ...scope, aliases: { fields: aliases, precedence: 'after-columns' } }
    : scope;
  for (const [index, expression] of expressions.entries()) {
    const made = columnsOf(expression, index, inside);
    columns.push(...made);
    if (nodeKind(expression) === 'alias') aliases.push(...made.filter((part): part is Field => !isOpen(part)));
  }
  return columns;
};

const withLateralAliases: ReadonlySet<string> = new Set(['duckdb', 'snowflake', 'databricks', 'spark', 'redshift']);

/** Whether a select list may use its own aliases further on. */
export const usesAliases = ({ reader }: Scope): boolean => withLateralAliases.has(reader.parserName);

const columnsOf = (expression: SqlNode, index: number, scope: Scope): readonly ColumnPart[] => {
  const { this: inner, alias, column_aliases } = nodeFields(expression);
  if (isStar(expression)) return starColumns(nodeFields(expression), scope, originOf);
  if (makesManyColumns(expression)) return [unknownColumns(scope.reader.render(expression))];
  if (nodeKind(expression) !== 'alias' || !isNode(inner)) return [fieldOf(undefined, expression, index, scope)];
  const names = identifierNames(column_aliases);
  if (names.length > 0) return names.map((name) => fieldOf(name, inner, index, scope));
  return [fieldOf(identifierName(alias), inner, index, scope)];
};

const manyColumns = /^(columns|inline|inline_outer|json_tuple|stack|posexplode|posexplode_outer)$/;

const makesManyColumns = (expression: SqlNode): boolean =>
  nodeKind(expression) === 'query_transform' ||
  (nodeKind(expression) === 'dot' && identifierName(nodeFields(expression).field) === '*') ||
  (nodeKind(expression) === 'function' && manyColumns.test(String(nodeFields(expression).name).toLowerCase()));

const fieldOf = (name: string | undefined, node: SqlNode, index: number, scope: Scope): Field =>
  name === undefined && dottedName(node) === undefined
    ? { ...fieldFrom(unnamedColumn(node, index, scope.reader), node, originOf(node, scope)), isUnnamed: true }
    : fieldFrom(name ?? dottedName(node)?.at(-1) ?? '', node, originOf(node, scope));

/** A column of this origin; one that is only passed on keeps the SQL that made it. */
export const fieldFrom = (name: string, node: SqlNode, origin: Field | Origin): Field => ({
  name,
  sql: 'sql' in origin ? origin.sql : node,
  inputs: origin.inputs,
  unresolved: origin.unresolved,
});

import { isFields, isNode, nodeFields, nodeKind, type SqlFields, type SqlNode, type SqlValue } from '@aegis/sql/parse';
import { baseTable } from './base-table.js';
import { emptyFrom, type From, joined, listOf, type ReadSource, scopeOf } from './from.js';
import { identifierName, identifierNames, tableNameOf } from './names.js';
import { asUnpivotClause, pivoted, unpivoted } from './pivot.js';
import type { Relation } from './relation.js';
import { renamed } from './renamed.js';
import type { Scope } from './scope.js';
import { starColumns, unknownColumns } from './star.js';
import { callRelation, named, unnested, unnestedAs } from './table-function.js';

/** Reads what stands after FROM or JOIN. */
export const readSource: ReadSource = (source, scope) => {
  const kind = nodeKind(source);
  const fields = nodeFields(source);
  if (kind === 'joined_table') return readJoined(fields, scope);
  if (kind === 'paren' && isNode(fields.this)) return readSource(fields.this, scope);
  const relation = relationOf(source, scope);
  return { relations: [{ ...relation, rows: [] }], shared: [], rows: relation.rows };
};

const readJoined = ({ left, joins, lateral_views, alias }: SqlFields, scope: Scope): From => {
  const from = withJoins(isNode(left) ? readSource(left, scope) : emptyFrom, joins, lateral_views, scope);
  const name = identifierName(alias);
  if (name === undefined) return from;
  const columns = starColumns({}, scopeOf(from, scope), () => ({ inputs: [] }));
  return { relations: [{ name: [name], columns, rows: [] }], shared: [], rows: from.rows };
};

/** FROM with its joins and lateral views. */
export const withJoins = (first: From, joins: SqlValue, views: SqlValue, scope: Scope): From => {
  const from = listOf(joins).reduce((left, join) => joined(left, join, scope, readSource), first);
  return listOf(views).reduce((left, view) => {
    const relation = renamed(
      readCall(view.this, scopeOf(left, scope)),
      identifierName(view.table_alias),
      identifierNames(view.column_aliases),
    );
    return {
      shared: left.shared,
      relations: [...left.relations, { ...relation, rows: [] }],
      rows: [...left.rows, ...relation.rows],
    };
  }, from);
};

const relationOf = (source: SqlNode, scope: Scope): Relation => {
  const read = readers[nodeKind(source)];
  return read ? read(nodeFields(source), scope, source) : readCall(source, scope);
};

const readCall = (call: SqlValue, scope: Scope): Relation =>
  isNode(call) ? callRelation(call, scope) : unknownRelation('a part of FROM');

const unknownRelation = (of: string): Relation => ({ name: [], columns: [unknownColumns(of)], rows: [] });

type ReadRelation = (fields: SqlFields, scope: Scope, node: SqlNode) => Relation;

const readTable: ReadRelation = (fields, scope) => {
  const written = tableNameOf(fields, scope.reader.parserName);
  const defined =
    written.length === 1 && !isFields(fields.schema) ? scope.ctes.get((written[0] ?? '').toLowerCase()) : undefined;
  const relation = defined ? { ...defined, name: written } : baseTable(written, scope.reader);
  return renamed(relation, identifierName(fields.alias), identifierNames(fields.column_aliases));
};

/** Sub-queries see what stands to their left only where they are lateral, in DuckDB always. */
const readSubquery: ReadRelation = ({ this: inner, lateral, alias, column_aliases }, scope) => {
  const isLateral = lateral === true || scope.reader.parserName === 'duckdb';
  const around = isLateral ? scope : { ...scope, relations: [], shared: [] };
  const relation = isNode(inner) ? scope.reader.readQuery(inner, around) : unknownRelation('a sub-query');
  return renamed({ ...relation, name: [] }, identifierName(alias), identifierNames(column_aliases));
};

const readAlias: ReadRelation = ({ this: inner, alias, column_aliases }, scope) => {
  const names = identifierNames(column_aliases);
  if (isNode(inner) && nodeKind(inner) === 'unnest' && names.length > 0) {
    return unnestedAs(nodeFields(inner), inner, identifierName(alias), names, scope);
  }
  const from = isNode(inner) ? readSource(inner, scope) : emptyFrom;
  const [relation, ...others] = from.relations;
  const one = relation && others.length === 0 ? { ...relation, rows: from.rows } : unknownRelation('a part of FROM');
  return names.length > 0 ? renamed(one, identifierName(alias), names) : named(one, identifierName(alias), scope);
};

const readLateral: ReadRelation = ({ this: inner, alias, column_aliases }, scope) => {
  const names = Array.isArray(column_aliases) ? column_aliases.filter((name) => typeof name === 'string') : [];
  return renamed(relationOf(inner as SqlNode, scope), typeof alias === 'string' ? alias : undefined, names);
};

const readQueryHere: ReadRelation = (_, scope, node) => scope.reader.readQuery(node, scope);

const readTyped: ReadRelation = ({ expressions }, scope) => {
  const [call, alias] = Array.isArray(expressions) ? expressions : [];
  const relation = readCall(call, scope);
  if (!isNode(alias)) return relation;
  const { this: name, columns } = nodeFields(alias);
  const names = (Array.isArray(columns) ? columns : []).flatMap((column) =>
    isNode(column) ? (identifierName(nodeFields(column).name) ?? []) : [],
  );
  return renamed(relation, identifierName(name), names);
};

const readers: { readonly [kind: string]: ReadRelation } = {
  table: readTable,
  subquery: readSubquery,
  alias: readAlias,
  lateral: readLateral,
  values: (fields, scope, node) =>
    renamed(scope.reader.readQuery(node, scope), identifierName(fields.alias), identifierNames(fields.column_aliases)),
  select: readQueryHere,
  union: readQueryHere,
  intersect: readQueryHere,
  except: readQueryHere,
  unnest: (fields, scope, node) => unnested(fields, node, scope),
  tuple: readTyped,
  pivot: (fields, scope, node) =>
    fields.unpivot === true
      ? unpivoted(asUnpivotClause(fields), node, scope, relationOf)
      : pivoted(fields, node, scope, relationOf),
  unpivot: (fields, scope, node) => unpivoted(fields, node, scope, relationOf),
};

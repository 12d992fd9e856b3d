import {
  isFields,
  isNode,
  nodeFields,
  nodeKind,
  type SqlFields,
  type SqlNode,
  type SqlValue,
  walk,
} from '@aegis/sql/parse';
import { rowsFrom, rowsOf } from './clause.js';
import { selectColumns, usesAliases } from './columns.js';
import { originOf } from './expression.js';
import { aggregateFunctions, aggregateKinds, queryKinds, rowMakers } from './expression-kinds.js';
import { type Field, type RowOrigin, type Use, usedAs } from './field.js';
import { beside, emptyFrom, type From, listOf, scopeOf } from './from.js';
import { identifierName } from './names.js';
import { type ColumnPart, closedFields, knownFields, originOfAll, type Relation } from './relation.js';
import type { Aliases, Scope } from './scope.js';
import { readSource, withJoins } from './source.js';

/** Reads one SELECT. Its common table expressions are in scope already. */
export const readSelect = (select: SqlFields, around: Scope): Relation => {
  const outside: Scope = { ...around, relations: [], shared: [], aliases: undefined, outer: outerOf(around) };
  const from = fromOf(select, outside);
  const inside: Scope = { ...scopeOf(from, outside), windows: windowsOf(select) };
  const expressions = nodes(select.expressions);
  const columns = selectColumns(expressions, inside);
  const clauses = clauseRows(select, { expressions, columns }, inside);
  return { name: [], columns, rows: [...from.rows, ...rowMakersIn(expressions, inside), ...clauses] };
};

const nodes = (value: SqlValue): readonly SqlNode[] => (Array.isArray(value) ? value.filter(isNode) : []);

const fromOf = ({ from, joins, lateral_views }: SqlFields, outside: Scope): From => {
  const sources = isFields(from) ? nodes(from.expressions) : [];
  const first = sources.reduce((left, source) => beside(left, readSource(source, scopeOf(left, outside))), emptyFrom);
  return withJoins(first, joins, lateral_views, outside);
};

/** A query inside another one may name the columns around it. */
const outerOf = (scope: Scope): Scope | undefined => (scope.relations.length > 0 ? scope : scope.outer);

const windowsOf = ({ windows }: SqlFields): ReadonlyMap<string, SqlFields> =>
  new Map(
    listOf(windows).flatMap(({ name, spec }) => {
      const key = identifierName(name)?.toLowerCase();
      return key !== undefined && isFields(spec) ? [[key, spec] as const] : [];
    }),
  );

interface SelectList {
  readonly expressions: readonly SqlNode[];
  readonly columns: readonly ColumnPart[];
}

const clauseRows = (select: SqlFields, list: SelectList, scope: Scope): readonly RowOrigin[] => {
  const fields = namedFields(list);
  const withAliases = (precedence: Aliases['precedence']): Scope => ({ ...scope, aliases: { fields, precedence } });
  const grouped = withAliases(scope.reader.parserName === 'bigquery' ? 'before-columns' : 'after-known-columns');
  const filtered = usesAliases(scope) ? withAliases('after-columns') : scope;
  return [
    ...conditionRows(select.where_clause, filtered),
    ...conditionRows(select.prewhere, filtered),
    ...nodes(select.connect).flatMap((node) => rowsOf(node, 'FILTER', scope)),
    ...groupRows(select.group_by, list, grouped),
    ...conditionRows(select.having, grouped),
    ...conditionRows(select.qualify, grouped),
    ...distinctRows(select, list, grouped),
    ...orderRows(select, list.columns, scope),
  ];
};

const namedFields = (list: Pick<SelectList, 'columns'>): readonly Field[] =>
  knownFields(list).filter(({ isUnnamed }) => !isUnnamed);

/** `WHERE a AND b` as one condition each. */
export const conditionRows = (clause: SqlValue, scope: Scope): readonly RowOrigin[] => {
  const condition = isFields(clause) && !isNode(clause) ? clause.this : clause;
  return isNode(condition) ? conjuncts(condition).flatMap((each) => rowsOf(each, 'FILTER', scope)) : [];
};

const conjuncts = (condition: SqlNode): readonly SqlNode[] => {
  const { left, right } = nodeFields(condition);
  return nodeKind(condition) === 'and' && isNode(left) && isNode(right)
    ? [...conjuncts(left), ...conjuncts(right)]
    : [condition];
};

const groupRows = (group: SqlValue, list: SelectList, scope: Scope): readonly RowOrigin[] => {
  if (!isFields(group)) return [];
  const all = isAll(group.all) ? list.expressions.filter((node) => !holdsAggregate(node)) : [];
  return [...nodes(group.expressions), ...all].flatMap((key) => keyRows(key, 'GROUP_BY', list.columns, scope));
};

const isAll = (all: SqlValue): boolean => all === true;

/** A key is an expression, or the position of a column in the select list. */
const keyRows = (key: SqlNode, use: Use, columns: readonly ColumnPart[], scope: Scope): readonly RowOrigin[] => {
  const field = fieldAt(key, columns);
  return field ? rowsFrom(field.sql, use, field) : rowsOf(unaliased(key), use, scope);
};

const unaliased = (node: SqlNode): SqlValue => (nodeKind(node) === 'alias' ? nodeFields(node).this : node);

const fieldAt = (key: SqlNode, columns: readonly ColumnPart[]): Field | undefined => {
  const { literal_type: type, value } = nodeFields(key);
  const isPosition = nodeKind(key) === 'literal' && type === 'number';
  return isPosition ? closedFields({ columns })?.[Number(value) - 1] : undefined;
};

const holdsAggregate = (node: SqlNode): boolean => {
  let isFound = false;
  walk(node, ({ kind, fields }) => {
    if (kind === 'window_function' || queryKinds.has(kind)) return 'skip';
    isFound ||=
      aggregateKinds.has(kind) || (kind === 'function' && aggregateFunctions.has(String(fields.name).toLowerCase()));
    return undefined;
  });
  return isFound;
};

/** Which rows are equal depends on every column. */
const distinctRows = (select: SqlFields, { columns }: SelectList, scope: Scope): readonly RowOrigin[] => {
  const keys = nodes(select.distinct_on);
  if (keys.length > 0) return keys.flatMap((key) => keyRows(key, 'GROUP_BY', columns, scope));
  return select.distinct === true ? rowsFrom('DISTINCT', 'GROUP_BY', originOfAll(columns)) : [];
};

const orderRows = (select: SqlFields, columns: readonly ColumnPart[], scope: Scope): readonly RowOrigin[] => {
  const parts = [select.order_by, select.sort_by, select.cluster_by, select.distribute_by];
  return parts.flatMap((part) => sortRows(part, columns, scope));
};

/** ORDER BY sees the names of the select list first where a name stands alone, else the columns. */
export const sortRows = (order: SqlValue, columns: readonly ColumnPart[], scope: Scope): readonly RowOrigin[] => {
  if (!isFields(order)) return [];
  const fields = namedFields({ columns });
  return listOf(order.expressions).flatMap((part) => {
    const key = isNode(part) ? part : part.this;
    if (!isNode(key)) return [];
    if (isOrderByAll(key)) return rowsFrom('ALL', 'SORT', originOfAll(columns));
    const precedence = nodeKind(key) === 'column' ? 'before-columns' : 'after-known-columns';
    return keyRows(key, 'SORT', columns, { ...scope, aliases: { fields, precedence } });
  });
};

const isOrderByAll = (key: SqlNode): boolean =>
  nodeKind(key) === 'column' &&
  identifierName(nodeFields(key).name)?.toLowerCase() === 'all' &&
  !isFields(nodeFields(key).table);

/** Functions of the select list that make several rows of one decide how many there are. */
const rowMakersIn = (expressions: readonly SqlNode[], scope: Scope): readonly RowOrigin[] =>
  expressions.flatMap((expression) => {
    const rows: RowOrigin[] = [];
    walk(expression, ({ kind, fields, node }) => {
      const name = kind === 'function' ? String(fields.name).toLowerCase() : kind;
      if (queryKinds.has(kind)) return 'skip';
      if (rowMakers.has(name)) rows.push(...rowsFrom(node, 'JOIN', usedAs(originOf(node, scope), 'JOIN')));
      return undefined;
    });
    return rows;
  });

import { isFields, isNode, nodeFields, nodeKind, type SqlFields, type SqlNode, type SqlValue } from '@aegis/sql/parse';
import { rowsFrom } from './clause.js';
import { originOf } from './expression.js';
import { type Field, isSameOrigin, merged, type Origin, type RowOrigin, unresolved, usedAs } from './field.js';
import { listOf } from './from.js';
import { identifierName, identifierNames, isSameName } from './names.js';
import {
  type ColumnPart,
  closedFields,
  isOpen,
  knownFields,
  openParts,
  originOfAll,
  type Relation,
} from './relation.js';
import { withNames } from './renamed.js';
import { readReturning } from './returning.js';
import type { Scope } from './scope.js';
import { readSelect, sortRows } from './select.js';
import { readSource } from './source.js';
import { unknownColumns } from './star.js';

/** Reads a query: what its columns are made of, and what decides about its rows. */
export const readQuery = (query: SqlNode, around: Scope): Relation => {
  const fields = nodeFields(query);
  const scope = withDefinitions(fields.with, around);
  const relation = readBody(nodeKind(query), fields, query, scope);
  return { ...relation, name: [] };
};

const readBody = (kind: string, fields: SqlFields, query: SqlNode, scope: Scope): Relation => {
  if (kind === 'select') return readSelect(fields, scope);
  if (kind === 'union' || kind === 'intersect' || kind === 'except') return readSetOperation(kind, fields, scope);
  if (kind === 'values') return readValues(fields, scope);
  if (kind === 'subquery' || kind === 'paren') return readNested(fields, scope);
  if (kind === 'insert' || kind === 'update' || kind === 'delete' || kind === 'merge')
    return readReturning(query, fields, scope);
  return sourceRelation(query, scope);
};

const sourceRelation = (query: SqlNode, scope: Scope): Relation => {
  const { relations, rows } = readSource(query, { ...scope, relations: [], shared: [] });
  const [relation] = relations;
  return relation ? { ...relation, rows } : { name: [], columns: [unknownColumns('a part of the query')], rows };
};

const readNested = ({ this: inner, order_by, column_aliases }: SqlFields, scope: Scope): Relation => {
  if (!isNode(inner)) return { name: [], columns: [unknownColumns('a sub-query')], rows: [] };
  const relation = readQuery(inner, scope);
  const names = identifierNames(column_aliases);
  const columns = names.length > 0 ? withNames(relation, names) : relation.columns;
  return { ...relation, columns, rows: [...relation.rows, ...outputSort(order_by, columns, scope)] };
};

/** ORDER BY of a whole query sees its output only. */
const outputSort = (order: SqlValue, columns: readonly ColumnPart[], scope: Scope): readonly RowOrigin[] =>
  sortRows(order, columns, { ...scope, relations: [{ name: [], columns, rows: [] }], shared: [] });

/** The scope with what WITH defines. */
export const withDefinitions = (definitions: SqlValue, scope: Scope): Scope => {
  if (!isFields(definitions)) return scope;
  return listOf(definitions.ctes).reduce(
    (before, definition) => define(definition, definitions.recursive === true, before),
    scope,
  );
};

const define = (definition: SqlFields, isRecursive: boolean, scope: Scope): Scope => {
  const name = identifierName(definition.alias);
  const { this: body } = definition;
  if (name === undefined || !isNode(body)) return scope;
  const names = identifierNames(definition.columns);
  const mayRecur = nodeKind(body) === 'union' && (isRecursive || recursesUnsaid.has(scope.reader.parserName));
  const relation = mayRecur ? readRecursive(name, names, body, scope) : listed(readQuery(body, scope), names);
  return withTable(name, relation, scope);
};

/** Engines in which a definition may name itself without RECURSIVE. */
const recursesUnsaid: ReadonlySet<string> = new Set(['snowflake', 'tsql', 'oracle']);

const withTable = (name: string, relation: Relation, scope: Scope): Scope => ({
  ...scope,
  ctes: new Map([...scope.ctes, [name.toLowerCase(), relation]]),
});

const listed = (relation: Relation, names: readonly string[]): Relation =>
  names.length > 0 ? { ...relation, columns: withNames(relation, names) } : relation;

/** Reads the part after UNION with what is known so far, until nothing new comes of it. */
const readRecursive = (name: string, names: readonly string[], body: SqlNode, scope: Scope): Relation => {
  const { left, right } = nodeFields(body);
  if (!isNode(left) || !isNode(right)) return listed(readQuery(body, scope), names);
  let known = listed(readQuery(left, scope), names);
  for (let round = 0; round < mostRounds; round += 1) {
    const next = listed(readQuery(body, withTable(name, { ...known, rows: [] }, scope)), names);
    if (hasSameColumns(known, next) && round > 0) return next;
    known = next;
  }
  return known;
};

/** Values move at most one column further in a round. */
const mostRounds = 50;

const hasSameColumns = (one: Relation, other: Relation): boolean => {
  const [before, after] = [knownFields(one), knownFields(other)];
  return before.length === after.length && before.every((field, index) => isSameOrigin(field, after[index] ?? field));
};

const readSetOperation = (kind: string, fields: SqlFields, scope: Scope): Relation => {
  const [left, right] = [fields.left, fields.right].map((side) => (isNode(side) ? readQuery(side, scope) : undefined));
  if (!left || !right) return { name: [], columns: [unknownColumns('a set operation')], rows: [] };
  const columns = kind === 'union' ? united(left, right, fields.by_name === true) : left.columns;
  const rows = [...left.rows, ...right.rows, ...comparedRows(kind, fields, left, right)];
  return { name: [], columns, rows: [...rows, ...outputSort(fields.order_by, columns, scope)] };
};

/** Which rows are left is decided by all columns, unless all rows are kept. */
const comparedRows = (kind: string, fields: SqlFields, left: Relation, right: Relation): readonly RowOrigin[] => {
  if (kind === 'union' && fields.all === true) return [];
  const all = merged([originOfAll(left.columns), originOfAll(right.columns)]);
  return kind === 'union' ? rowsFrom('UNION', 'GROUP_BY', all) : rowsFrom(kind.toUpperCase(), 'FILTER', all);
};

const united = (left: Relation, right: Relation, isByName: boolean): readonly ColumnPart[] => {
  if (isByName) return unitedByName(left, right);
  const [first, second] = [closedFields(left), closedFields(right)];
  if (first && second) return first.map((field, index) => bothFields(field, second[index]));
  return withUnknownSide(left, right);
};

const bothFields = (field: Field, other: Field | undefined): Field =>
  other ? { name: field.name, sql: field.sql, ...merged([field, other]) } : field;

const unitedByName = (left: Relation, right: Relation): readonly ColumnPart[] => {
  const others = knownFields(right);
  const mine = knownFields(left).map((field) =>
    bothFields(
      field,
      others.find(({ name }) => isSameName(name, field.name)),
    ),
  );
  const more = others.filter(({ name }) => !mine.some((field) => isSameName(field.name, name)));
  return [...mine, ...more, ...openParts(left), ...openParts(right)];
};

/** `SELECT * FROM a UNION ALL SELECT * FROM b`: which columns meet is not known where one side's are not. */
const withUnknownSide = (left: Relation, right: Relation): readonly ColumnPart[] => {
  const doubt = unresolved(
    `the columns of ${openNames(left, right)} are not known, so neither is what UNION puts under them`,
  );
  return left.columns.map((part): ColumnPart => {
    if (!isOpen(part)) return bothFields(part, { ...part, ...doubt, inputs: [] });
    return {
      of: part.of,
      lookup: (name) => {
        const field = part.lookup(name);
        return field && bothFields(field, { ...field, ...doubt, inputs: [] });
      },
    };
  });
};

const openNames = (...sides: readonly Relation[]): string =>
  [...new Set(sides.flatMap(openParts).map(({ of }) => of))].join(' and ');

const readValues = ({ expressions, column_aliases }: SqlFields, scope: Scope): Relation => {
  const rows = listOf(expressions).map((row) => (Array.isArray(row.expressions) ? row.expressions : []));
  const width = Math.max(0, ...rows.map((row) => row.length));
  const names = identifierNames(column_aliases);
  const columns = Array.from({ length: width }, (_, index): Field => {
    const values: readonly Origin[] = rows.map((row) => usedAs(originOf(row[index], scope), 'TRANSFORMATION'));
    return { name: names[index] ?? valuesName(index, scope), sql: 'VALUES', ...merged(values) };
  });
  return { name: [], columns, rows: [] };
};

const valuesName = (index: number, { reader }: Scope): string => {
  if (reader.parserName === 'duckdb') return `col${index}`;
  return reader.parserName === 'databricks' ? `col${index + 1}` : `column${index + 1}`;
};

import { isNode, nodeFields, nodeKind, type SqlFields, type SqlNode, type SqlValue } from '@aegis/sql/parse';
import { rowsFrom } from './clause.js';
import { originOf } from './expression.js';
import { type Field, merged, type Origin, usedAs } from './field.js';
import { dottedName, identifierName, identifierNames } from './names.js';
import { type ColumnPart, originOfAll, type Relation, withoutNames } from './relation.js';
import { renamed } from './renamed.js';
import type { Reader, Scope } from './scope.js';
import { literalText } from './table-function.js';
import { unnamedColumn } from './unnamed-column.js';

export type ReadRelation = (source: SqlNode, scope: Scope) => Relation;

/** Rows to columns: what is neither spread nor aggregated groups the rows. */
export const pivoted = (fields: SqlFields, node: SqlNode, scope: Scope, read: ReadRelation): Relation => {
  const source = read(asTable(fields.this as SqlNode), scope);
  const inside: Scope = { ...scope, relations: [source], shared: [] };
  const isClause = nodes(fields.fields).length > 0;
  const aggregates = nodes(isClause ? fields.expressions : fields.using);
  const keys = nodes(isClause ? fields.fields : fields.expressions);
  const rest = groupColumns(fields, [...aggregates, ...keys], source, inside);
  const columns = [...rest, ...spread(aggregates, keys, inside)];
  const rows = [...source.rows, ...rowsFrom(node, 'GROUP_BY', originOfAll(rest))];
  const relation = { name: source.name, columns, rows };
  return renamed(relation, identifierName(fields.alias), identifierNames(fields.alias_columns));
};

const nodes = (value: SqlValue): readonly SqlNode[] => (Array.isArray(value) ? value.filter(isNode) : []);

/** `PIVOT t ON …` gives the name of the table as a column. */
const asTable = (node: SqlNode): SqlNode => {
  const { name, table } = nodeFields(node);
  return nodeKind(node) === 'column' ? { table: { name, schema: table } } : node;
};

const groupColumns = (
  { group }: SqlFields,
  used: readonly SqlNode[],
  source: Relation,
  scope: Scope,
): readonly ColumnPart[] => {
  const listed = isNode(group) ? nodes(nodeFields(group).expressions) : [];
  if (listed.length === 0) return withoutNames(source.columns, used.flatMap(columnNames));
  return listed.map((node) => ({ name: dottedName(node)?.at(-1) ?? '', sql: node, ...originOf(node, scope) }));
};

/** The names of the columns inside an expression. */
const columnNames = (node: SqlNode): readonly string[] => {
  const own = dottedName(node)?.at(-1);
  return own === undefined ? childrenOf(node).flatMap(columnNames) : [own];
};

const childrenOf = (node: SqlNode): readonly SqlNode[] => nodesIn(nodeFields(node));

const nodesIn = (value: SqlValue): readonly SqlNode[] => {
  if (isNode(value)) return [value];
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(nodesIn) : [];
};

/** One column for each value and aggregate; columns of any name where the values are not listed. */
const spread = (aggregates: readonly SqlNode[], keys: readonly SqlNode[], scope: Scope): readonly ColumnPart[] => {
  const condition = usedAs(merged(keys.map((key) => originOf(keyOf(key), scope))), 'CONDITIONAL');
  const made = aggregates.map((sql) => ({ sql, origin: merged([originOf(sql, scope), condition]) }));
  const values = keys.flatMap(labelsOf);
  if (keys.length === 1 && values.length > 0 && made.length > 0) {
    return values.flatMap((value) =>
      made.map(({ sql, origin }) => ({ name: spreadName(value, sql, made.length, scope.reader), sql, ...origin })),
    );
  }
  const any = merged([condition, ...made.map(({ origin }) => origin)]);
  return [{ of: 'the pivot', lookup: (name) => ({ name, sql: aggregates[0] ?? 'count(*)', ...any }) }];
};

const keyOf = (key: SqlNode): SqlValue => (nodeKind(key) === 'in' ? nodeFields(key).this : key);

interface Label {
  readonly text: string;
  readonly isAlias: boolean;
}

const labelsOf = (key: SqlNode): readonly Label[] =>
  nodes(nodeFields(key).expressions).flatMap((value): readonly Label[] => {
    const { alias } = nodeFields(value);
    const name = nodeKind(value) === 'pivot_alias' ? textOf(alias) : undefined;
    if (name !== undefined) return [{ text: name, isAlias: true }];
    const literal = textOf(value);
    return literal === undefined ? [] : [{ text: literal, isAlias: false }];
  });

const textOf = (value: SqlValue): string | undefined => {
  if (!isNode(value)) return identifierName(value);
  return literalText(value) ?? dottedName(value)?.at(-1) ?? numberText(value);
};

const numberText = (value: SqlNode): string | undefined => {
  const { value: text } = nodeFields(value);
  return nodeKind(value) === 'literal' && typeof text === 'string' ? text : undefined;
};

/** Engines name such columns in their own ways. */
const spreadName = ({ text, isAlias }: Label, aggregate: SqlNode, aggregates: number, reader: Reader): string => {
  const alias = nodeKind(aggregate) === 'alias' ? identifierName(nodeFields(aggregate).alias) : undefined;
  if (reader.parserName === 'bigquery') return alias === undefined ? text : `${alias}_${text}`;
  if (reader.parserName === 'snowflake' && !isAlias) return `'${text}'`;
  const isAlone = aggregates === 1 && (alias === undefined || reader.parserName === 'databricks');
  return isAlone ? text : `${text}_${alias ?? unnamedColumn(aggregate, 0, reader)}`;
};

/** Columns to rows: the value comes from all of them, the name from none. */
export const unpivoted = (fields: SqlFields, node: SqlNode, scope: Scope, read: ReadRelation): Relation => {
  const source = read(fields.this as SqlNode, scope);
  const inside: Scope = { ...scope, relations: [source], shared: [] };
  const groups = nodes(fields.columns).map(groupOf);
  const names = [identifierName(fields.value_column) ?? 'value', ...identifierNames(fields.extra_value_columns)];
  const values = names.map((name, index) => valueField(name, groups, index, node, inside));
  const nameField: Field = { name: identifierName(fields.name_column) ?? 'name', sql: node, inputs: [] };
  const rest = withoutNames(source.columns, groups.flat().flatMap(columnNames));
  const made = scope.reader.parserName === 'bigquery' ? [...values, nameField] : [nameField, ...values];
  const rows = fields.include_nulls === true ? [] : rowsFrom(node, 'FILTER', merged(values));
  const relation = { name: source.name, columns: [...rest, ...made], rows: [...source.rows, ...rows] };
  return renamed(relation, identifierName(fields.alias), identifierNames(fields.alias_columns));
};

const groupOf = (column: SqlNode): readonly SqlNode[] => {
  const { this: inner, expressions } = nodeFields(column);
  if (nodeKind(column) === 'pivot_alias' && isNode(inner)) return groupOf(inner);
  return nodeKind(column) === 'tuple' ? nodes(expressions) : [column];
};

const valueField = (
  name: string,
  groups: readonly (readonly SqlNode[])[],
  index: number,
  node: SqlNode,
  scope: Scope,
): Field => ({ name, sql: node, ...valueOrigin(groups, index, scope) });

const valueOrigin = (groups: readonly (readonly SqlNode[])[], index: number, scope: Scope): Origin =>
  merged(groups.flatMap((group) => (group[index] ? [originOf(group[index], scope)] : [])));

/** `UNPIVOT t ON a, b INTO NAME n VALUE v` of DuckDB, in the form of the clause. */
export const asUnpivotClause = (fields: SqlFields): SqlFields => {
  const { this: name, expressions: values } = isNode(fields.into) ? nodeFields(fields.into) : {};
  return {
    this: asTable(fields.this as SqlNode) as SqlFields,
    columns: fields.expressions,
    name_column: { name: wordOf(name) ?? 'name' },
    value_column: { name: wordOf(nodes(values)[0]) ?? 'value' },
    include_nulls: fields.include_nulls,
    alias: fields.alias,
  };
};

const wordOf = (value: SqlValue): string | undefined => {
  if (!isNode(value)) return undefined;
  const { this: word } = nodeFields(value);
  return typeof word === 'string' ? word : undefined;
};

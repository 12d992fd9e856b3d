import { isNode, nodeFields, nodeKind, type SqlFields, type SqlNode, type SqlValue } from '@aegis/sql/parse';
import { rowsOf } from '../clause.js';
import { originOf } from '../expression.js';
import type { RowOrigin } from '../field.js';
import { beside, type From, scopeOf } from '../from.js';
import { dottedName, identifierName, tableNameOf } from '../names.js';
import { type ColumnPart, closedFields, type Relation } from '../relation.js';
import { withNames } from '../renamed.js';
import type { Scope } from '../scope.js';
import { readSource } from '../source.js';
import { starColumns, unknownColumns } from '../star.js';
import { assigned, assignments } from './assignments.js';
import type { Made } from './made.js';
import { targetTable } from './target.js';

interface Merging {
  readonly target: Relation;
  readonly source: From;
  /** Both sides are in scope. */
  readonly scope: Scope;
  readonly known: readonly string[] | undefined;
}

/** `MERGE`: what each branch sets, inserts or tests. */
export const readMerge = (fields: SqlFields, scope: Scope): readonly Made[] => {
  const table = isNode(fields.this) ? nodeFields(fields.this) : {};
  const output = tableNameOf(table, scope.reader.parserName);
  const outside: Scope = { ...scope, relations: [], shared: [] };
  const target = targetTable(table, undefined, scope);
  const source = isNode(fields.using) ? readSource(fields.using, outside) : { relations: [], shared: [], rows: [] };
  const both = beside({ relations: [target], shared: [], rows: [] }, source);
  const merging: Merging = { target, source, scope: scopeOf(both, scope), known: scope.reader.schema(output) };
  const whens = branches(fields.whens);
  const rows = [
    ...source.rows,
    ...rowsOf(fields.on, 'JOIN', merging.scope),
    ...whens.flatMap((when) => testRows(when, merging)),
  ];
  return [
    { kind: 'merge', output, columns: distinctParts(whens.flatMap((when) => branchColumns(when, merging))), rows },
  ];
};

const branches = (whens: SqlValue): readonly SqlFields[] => {
  const { expressions } = isNode(whens) ? nodeFields(whens) : {};
  return Array.isArray(expressions) ? expressions.filter(isNode).map(nodeFields) : [];
};

const testRows = ({ condition }: SqlFields, { scope }: Merging): readonly RowOrigin[] =>
  rowsOf(condition, 'FILTER', scope);

const branchColumns = ({ then }: SqlFields, merging: Merging): readonly ColumnPart[] => {
  if (!isNode(then) || nodeKind(then) !== 'tuple') return [];
  const { expressions } = nodeFields(then);
  const [verb, first, second] = Array.isArray(expressions) ? expressions : [];
  const word = isNode(verb) ? String(nodeFields(verb).this).toUpperCase() : '';
  if (word === 'UPDATE') return isStarNode(first) ? allColumns(merging) : assignments(first, merging.scope);
  return word === 'INSERT' ? insertColumns(first, second, merging) : [];
};

const isStarNode = (value: SqlValue): boolean => isNode(value) && nodeKind(value) === 'star';

/** `UPDATE SET *` and `INSERT *` take the columns of the source by name. */
const allColumns = ({ source, scope }: Merging): readonly ColumnPart[] =>
  starColumns({}, scopeOf(source, scope), originOf);

const insertColumns = (first: SqlValue, second: SqlValue, merging: Merging): readonly ColumnPart[] => {
  if (isStarNode(first)) return allColumns(merging);
  if (isRowWord(first)) return byPosition({ columns: allColumns(merging) }, merging);
  const values = listedNodes(second ?? first);
  if (second === undefined || second === null) {
    const columns = values.map((value, index) => assigned(`col${index}`, value, merging.scope));
    return byPosition({ columns }, merging);
  }
  const names = listedNodes(first).map((node) => dottedName(node)?.at(-1) ?? identifierName(node) ?? '');
  return values.flatMap((value, index) => {
    const name = names[index];
    return name === undefined ? [] : [assigned(name, value, merging.scope)];
  });
};

/** BigQuery's `INSERT ROW`. */
const isRowWord = (value: SqlValue): boolean =>
  isNode(value) && nodeKind(value) === 'var' && String(nodeFields(value).this).toUpperCase() === 'ROW';

const byPosition = (relation: Pick<Relation, 'columns'>, { known, target }: Merging): readonly ColumnPart[] =>
  known && closedFields(relation) ? withNames(relation, known) : [unknownColumns(target.name.join('.'))];

const listedNodes = (value: SqlValue): readonly SqlNode[] => {
  if (!isNode(value)) return [];
  const { expressions } = nodeFields(value);
  return Array.isArray(expressions) ? expressions.filter(isNode) : [value];
};

/** Branches often say the same of a column. */
const distinctParts = (parts: readonly ColumnPart[]): readonly ColumnPart[] => [
  ...new Map(parts.map((part) => [JSON.stringify(part), part])).values(),
];

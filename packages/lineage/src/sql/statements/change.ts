import { isFields, isNode, type SqlFields, type SqlNode, type SqlValue } from '@aegis/sql/parse';

import { beside, type From, scopeOf } from '../from.js';
import { identifierName, isSameName, tableFieldsOf, tableNameOf } from '../names.js';
import type { Relation } from '../relation.js';
import type { Scope } from '../scope.js';
import { conditionRows } from '../select.js';
import { readSource, withJoins } from '../source.js';
import { assigned } from './assignments.js';
import type { Made } from './made.js';
import { targetTable } from './target.js';

/** `UPDATE … SET … FROM …`: only the columns that are set are made. */
export const readUpdate = (fields: SqlFields, scope: Scope): readonly Made[] => {
  const target = targetTable(fields.table, undefined, scope);
  const sources = isFields(fields.from_clause) ? nodes(fields.from_clause.expressions) : [];
  const from = withSources(target, sources, [fields.table_joins, fields.from_joins], scope);
  const inside = scopeOf(from, scope);
  const pairs = Array.isArray(fields.set) ? fields.set.filter(Array.isArray) : [];
  const columns = pairs.flatMap(([name, value]) =>
    isNode(value) ? [assigned(columnName(identifierName(name) ?? '', target), value, inside)] : [],
  );
  const output = outputName(fields, scope);
  return [{ kind: 'update', output, columns, rows: [...from.rows, ...conditionRows(fields.where_clause, inside)] }];
};

const outputName = ({ table }: SqlFields, { reader }: Scope) => tableNameOf(tableFieldsOf(table), reader.parserName);

/** `t.a` names the column `a` of the table; `a.b` names a field of the column `a`. */
const columnName = (written: string, target: Relation): string => {
  const [first = '', ...others] = written.split('.');
  return others[0] !== undefined && isSameName(first, target.name.at(-1) ?? '') ? others[0] : first;
};

const nodes = (value: SqlValue): readonly SqlNode[] => (Array.isArray(value) ? value.filter(isNode) : []);

const withSources = (target: Relation, sources: readonly SqlNode[], joins: readonly SqlValue[], scope: Scope): From => {
  const start: From = { relations: [target], shared: [], rows: [] };
  const outside: Scope = { ...scope, relations: [], shared: [] };
  const from = sources.reduce((left, source) => beside(left, readSource(source, scopeOf(left, outside))), start);
  return joins.reduce<From>((left, more) => withJoins(left, more, [], outside), from);
};

/** `DELETE … USING …`: nothing is made, but conditions decide about the rows that stay. */
export const readDelete = (fields: SqlFields, scope: Scope): readonly Made[] => {
  const target = targetTable(fields.table, identifierName(fields.alias), scope);
  const using = Array.isArray(fields.using) ? fields.using.filter(isFields).map((table) => ({ table })) : [];
  const from = withSources(target, using, [fields.joins], scope);
  const inside = scopeOf(from, scope);
  const rows = [...from.rows, ...conditionRows(fields.where_clause, inside)];
  return [{ kind: 'delete', output: outputName(fields, scope), columns: [], rows }];
};

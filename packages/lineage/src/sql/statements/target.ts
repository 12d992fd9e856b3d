import { isFields, type SqlValue } from '@aegis/sql/parse';
import { baseTable } from '../base-table.js';
import { identifierName, tableFieldsOf, tableNameOf } from '../names.js';
import type { Relation } from '../relation.js';
import { renamed } from '../renamed.js';
import type { Scope } from '../scope.js';

/** The table that a statement changes. It counts as read only where one of its columns is. */
export const targetTable = (table: SqlValue, alias: string | undefined, scope: Scope): Relation => {
  const fields = tableFieldsOf(table);
  const name = tableNameOf(fields, scope.reader.parserName);
  const own = isFields(fields) ? identifierName(fields.alias) : undefined;
  return renamed(baseTable(name, { ...scope.reader, tables: [] }), alias ?? own, []);
};

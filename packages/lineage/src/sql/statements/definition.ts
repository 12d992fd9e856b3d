import { isFields, isNode, nodeFields, type SqlFields, type SqlValue } from '@aegis/sql/parse';
import { baseTable } from '../base-table.js';
import { listOf } from '../from.js';
import { isSameName, tableFieldsOf, tableNameOf } from '../names.js';
import type { Scope } from '../scope.js';
import type { SqlTableName } from '../types.js';
import { type Made, madeNothing } from './made.js';

const nameIn = (value: SqlValue, { reader }: Scope): SqlTableName =>
  tableNameOf(tableFieldsOf(value), reader.parserName);

export const readDropTables = ({ names }: SqlFields, scope: Scope): readonly Made[] =>
  listOf(names).map((name) => madeNothing('drop', nameIn(name, scope)));

export const readDropView = ({ name }: SqlFields, scope: Scope): readonly Made[] => [
  madeNothing('drop', nameIn(name, scope)),
];

export const readTruncate = ({ table, extra_tables }: SqlFields, scope: Scope): readonly Made[] =>
  [table, ...listOf(extra_tables)].map((each) =>
    madeNothing('delete', nameIn(isNode(each) ? nodeFields(each) : each, scope)),
  );

/** A new name takes every column along; other changes of a table make no values. */
export const readAlterTable = ({ name, actions }: SqlFields, scope: Scope): readonly Made[] => {
  const table = nameIn(name, scope);
  const renaming = listOf(actions).find((action) => 'RenameTable' in action);
  if (!renaming) return [madeNothing('alter', table)];
  const { columns } = baseTable(table, scope.reader);
  return [{ kind: 'rename', output: inSameSchema(nameIn(renaming.RenameTable, scope), table), columns, rows: [] }];
};

/** `ALTER TABLE a.b RENAME TO c` leaves the table in `a`. */
const inSameSchema = (renamed: SqlTableName, table: SqlTableName): SqlTableName =>
  renamed.length < table.length ? [...table.slice(0, table.length - renamed.length), ...renamed] : renamed;

/** The columns of a table after it was altered; `undefined` where they cannot be told. */
export const alteredColumns = (columns: readonly string[], { actions }: SqlFields): readonly string[] | undefined =>
  listOf(actions).reduce<readonly string[] | undefined>(
    (before, action) => before && afterAction(before, action),
    columns,
  );

const afterAction = (columns: readonly string[], action: SqlFields): readonly string[] | undefined => {
  const [[kind, details] = ['', undefined]] = Object.entries(action);
  if (!isFields(details)) return undefined;
  if (kind === 'AddColumn')
    return withAdded(columns, nameText(isFields(details.column) ? details.column.name : undefined));
  if (kind === 'DropColumn') return columns.filter((column) => !isSameName(column, nameText(details.name)));
  if (kind !== 'RenameColumn') return undefined;
  return columns.map((column) =>
    isSameName(column, nameText(details.old_name)) ? nameText(details.new_name) : column,
  );
};

const withAdded = (columns: readonly string[], name: string): readonly string[] =>
  name === '' ? columns : [...columns, name];

const nameText = (value: SqlValue): string => (isFields(value) && typeof value.name === 'string' ? value.name : '');

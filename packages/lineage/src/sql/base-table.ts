import { columnInput, type Field } from './field.js';
import { isSameTable, tableText } from './names.js';
import type { Relation } from './relation.js';
import type { Reader } from './scope.js';
import type { SqlTableName } from './types.js';

/** A table of the warehouse: its columns where they are known, else any column that is asked for. */
export const baseTable = (table: SqlTableName, reader: Reader): Relation => {
  noteTable(table, reader);
  const columnOf = (name: string): Field => ({ name, sql: name, inputs: [columnInput(table, name)] });
  const names = reader.schema(table);
  const columns = names ? names.map(columnOf) : [{ of: tableText(table), lookup: columnOf }];
  return { name: table, columns, rows: [], isTable: true };
};

export const noteTable = (table: SqlTableName, { tables }: Reader): void => {
  if (!tables.some((each) => isSameTable(each, table))) tables.push(table);
};

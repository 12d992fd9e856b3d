import type { Statement } from '@aegis/spec';
import type { BaseDialect } from '../base-dialect.js';
import { renderCondition } from '../expressions.js';
import { whereScope } from '../statements/relation.js';
import { rows } from '../statements/rows.js';

/**
 * Of a Parquet file, the places of the rows are found first, so that whole rows are read only from the row groups that hold
 * them. The condition is asked again, because a column of the file may be called as the place of a row is.
 */
export const duckdbRows = (statement: Extract<Statement, { kind: 'rows' }>, dialect: BaseDialect): string => {
  const { from, columns, condition, limit } = statement;
  const failing = condition && renderCondition(condition, dialect);
  const isParquet = from.table.kind === 'file' && from.table.format === 'parquet';
  if (!isParquet || columns || failing === undefined) return rows(statement, dialect);
  const where = whereScope(from, [`(${failing})`]);
  const file = `FROM ${dialect.tableName(from.table)}`;
  const places = `SELECT file_index AS aegis_file, file_row_number AS aegis_row ${file}${where} LIMIT ${limit}`;
  return (
    `SELECT * ${file} SEMI JOIN (${places}) AS aegis_places ` +
    `ON aegis_file = file_index AND aegis_row = file_row_number${where} LIMIT ${limit}`
  );
};

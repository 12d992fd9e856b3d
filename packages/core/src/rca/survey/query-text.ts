import type { ColumnDescription, Dialect, TableName } from '@aegis/spec';
import { BaseDialect } from '@aegis/sql';

/** A value in the text form that the engine gives it. */
export const asText = (sql: string, dialect: Dialect): string =>
  dialect instanceof BaseDialect ? dialect.asText(sql) : `CAST(${sql} AS VARCHAR)`;

export const asDouble = (sql: string, dialect: Dialect): string =>
  dialect instanceof BaseDialect ? dialect.asDouble(sql) : `CAST(${sql} AS DOUBLE PRECISION)`;

export const relation = (table: TableName, dialect: Dialect): string =>
  dialect instanceof BaseDialect ? dialect.relation(table) : dialect.tableName(table);

export const isTime = ({ type: { kind } }: ColumnDescription): boolean =>
  kind === 'date' || kind === 'timestamp' || kind === 'timestamptz';

export const isNumber = ({ type: { kind } }: ColumnDescription): boolean =>
  kind === 'integer' || kind === 'decimal' || kind === 'float';

/** Columns that people part rows by. */
export const isCategory = ({ type: { kind } }: ColumnDescription): boolean => kind === 'text' || kind === 'boolean';

import type { ColumnDescription, Dialect, TableName } from '@aegis/spec';
import { BaseDialect } from '@aegis/sql';

/** A value in the text form that the engine gives it. */
export const asText = (sql: string, dialect: Dialect): string =>
  dialect instanceof BaseDialect ? dialect.asText(sql) : `CAST(${sql} AS VARCHAR)`;

/** Values that people part rows by, as text that differs where its code points do. */
export const categoryText = ({ name, type }: ColumnDescription, dialect: Dialect): string => {
  const sql = dialect.quoteIdentifier(name);
  return dialect instanceof BaseDialect && type.kind === 'text' ? dialect.binaryText(sql, type) : asText(sql, dialect);
};

/** A sub-select whose columns are computed once a row. */
export const derived = (select: string, alias: string, dialect: Dialect): string =>
  dialect instanceof BaseDialect ? dialect.derived(select, alias) : `(${select}) AS ${alias}`;

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

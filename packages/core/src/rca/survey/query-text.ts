import type { ColumnDescription, ColumnType, Dialect, TableName } from '@aegis/spec';
import type { BaseDialect } from '@aegis/sql';

/** What the dialects of `@aegis/sql` say beyond the contract. An adapter has a copy of its own, so their class tells nothing. */
type Forms = Partial<Pick<BaseDialect, 'asText' | 'asDouble' | 'binaryText' | 'derived' | 'holdsNan' | 'relation'>>;

const formsOf = (dialect: Dialect): Dialect & Forms => dialect;

/** A value in the text form that the engine gives it. */
export const asText = (sql: string, dialect: Dialect): string =>
  formsOf(dialect).asText?.(sql) ?? `CAST(${sql} AS VARCHAR)`;

/** Values that people part rows by, as text that differs where its code points do. */
export const categoryText = ({ name, type }: ColumnDescription, dialect: Dialect): string => {
  const sql = dialect.quoteIdentifier(name);
  return (type.kind === 'text' && formsOf(dialect).binaryText?.(sql, type)) || asText(sql, dialect);
};

/** A sub-select whose columns are computed once a row. */
export const derived = (select: string, alias: string, dialect: Dialect): string =>
  formsOf(dialect).derived?.(select, alias) ?? `(${select}) AS ${alias}`;

export const asDouble = (sql: string, dialect: Dialect): string =>
  formsOf(dialect).asDouble?.(sql) ?? `CAST(${sql} AS DOUBLE PRECISION)`;

export const holdsNan = (type: ColumnType, dialect: Dialect): boolean =>
  formsOf(dialect).holdsNan?.(type) ?? type.kind === 'float';

export const relation = (table: TableName, dialect: Dialect): string =>
  formsOf(dialect).relation?.(table) ?? dialect.tableName(table);

export const isTime = ({ type: { kind } }: ColumnDescription): boolean =>
  kind === 'date' || kind === 'timestamp' || kind === 'timestamptz';

export const isNumber = ({ type: { kind } }: ColumnDescription): boolean =>
  kind === 'integer' || kind === 'decimal' || kind === 'float';

/** Columns that people part rows by. */
export const isCategory = ({ type: { kind } }: ColumnDescription): boolean => kind === 'text' || kind === 'boolean';

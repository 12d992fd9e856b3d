import type { CaseColumnType, CaseTable } from '@aegis/rules';
import type { Dialect, TableName } from '@aegis/spec';

/** The engine's name for each portable type. */
export type PortableTypes = { readonly [type in CaseColumnType]: string };

const standard: PortableTypes = {
  integer: 'INTEGER',
  bigint: 'BIGINT',
  'decimal(38,10)': 'DECIMAL(38,10)',
  double: 'DOUBLE PRECISION',
  text: 'TEXT',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  timestamptz: 'TIMESTAMP WITH TIME ZONE',
};

export interface SeedSqlOptions {
  /** Where the engine's type names are not the standard's. */
  readonly types?: Partial<PortableTypes>;
  /** Rows of one INSERT. Default 500. */
  readonly batchSize?: number;
}

/** The statements that make a table and fill it. */
export const seedSql = (
  dialect: Dialect,
  name: TableName,
  { columns, rows }: CaseTable,
  { types, batchSize = 500 }: SeedSqlOptions = {},
): readonly string[] => {
  const typeNames = { ...standard, ...types };
  const table = dialect.tableName(name);
  const declared = Object.entries(columns).map(
    ([column, type]) => `${dialect.quoteIdentifier(column)} ${typeNames[type]}`,
  );
  const columnTypes = Object.values(columns).map((type) => typeNames[type]);
  const tuples = rows.map(
    (row) => `(${row.map((cell, index) => constant(cell, columnTypes[index] ?? '', dialect)).join(', ')})`,
  );
  return [
    `CREATE TABLE ${table} (${declared.join(', ')})`,
    ...batches(tuples, batchSize).map((batch) => `INSERT INTO ${table} VALUES ${batch.join(', ')}`),
  ];
};

const constant = (cell: string | number | boolean | null, type: string, dialect: Dialect): string =>
  cell === null
    ? 'NULL'
    : `CAST(${dialect.expression({ kind: 'literal', type: 'text', value: String(cell) })} AS ${type})`;

const batches = (items: readonly string[], size: number): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

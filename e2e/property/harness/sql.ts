import type { Cell, Column, Predicate, Query, Table } from '../world.js';

export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const constant = (cell: Cell, { sqlType }: Column): string =>
  cell === null ? 'NULL' : `CAST(${text(cell)} AS ${sqlType})`;

/** The statements that make a table: with the rows that are deleted again first, then those that stay. */
export const seedStatements = (seeded: Table): readonly string[] => {
  const { name, columns, rows } = seeded;
  const deleted = hidesRowId(seeded) ? [] : seeded.deleted;
  const table = identifier(name);
  const insert = (tuples: Table['rows']) =>
    tuples.length === 0
      ? []
      : [`INSERT INTO ${table} VALUES ${tuples.map((row) => `(${tupleOf(row, columns)})`).join(', ')}`];
  const declared = columns.map((column) => `${identifier(column.name)} ${column.sqlType}`);
  return [
    `CREATE TABLE ${table} (${declared.join(', ')})`,
    ...insert([...deleted, ...rows]),
    ...(deleted.length === 0 ? [] : [`DELETE FROM ${table} WHERE rowid < ${deleted.length}`]),
  ];
};

/** Whether a column takes the name under which DuckDB numbers rows. */
const hidesRowId = ({ columns }: Table): boolean => columns.some(({ name }) => name.toLowerCase() === 'rowid');

const tupleOf = (row: readonly Cell[], columns: readonly Column[]): string =>
  columns.map((column, index) => constant(row[index] ?? null, column)).join(', ');

/** The condition as a user would write it. */
export const predicateSql = (predicate: Predicate, columns: readonly Column[]): string => {
  switch (predicate.kind) {
    case 'is_null':
      return `${identifier(predicate.column)} IS NULL`;
    case 'compare':
      return `${identifier(predicate.column)} ${predicate.operator} ${literalSql(predicate, columns)}`;
    case 'not':
      return `NOT (${predicateSql(predicate.operand, columns)})`;
    default:
      return `(${predicateSql(predicate.left, columns)}) ${predicate.kind} (${predicateSql(predicate.right, columns)})`;
  }
};

const literalSql = (
  { column, literal }: Extract<Predicate, { kind: 'compare' }>,
  columns: readonly Column[],
): string => {
  switch (columns.find(({ name }) => name === column)?.kind) {
    case 'text':
      return text(literal);
    case 'date':
      return `DATE ${text(literal)}`;
    case 'timestamp':
      return `TIMESTAMP ${text(literal)}`;
    case 'timestamptz':
      return `TIMESTAMPTZ ${text(`${literal}+00`)}`;
    default:
      return literal;
  }
};

export const querySql = (query: Query, columns: readonly Column[]): string =>
  query.kind === 'rows'
    ? `SELECT * FROM {table} WHERE ${predicateSql(query.having, columns)}`
    : `SELECT count(*) = ${query.count} FROM {table}`;

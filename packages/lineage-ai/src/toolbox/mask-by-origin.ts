import type { SqlColumnLineage, SqlTableName } from '@aegis/lineage';
import type { JsonValue, Row } from '@aegis/spec';
import type { LiveTable } from './located-table.js';
import type { Reader } from './reading.js';

/**
 * Masks the rows of a query by the columns that its own are made from: under another name, or cut and joined, a personal
 * value stays one. Counts of such values are none. Where a column's origin cannot be told, its texts are masked when
 * any table of the query has such a column.
 */
export const maskByOrigin = async (
  sql: string,
  tables: readonly LiveTable[],
  { warehouse, redactor }: Reader,
): Promise<(row: Row) => Row> => {
  const personal = (column: string): boolean => redactor.masksColumn(column);
  const suspect = tables.flatMap(({ description }) => description.columns.map(({ name }) => name)).find(personal);
  if (suspect === undefined) return (row) => redactor.row(row);
  const origins = await originsOf(sql, tables, warehouse.dialect.parserName);
  const cell = (column: string, value: JsonValue): JsonValue => {
    if (personal(column)) return redactor.cell(column, value);
    const made = origins.get(column.toLowerCase());
    const origin = made ? personalInput(made, personal) : isFigure(value) ? undefined : suspect;
    return redactor.cell(origin ?? column, value);
  };
  return (row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, cell(column, value)]));
};

const isFigure = (value: JsonValue): boolean => typeof value !== 'string' || /^-?[\d.]+$/.test(value);

/** Columns by their names in lower case; those that cannot be told are left out. */
const originsOf = async (
  sql: string,
  tables: readonly LiveTable[],
  parserName: string,
): Promise<ReadonlyMap<string, SqlColumnLineage>> => {
  const { lineageOfSql } = await import('@aegis/lineage/node');
  const [statement] = await lineageOfSql(sql, { parserName, schema: (name) => columnsOf(name, tables) });
  const told = (statement?.columns ?? []).flatMap((made) => keyed(made));
  return new Map(told);
};

const keyed = (made: SqlColumnLineage): readonly (readonly [string, SqlColumnLineage])[] =>
  made.column === null || made.unresolved !== undefined ? [] : [[made.column.toLowerCase(), made]];

const columnsOf = (name: SqlTableName, tables: readonly LiveTable[]): readonly string[] | undefined => {
  const key = name.join('.').toLowerCase();
  const found = tables.find(({ table }) => table.parts.join('.').toLowerCase() === key);
  return found?.description.columns.map((column) => column.name);
};

const personalInput = (
  { inputs, expression }: SqlColumnLineage,
  personal: (column: string) => boolean,
): string | undefined =>
  inputs
    .filter(({ type }) => type === 'DIRECT')
    .map(({ column }) => column)
    .find((column) => personal(column) && !isOnlyCounted(column, expression));

const isOnlyCounted = (column: string, expression: string): boolean => {
  const outside = expression.replace(/\bcount\s*\([^()]*\)/gi, ' ');
  return outside !== expression && !outside.toLowerCase().includes(column.toLowerCase());
};

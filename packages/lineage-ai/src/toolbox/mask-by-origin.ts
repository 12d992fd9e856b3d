import type { SqlColumnLineage, SqlTableName } from '@aegis/lineage';
import type { Redactor } from '@aegis/llm/redaction';
import type { JsonValue, Row } from '@aegis/spec';
import type { LiveTable } from './located-table.js';
import { isOnlyCounted } from './only-counted.js';
import { holdsPersonal, personalName } from './personal-columns.js';
import type { Reader } from './reading.js';

/**
 * Masks the rows of a query by the columns that its own are made from: under another name, or cut and joined, a personal
 * value stays one. Counts of such values are none. Where a column's origin cannot be told, all of it is masked when any table
 * of the query has such a column.
 */
export const maskByOrigin = async (
  sql: string,
  tables: readonly LiveTable[],
  { warehouse, redactor }: Reader,
): Promise<(row: Row) => Row> => {
  const suspect = personalName(tables, redactor);
  if (suspect === undefined) return (row) => redactor.row(row);
  const origins = await originsOf(sql, tables, warehouse.dialect.parserName);
  const maskOf = maskingWith({ suspect, tables, redactor });
  return (row) => {
    const names = Object.keys(row);
    const masks = names.map((name, index) => maskOf(name, originAt(index, names, origins)));
    return Object.fromEntries(Object.entries(row).map(([name, value], index) => [name, masks[index]?.(value) ?? null]));
  };
};

interface Masking {
  /** A personal column of some table of the query. */
  readonly suspect: string;
  readonly tables: readonly LiveTable[];
  readonly redactor: Redactor;
}

type Mask = (value: JsonValue) => JsonValue;

const maskingWith =
  ({ suspect, tables, redactor }: Masking) =>
  (name: string, made: SqlColumnLineage | undefined): Mask => {
    const as =
      (column: string): Mask =>
      (value) =>
        redactor.cell(column, value);
    if (redactor.masksColumn(name)) return as(name);
    if (!made) return as(suspect);
    const inputs = directInputs(made);
    const personal = inputs.find(({ column }) => redactor.masksColumn(column));
    if (personal) return isOnlyCounted(made.expression) ? as(name) : as(personal.column);
    const field = inputs
      .map(({ column }) => holdsPersonal(column, tables, redactor))
      .find((each) => each !== undefined);
    if (field === undefined || isOnlyCounted(made.expression)) return as(name);
    return (value) =>
      maskedInside(
        value,
        field,
        inputs.every(({ subtype }) => subtype === 'IDENTITY'),
        redactor,
      );
  };

const directInputs = ({ inputs }: SqlColumnLineage) => inputs.filter(({ type }) => type === 'DIRECT');

/** A value that has personal fields inside: by the names of the fields where it is whole, else all of it. */
const maskedInside = (value: JsonValue, field: string, isWhole: boolean, redactor: Redactor): JsonValue => {
  if (isList(value)) return value.map((item) => maskedInside(item, field, isWhole, redactor));
  const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const isTold = isWhole && names.some((name) => redactor.masksColumn(name));
  return isTold ? redactor.value(value) : redactor.cell(field, value);
};

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** In the order of the SELECT; `undefined` for what cannot be told. */
const originsOf = async (
  sql: string,
  tables: readonly LiveTable[],
  parserName: string,
): Promise<readonly (SqlColumnLineage | undefined)[]> => {
  const { lineageOfSql } = await import('@aegis/lineage/node');
  const [statement] = await lineageOfSql(sql, { parserName, schema: (name) => columnsOf(name, tables) });
  if (!statement?.outputColumns) return [];
  const made = statement.columns.slice(0, statement.outputColumns.length);
  return made.map((each) => (each.column === null || each.unresolved !== undefined ? undefined : each));
};

/** By place, since names may repeat; and by name, so that an answer in another order is not taken for this one. */
const originAt = (
  index: number,
  names: readonly string[],
  origins: readonly (SqlColumnLineage | undefined)[],
): SqlColumnLineage | undefined => {
  const made = origins.length === names.length ? origins[index] : undefined;
  return made && isNamedSo(names[index] ?? '', made.column ?? '') ? made : undefined;
};

/** A name that repeats ends in a number. A column without an alias is called by its SQL, which engines spell each in their way. */
const isNamedSo = (name: string, expected: string): boolean => {
  if (/\W/.test(name) && /\W/.test(expected)) return true;
  const rest = name.slice(expected.length);
  return name.slice(0, expected.length).toLowerCase() === expected.toLowerCase() && /^(?:_\d+)*$/.test(rest);
};

const columnsOf = (name: SqlTableName, tables: readonly LiveTable[]): readonly string[] | undefined => {
  const key = name.join('.').toLowerCase();
  const found = tables.find(({ table }) => table.parts.join('.').toLowerCase() === key);
  return found?.description.columns.map((column) => column.name);
};

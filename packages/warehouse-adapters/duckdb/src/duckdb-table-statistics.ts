import type {
  ColumnDescription,
  ColumnStatistics,
  ColumnType,
  StatementOptions,
  TableDescription,
  TableName,
  TableStatistics,
} from '@aegis/spec';
import { duckdbDialect } from '@aegis/sql';
import type { Session } from '@aegis/sql/transport';

/**
 * Exact row count, and per column whether it holds NULL and between which bounds, of a table; views have none.
 *
 * `stats()` prints what the optimiser itself relies on when it drops filters: a column without NULL is exact, and bounds
 * hold every value, though after deletes they may be wider than the values. `count(*)` without a filter adds up row
 * groups: 4 ms for 20 million rows, 40 ms when a third of them were deleted.
 */
export const tableStatistics = async (
  session: Session,
  description: TableDescription | undefined,
  options?: StatementOptions,
): Promise<TableStatistics | undefined> => {
  if (description?.kind !== 'table') return undefined;
  const columns = description.columns.filter(isWithinReach);
  const { rows } = await session.run(statisticsSql(description.table, columns), 1, options);
  const [rowCount, ...printed] = rows[0] ?? ['0'];
  const known = columns.map(({ name, type, nullable }, index): [string, ColumnStatistics] => [
    name,
    { ...(nullable === false && { nullCount: '0' }), ...readStats(String(printed[index]), type) },
  ]);
  return { rowCount: String(rowCount), columns: Object.fromEntries(known), source: 'table statistics' };
};

/** The dialect refuses to write names with control characters, so no rule can ask about such a column. */
const isWithinReach = ({ name }: ColumnDescription): boolean => !/\p{Cc}/u.test(name);

/** No row when the table is empty. */
const statisticsSql = (table: TableName, columns: readonly ColumnDescription[]): string => {
  const name = duckdbDialect.tableName(table);
  const stats = columns.map((column) => `stats(${duckdbDialect.quoteIdentifier(column.name)})`);
  return `SELECT ${[`(SELECT count(*) FROM ${name})`, ...stats].join(', ')} FROM ${name} LIMIT 1`;
};

/** E.g. `[Min: 0, Max: 99][Has Null: false, Has No Null: true][Approx Unique: 100]`. */
const readStats = (printed: string, type: ColumnType): ColumnStatistics => {
  const nulls = /\[Has Null: (true|false), Has No Null: (true|false)\](\[Approx Unique: \d+\])?$/.exec(printed);
  if (!nulls) return {};
  const [, hasNull, hasValue] = nulls;
  const bounds = /^\[Min: ([^,\]]+), Max: ([^,\]]+)\]/.exec(printed);
  const [min, max] = [boundText(bounds?.[1], type), boundText(bounds?.[2], type)];
  return {
    ...(hasNull === 'false' && !nested.has(type.kind) && { nullCount: '0' }),
    ...(hasValue === 'true' && min !== undefined && max !== undefined && { min, max }),
  };
};

/** Kinds whose NULLs have parts of their own. */
const nested: ReadonlySet<string> = new Set(['struct', 'array', 'other']);

const number = /^-?\d+(\.\d+)?$/;
const date = /^\d{4}-\d\d-\d\d$/;
const timestamp = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)$/;

/**
 * NaN sorts above every number, so it would be the upper bound that is printed. Bounds of texts are cut, and years of more
 * than four digits do not sort as text.
 */
const boundText = (printed: string | undefined, { kind, native }: ColumnType): string | undefined => {
  if (printed === undefined) return undefined;
  if (native === 'DOUBLE') return Number.isFinite(Number(printed)) ? printed : undefined;
  if (kind === 'integer' || kind === 'decimal') return number.test(printed) ? printed : undefined;
  if (kind === 'date') return date.test(printed) ? printed : undefined;
  if (kind === 'timestamp') return timestamp.test(printed) ? printed.replace(timestamp, '$1T$2') : undefined;
  return undefined;
};

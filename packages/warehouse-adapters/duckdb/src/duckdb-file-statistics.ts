import type { Cell, ColumnStatistics, StatementOptions, TableName, TableStatistics } from '@aegis/spec';
import { duckdbDialect } from '@aegis/sql';
import type { Session } from '@aegis/sql/transport';
import { text } from './duckdb-literals.js';

type File = Extract<TableName, { kind: 'file' }>;

/**
 * Exact figures from the footers of Parquet files: rows, NULLs, and bounds of the types whose bounds are exact. Bounds
 * of floats could hide NaN and those of text may be cut, so they are left out, as is everything nested.
 */
export const fileStatistics = async (
  session: Session,
  { path, format }: File,
  options?: StatementOptions,
): Promise<TableStatistics | undefined> => {
  if (format !== 'parquet') return undefined;
  const { rows } = await session.run(footersSql(path), 1, options);
  const [rowCount, schemas, schema, chunks] = rows[0] ?? [];
  if (typeof rowCount !== 'string') return undefined;
  // Files that disagree about their columns are matched up by the reader; only their rows can be added up here.
  const columns = schemas === '1' ? columnStatistics(list<SchemaNode>(schema), list<ColumnChunks>(chunks)) : {};
  return { rowCount, columns, source: 'parquet footer' };
};

/** One element of a Parquet schema, in depth-first order. */
interface SchemaNode {
  readonly name: string;
  readonly physical: string | null;
  readonly repetition: string | null;
  readonly children: string | null;
  readonly type: string | null;
}

/** What the chunks of one column say together; a bound is NULL unless every chunk with values has it. */
interface ColumnChunks {
  readonly id: string;
  readonly nulls: string | null;
  readonly number: Bounds;
  readonly date: Bounds;
  readonly timestamp: Bounds;
  readonly timestamptz: Bounds;
  /** Whether the folder names give the column its values instead: `/year=2026/`. */
  readonly in_path: boolean;
}

interface Bounds {
  readonly min: string | null;
  readonly max: string | null;
}

/** The struct types of {@link footersSql}, which the engine fills as they are written there. */
const list = <Item>(cell: Cell | undefined): readonly Item[] => (Array.isArray(cell) ? (cell as Item[]) : []);

const columnStatistics = (
  schema: readonly SchemaNode[],
  chunks: readonly ColumnChunks[],
): { readonly [column: string]: ColumnStatistics } => {
  const byId = new Map(chunks.map((column) => [Number(column.id), column]));
  const known = flatColumns(schema).map(({ id, node }): [string, ColumnStatistics] => {
    const column = byId.get(id);
    return [node.name, column === undefined || column.in_path ? {} : figures(node, column)];
  });
  return Object.fromEntries(known);
};

const figures = (node: SchemaNode, column: ColumnChunks): ColumnStatistics => {
  const { min, max } = boundsOf(node, column);
  return {
    ...(column.nulls !== null && { nullCount: column.nulls }),
    ...(min !== null && max !== null && { min, max }),
  };
};

const unbounded: Bounds = { min: null, max: null };

const boundsOf = ({ physical, type }: SchemaNode, column: ColumnChunks): Bounds => {
  // Writers disagree about the order of INT96; nanoseconds do not fit the type that timestamps are compared in.
  if (physical === 'INT96' || type === null || type === 'TIMESTAMP_NS') return unbounded;
  const { kind } = duckdbDialect.columnType(type);
  if (kind === 'integer' || kind === 'decimal') return column.number;
  if (kind === 'date') return fourDigitYears(column.date);
  if (kind === 'timestamp') return fourDigitYears(column.timestamp);
  return kind === 'timestamptz' ? fourDigitYears(column.timestamptz) : unbounded;
};

/** Other years, and infinities, do not sort as text. */
const fourDigitYears = (bounds: Bounds): Bounds =>
  [bounds.min, bounds.max].every((bound) => bound !== null && /^\d{4}-/.test(bound)) ? bounds : unbounded;

/** Columns directly under the root, with the number of their leaf: chunks are numbered by leaf. */
const flatColumns = (schema: readonly SchemaNode[]): readonly { readonly id: number; readonly node: SchemaNode }[] => {
  const columns: { id: number; node: SchemaNode }[] = [];
  const open: number[] = [];
  let leaf = 0;
  for (const node of schema) {
    const children = Number(node.children ?? 0);
    const isLeaf = open.length > 0 && children === 0;
    if (isLeaf && open.length === 1 && node.repetition !== 'REPEATED') columns.push({ id: leaf, node });
    if (isLeaf) leaf += 1;
    if (open.length > 0) open.push((open.pop() ?? 0) - 1);
    if (children > 0) open.push(children);
    while (open.at(-1) === 0) open.pop();
  }
  return columns;
};

/** One row; everything is added up by the engine, so ten thousand row groups cost no more to read than one. */
const footersSql = (path: string): string => {
  const file = text(path);
  return `
WITH chunks AS (
  SELECT column_id, stats_null_count AS nulls, row_group_num_rows AS rows,
    stats_min_value AS low, stats_max_value AS high,
    contains(file_name, '/' || path_in_schema || '=') AS in_path
  FROM parquet_metadata(${file})
), columns AS (
  SELECT column_id AS id,
    CASE WHEN count(*) = count(nulls) THEN sum(nulls) END AS nulls,
    ${boundsSql('number', (bound) => `TRY_CAST(replace(${bound}, '.', '') AS HUGEINT)`, byNumber)},
    ${boundsSql('date', (bound) => `TRY_CAST(${bound} AS DATE)`, byValue)},
    ${boundsSql('timestamp', (bound) => `TRY_CAST(${bound} AS TIMESTAMP)`, byValue)},
    ${boundsSql('timestamptz', (bound) => `TRY_CAST(${bound} AS TIMESTAMPTZ)`, byValue)},
    bool_or(in_path) AS in_path
  FROM chunks GROUP BY column_id
), schemas AS (
  SELECT list({'name': name, 'physical': type, 'repetition': repetition_type, 'children': num_children, 'type': duckdb_type}
    ORDER BY column_id) AS nodes
  FROM parquet_schema(${file}) GROUP BY file_name
)
SELECT
  (SELECT CAST(sum(num_rows) AS VARCHAR) FROM parquet_file_metadata(${file})),
  (SELECT count(DISTINCT nodes) FROM schemas),
  (SELECT any_value(nodes) FROM schemas),
  (SELECT list(columns) FROM columns)`;
};

type BoundSql = (bound: string) => string;
type PickSql = (function_: 'min' | 'max', bound: string, value: string) => string;

/** The text of a number, whose digits after the point are equally many in all chunks of a column. */
const byNumber: PickSql = (function_, bound, value) => `arg_${function_}(${bound}, ${value})`;
const byValue: PickSql = (function_, _bound, value) => `${function_}(${value})`;

/** Sound only if each chunk either has both bounds, readable as this type, or has no value. */
const boundsSql = (name: string, value: BoundSql, pick: PickSql): string => {
  const complete = `bool_and(${value('low')} IS NOT NULL AND ${value('high')} IS NOT NULL OR coalesce(nulls = rows, false))`;
  const [low, high] = [pick('min', 'low', value('low')), pick('max', 'high', value('high'))];
  return `CASE WHEN ${complete} THEN {'min': ${low}, 'max': ${high}} ELSE {'min': NULL, 'max': NULL} END AS ${name}`;
};

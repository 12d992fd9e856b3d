import type { ColumnDescription, ColumnKind, JsonValue, Measure, Row } from '@aegis/spec';
import { aggregate, count, countAll } from '@aegis/sql';
import type { LiveTable } from './located-table.js';
import { executed, type Reader } from './reading.js';
import type { ColumnStats, TableStats } from './results.js';

/** Kinds that every engine orders. */
const ordered: ReadonlySet<ColumnKind> = new Set([
  ...(['integer', 'decimal', 'float', 'text', 'date', 'time', 'timestamp', 'timestamptz'] as const),
]);

/** Rows, non-NULL values and bounds of every column, in as few statements as the dialect allows. @throws Refusal */
export const columnStats = async (live: LiveTable, written: string, reader: Reader): Promise<TableStats> => {
  const groups = groupsOf(live.description.columns, reader.warehouse.dialect.strategy.maxMeasures);
  const read = await Promise.all(groups.map((columns) => statsOf(columns, live, reader)));
  return { table: written, rows: read[0]?.rows ?? '0', columns: read.flatMap(({ columns }) => columns) };
};

/** Three measures a column, and one for the rows. */
const groupsOf = (
  columns: readonly ColumnDescription[],
  maxMeasures: number,
): readonly (readonly ColumnDescription[])[] => {
  const size = Math.max(1, Math.floor((maxMeasures - 1) / 3));
  const starts = Array.from({ length: Math.max(1, Math.ceil(columns.length / size)) }, (_, index) => index * size);
  return starts.map((start) => columns.slice(start, start + size));
};

const statsOf = async (
  columns: readonly ColumnDescription[],
  live: LiveTable,
  reader: Reader,
): Promise<Pick<TableStats, 'rows' | 'columns'>> => {
  const measures = [{ alias: 'm0', expression: countAll() }, ...columns.flatMap(measuresOf)];
  const sql = reader.warehouse.dialect.statement({ kind: 'aggregate', from: { table: live.table }, measures });
  const [row = {}] = await executed({ sql, tables: [live] }, 1, reader);
  return { rows: String(row.m0 ?? '0'), columns: columns.map((column, index) => told(column, index, row, reader)) };
};

const measuresOf = ({ name, type }: ColumnDescription, index: number): readonly Measure[] => {
  const operand = { kind: 'column', name, type } as const;
  const counted = { alias: `n${index}`, expression: count(operand) };
  if (!ordered.has(type.kind)) return [counted];
  return [
    counted,
    { alias: `low${index}`, expression: aggregate('min', operand) },
    { alias: `high${index}`, expression: aggregate('max', operand) },
  ];
};

const told = ({ name, type }: ColumnDescription, index: number, row: Row, { redactor }: Reader): ColumnStats => {
  const bound = (side: string): JsonValue => {
    const value = row[`${side}${index}`] ?? null;
    return isLong(value) ? `(${value.length} characters)` : redactor.cell(name, value);
  };
  return {
    ...{ name, type: type.native, nonNull: String(row[`n${index}`] ?? '0') },
    ...{ min: bound('low'), max: bound('high') },
  };
};

const longestBound = 1_000;

/** Cut, it could hold the half of what has to be masked. */
const isLong = (value: JsonValue): value is string => typeof value === 'string' && value.length > longestBound;

import { displayWidth, truncate } from './display-width.js';
import type { Paint } from './theme.js';

export interface Column {
  readonly header: string;
  readonly align?: 'left' | 'right';
  /** Columns that the text may be cut down to before a whole column is dropped. Default: all that it needs. */
  readonly comfortable?: number;
  /** The column with the highest number is dropped first. */
  readonly rank: number;
}

export interface Cell {
  readonly text: string;
  readonly paint?: Paint;
}

export interface TableStyle {
  readonly width: number;
  readonly indent: string;
  readonly ellipsis: string;
  readonly paintHeader: Paint;
}

export interface TableLayout {
  readonly lines: readonly string[];
  /** Headers of the columns that there was no room for. */
  readonly dropped: readonly string[];
}

const gap = '  ';

/** Lays out plain one-line cells in `style.width` columns: long texts are cut, then the least important columns dropped. */
export const layoutTable = (
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  style: TableStyle,
): TableLayout => {
  const sized = columns.map((column, index) => ({ ...column, index, natural: naturalWidth(column, index, rows) }));
  const room = style.width - displayWidth(style.indent);
  const kept = fitting(sized, room);
  const widths = shares(kept, room - gap.length * (kept.length - 1));
  const line = (cellOf: (column: SizedColumn) => Cell) =>
    style.indent + kept.map((column, at) => layoutCell(cellOf(column), column, widths[at] ?? 0, style)).join(gap);
  const body = rows.map((row) => line(({ index }) => row[index] ?? { text: '' }));
  return {
    lines: [line(({ header }) => ({ text: header, paint: style.paintHeader })), ...body].map((text) => text.trimEnd()),
    dropped: columns.filter((_, index) => !kept.some((column) => column.index === index)).map(({ header }) => header),
  };
};

interface SizedColumn extends Column {
  readonly index: number;
  readonly natural: number;
}

const naturalWidth = ({ header }: Column, index: number, rows: readonly (readonly Cell[])[]): number =>
  rows.reduce((widest, row) => Math.max(widest, displayWidth(row[index]?.text ?? '')), displayWidth(header));

const leastWidth = ({ natural, comfortable }: SizedColumn): number => Math.min(natural, comfortable ?? natural);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const fitting = (columns: readonly SizedColumn[], room: number): readonly SizedColumn[] => {
  const needed = sum(columns.map(leastWidth)) + gap.length * (columns.length - 1);
  if (needed <= room || columns.length <= 1) return columns;
  const last = columns.reduce((a, b) => (b.rank >= a.rank ? b : a));
  return fitting(
    columns.filter((column) => column !== last),
    room,
  );
};

/** Every column gets what it needs at least; what is left goes round, a column at a time, to those that want more. */
const shares = (columns: readonly SizedColumn[], room: number): number[] => {
  const widths = columns.map((column) => Math.min(leastWidth(column), room));
  let left = room - sum(widths);
  while (left > 0) {
    const hungry = columns.flatMap(({ natural }, at) => (natural > (widths[at] ?? 0) ? [at] : []));
    if (hungry.length === 0) break;
    for (const at of hungry.slice(0, left)) widths[at] = (widths[at] ?? 0) + 1;
    left -= Math.min(left, hungry.length);
  }
  return widths;
};

const layoutCell = ({ text, paint }: Cell, { align }: Column, width: number, { ellipsis }: TableStyle): string => {
  const cut = truncate(text, width, ellipsis);
  const space = ' '.repeat(Math.max(0, width - displayWidth(cut)));
  const painted = paint ? paint(cut) : cut;
  return align === 'right' ? space + painted : painted + space;
};

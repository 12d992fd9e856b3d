import type { Cell, ColumnExpression, Row, SegmentDimension } from '@aegis/spec';
import { isNull } from '@aegis/sql';
import type { Bounds } from './bounds.js';
import { isNumeric, isTemporal } from './candidate-columns.js';
import { type Cuts, constant, numericCuts, timeCuts } from './edges.js';

/** By what the rows of a table are parted, and how. */
export interface Dimension {
  readonly column: ColumnExpression;
  readonly spec: SegmentDimension;
  /** Present for ranges. */
  readonly cuts?: Cuts | undefined;
}

const mostValues = 30;
const mostListed = 12;

/** Few values are told apart one by one, of many those that failing rows share, and numbers and times by ranges. */
export const planDimensions = (
  columns: readonly ColumnExpression[],
  samples: readonly (readonly Row[])[],
  bounds: Bounds,
  timezone: string,
): readonly Dimension[] =>
  columns.flatMap((column) => dimensionsOf(column, samples, bounds.get(column.name), timezone));

/** Columns that are cut into ranges, so that their bounds are needed. */
export const rangedColumns = (
  columns: readonly ColumnExpression[],
  samples: readonly (readonly Row[])[],
): readonly ColumnExpression[] =>
  columns.filter((column) => isTemporal(column) || (isNumeric(column) && !hasFewValues(cellsOf(column, samples))));

const cellsOf = ({ name }: ColumnExpression, samples: readonly (readonly Row[])[]): readonly Cell[] =>
  samples.flatMap((rows) => rows.map((row) => row[name] ?? null));

/** Values that hardly repeat are no kinds of rows. */
const hasFewValues = (cells: readonly Cell[]): boolean => {
  const distinct = new Set(cells).size;
  return distinct <= mostValues && (distinct <= 5 || distinct <= cells.length / 2);
};

const dimensionsOf = (
  column: ColumnExpression,
  samples: readonly (readonly Row[])[],
  bounds: readonly [Cell, Cell] | undefined,
  timezone: string,
): readonly Dimension[] => {
  const cells = cellsOf(column, samples);
  if (isTemporal(column)) return ranged(column, bounds && timeCuts(column, bounds, timezone));
  if (column.type.kind !== 'float' && hasFewValues(cells)) return [{ column, spec: { by: 'value', column } }];
  const present = cells.filter((cell) => cell !== null);
  return [
    ...(isNumeric(column) ? ranged(column, bounds && numericCuts(column, bounds, present)) : nulls(column, cells)),
    ...(column.type.kind === 'float' ? [] : listed(column, samples)),
  ];
};

const ranged = (column: ColumnExpression, cuts: Cuts | undefined): readonly Dimension[] =>
  cuts && cuts.edges.length > 0 ? [{ column, cuts, spec: { by: 'range', column, edges: cuts.edges } }] : [];

const nulls = (column: ColumnExpression, cells: readonly Cell[]): readonly Dimension[] =>
  cells.includes(null) ? [{ column, spec: { by: 'condition', condition: isNull(column) } }] : [];

/** The values that several failing rows of a rule have. */
const listed = (column: ColumnExpression, samples: readonly (readonly Row[])[]): readonly Dimension[] => {
  const shared = new Set(samples.flatMap((rows) => sharedValues(rows.map((row) => row[column.name] ?? null))));
  const values = [...shared].flatMap((value) => constant(column, value) ?? []);
  return values.length === 0 ? [] : [{ column, spec: { by: 'listed', column, values } }];
};

const sharedValues = (cells: readonly Cell[]): readonly Cell[] =>
  frequencies(cells)
    .filter(({ value, times }) => value !== null && times > 1 && times >= cells.length * 0.04)
    .slice(0, mostListed)
    .map(({ value }) => value);

/** Values with how often they occur, the most frequent first. */
export const frequencies = (cells: readonly Cell[]): readonly { readonly value: Cell; readonly times: number }[] => {
  const counts = new Map<Cell, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return [...counts]
    .map(([value, times]) => ({ value, times }))
    .sort((left, right) => right.times - left.times || (String(left.value) < String(right.value) ? -1 : 1));
};

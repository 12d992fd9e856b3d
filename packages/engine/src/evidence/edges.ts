import { type Cell, type ColumnExpression, isAegisError, type LiteralExpression } from '@aegis/spec';
import { literalFor } from '@aegis/sql';

/** Where a column is cut into ranges, ascending; `tries` are the ranges that might be looked at. */
export interface Cuts {
  readonly edges: readonly LiteralExpression[];
  readonly tries: number;
  /** Of a temporal column. */
  readonly unit?: TimeUnit;
}

export type TimeUnit = 'hour' | 'day' | 'month' | 'year';

const evenParts = 16;
const mostTimes = 400;
const hourMs = 3_600_000;

/**
 * Round numbers between the bounds, evenly, and those around values that split the failing rows evenly. All lie on a grid of
 * at most 1,000 cells that the bounds decide, so that no range is tried which that grid does not have.
 */
export const numericCuts = (
  column: ColumnExpression,
  bounds: readonly [Cell, Cell],
  failing: readonly Cell[],
): Cuts | undefined => {
  const [least, most] = bounds.map(Number);
  if (least === undefined || most === undefined || !isUsable(least) || !isUsable(most) || least >= most)
    return undefined;
  const grid = gridOf(most - least, column.type.kind === 'integer');
  const multiples = [...evenly(least, most, grid), ...quantiles(failing).flatMap((value) => around(value, grid))];
  const ascending = [...new Set(multiples)].sort((left, right) => left - right);
  const inside = ascending.filter((multiple) => multiple * grid.unit > least && multiple * grid.unit <= most);
  const edges = inside.flatMap((multiple) => constant(column, (multiple * grid.unit).toFixed(grid.digits)) ?? []);
  const cells = Math.ceil((most - least) / grid.unit) + 1;
  return { edges, tries: (cells * (cells + 1)) / 2 };
};

const isUsable = (value: number): boolean => Number.isFinite(value) && Math.abs(value) < 1e15;

/** Cells of a power of ten, between a thousandth and a hundredth of the span. */
interface Grid {
  readonly unit: number;
  readonly digits: number;
}

const gridOf = (span: number, isWhole: boolean): Grid => {
  const exponent = Math.max(Math.floor(Math.log10(span)) - 2, isWhole ? 0 : -15);
  return { unit: 10 ** exponent, digits: Math.max(0, -exponent) };
};

/** Multiples of the unit that are about a sixteenth of the span apart. */
const evenly = (least: number, most: number, { unit }: Grid): readonly number[] => {
  const step = Math.max(1, Math.round((most - least) / unit / evenParts));
  const first = Math.ceil(least / unit / step);
  const count = Math.floor(most / unit / step) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => (first + index) * step);
};

const around = (value: number, { unit }: Grid): readonly number[] => {
  const below = Math.floor(value / unit + 1e-9);
  return [below, below + 1];
};

const quantiles = (failing: readonly Cell[]): readonly number[] => {
  const sorted = failing
    .map(Number)
    .filter(isUsable)
    .sort((left, right) => left - right);
  if (sorted.length === 0) return [];
  return Array.from({ length: evenParts + 1 }, (_, index) =>
    Number(sorted[Math.round((index * (sorted.length - 1)) / evenParts)]),
  );
};

/** Hours, days, months or years, the finest of which there are not too many between the bounds. */
export const timeCuts = (
  column: ColumnExpression,
  bounds: readonly [Cell, Cell],
  timezone: string,
): Cuts | undefined => {
  const [least, most] = bounds.map((bound) => Date.parse(zoned(String(bound))));
  if (least === undefined || most === undefined || !(least < most)) return undefined;
  const units =
    column.type.kind === 'date' ? (['day', 'month', 'year'] as const) : (['hour', 'day', 'month', 'year'] as const);
  const unit = units.find((candidate) => (most - least) / (lengthOf[candidate] * hourMs) <= limitOf[candidate]);
  if (unit === undefined) return undefined;
  const edges = startsOf(unit, least, most).flatMap((text) => constant(column, text, timezone) ?? []);
  return { edges, unit, tries: ((edges.length + 1) * (edges.length + 2)) / 2 };
};

const lengthOf = { hour: 1, day: 24, month: 730, year: 8766 };
const limitOf = { hour: 96, day: mostTimes, month: 240, year: mostTimes };

/** Cells without a zone are read as UTC: only their order and distance matter. */
const zoned = (text: string): string => {
  const iso = text.trim().replace(' ', 'T');
  return /[zZ]|[+-]\d{2}:?\d{2}$/.test(iso) || !iso.includes('T') ? iso : `${iso}Z`;
};

const startsOf = (unit: TimeUnit, least: number, most: number): readonly string[] => {
  const texts: string[] = [];
  for (let start = following(unit, new Date(least)); start.getTime() <= most; start = following(unit, start))
    texts.push(
      start
        .toISOString()
        .slice(0, unit === 'hour' ? 19 : 10)
        .replace('T', ' '),
    );
  return texts;
};

const following = (unit: TimeUnit, date: Date): Date => {
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (unit === 'year') return new Date(Date.UTC(year + 1, 0));
  if (unit === 'month') return new Date(Date.UTC(year, month + 1));
  const width = lengthOf[unit] * hourMs;
  return new Date((Math.floor(date.getTime() / width) + 1) * width);
};

/** A value as a constant of the column's type; `undefined` where it has none, e.g. NaN. */
export const constant = (column: ColumnExpression, value: Cell, timezone = 'UTC'): LiteralExpression | undefined => {
  try {
    return literalFor(column, String(value), timezone);
  } catch (error) {
    if (isAegisError(error)) return undefined;
    throw error;
  }
};

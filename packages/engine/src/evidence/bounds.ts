import type { Cell, ColumnExpression, Expression, Measure, Row } from '@aegis/spec';
import { aggregate, isFiniteValue } from '@aegis/sql';

/** Smallest and largest value of columns, by name. */
export type Bounds = ReadonlyMap<string, readonly [Cell, Cell]>;

/** `low0`, `high0`, `low1`, …, by the positions of the columns. */
export const boundMeasures = (columns: readonly ColumnExpression[]): readonly Measure[] =>
  measuresOf(columns, () => undefined);

/**
 * What the answer to these measures says. Where a bound is NaN or an infinity, the column is asked again for its finite
 * values: nearly all columns have no others, and engines know the bounds of all values sooner.
 */
export const finiteBounds = async (
  columns: readonly ColumnExpression[],
  row: Row,
  ask: (measures: readonly Measure[]) => Promise<readonly Row[]>,
): Promise<Bounds> => {
  const bounds = boundsIn(columns, row);
  const endless = columns.filter(({ name }) => bounds.get(name)?.some(isEndless));
  if (endless.length === 0) return bounds;
  const [again = {}] = await ask(measuresOf(endless, isFiniteValue));
  return new Map([...bounds, ...boundsIn(endless, again)]);
};

const measuresOf = (
  columns: readonly ColumnExpression[],
  filterOf: (column: ColumnExpression) => Expression | undefined,
): readonly Measure[] =>
  columns.flatMap((column, index) => [
    { alias: `low${index}`, expression: aggregate('min', column, filterOf(column)) },
    { alias: `high${index}`, expression: aggregate('max', column, filterOf(column)) },
  ]);

const boundsIn = (columns: readonly ColumnExpression[], row: Row): Bounds =>
  new Map(columns.map(({ name }, index) => [name, [row[`low${index}`] ?? null, row[`high${index}`] ?? null]]));

/** `NaN`, and infinities of numbers and of times. */
const isEndless = (bound: Cell): boolean => /^(NaN|-?Infinity)$/.test(String(bound));

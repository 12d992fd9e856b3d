import type { Cell, ColumnExpression, Expression, JsonObject } from '@aegis/spec';
import { and, compare, isNan, isNull, not } from '@aegis/sql';
import { type Cuts, constant } from './edges.js';
import { gain, riskRatio, type Split, tailProbability } from './tail-probability.js';

/** Rows that share a value or lie in a range. */
export interface Segment {
  readonly columns: readonly string[];
  readonly condition: Expression;
  /** As a person would say it, e.g. `country = 'DE'`. */
  readonly text: string;
  /**
   * By column: a value, or the first one of a range and the first one beyond it, NULL where it is open. As `text` writes them:
   * where values are masked, they are found in sentences by what stands here.
   */
  readonly values: JsonObject;
  /** How well a reader can tell the rows by it: values 0, times 1, ranges of numbers 2. */
  readonly obscurity: number;
}

/** A segment in which more rows fail than chance explains. */
export interface FoundSegment extends Segment {
  readonly split: Split;
  /** Probability of finding any such segment by chance, over all that were tried. */
  readonly chance: number;
  /** Segments of (nearly) the same rows. */
  readonly sameRows?: readonly Segment[];
}

/** Chance of reporting any segment of a rule whose failures have nothing to do with any column. */
export const level = 0.01;
const leastSupport = 0.1;
const leastRatio = 1.5;
const leastLift = 1.2;
const leastFailing = 3;

/** `tries`: how many segments like it there are to be tried. Values, ranges and pairs share the level. */
export const found = (segment: Segment, split: Split, tries: number): FoundSegment | undefined => {
  if (!isWorthTelling(split)) return undefined;
  const chance = tailProbability(split) * Math.max(1, tries) * 3;
  return chance <= level ? { ...segment, split, chance } : undefined;
};

/** However certain, a segment that holds few of the failures or nearly all rows helps nobody. */
export const isWorthTelling = (split: Split): boolean => {
  const { rows, failing, segmentRows, segmentFailing } = split;
  if (failing === 0 || segmentRows === 0 || segmentRows === rows) return false;
  const support = segmentFailing / failing;
  return (
    segmentFailing >= leastFailing &&
    support >= leastSupport &&
    support >= (leastLift * segmentRows) / rows &&
    riskRatio(split) >= leastRatio
  );
};

/** Rows that carry one value of a column. */
export const valueSegment = (column: ColumnExpression, value: Cell): Segment | undefined => {
  if (value === null) return nullSegment(column);
  if (String(value).length > longestValue) return undefined;
  const equal = constant(column, value);
  if (!equal) return undefined;
  return {
    columns: [column.name],
    condition: compare(column, '=', equal),
    text: `${column.name} = ${shownValue(column, value)}`,
    values: { [column.name]: value },
    obscurity: 0,
  };
};

export const nullSegment = (column: ColumnExpression): Segment => ({
  columns: [column.name],
  condition: isNull(column),
  text: `${column.name} is NULL`,
  values: { [column.name]: null },
  obscurity: 0,
});

/** Rows between two cuts of a column; of buckets `first` to `last`, where bucket 0 lies before the first cut. NaN is in none. */
export const rangeSegment = (column: ColumnExpression, { edges, unit }: Cuts, first: number, last: number): Segment => {
  const [from, to] = [edges[first - 1], edges[last]];
  const [start, end] = [from && shortTime(from.value), to && shortTime(to.value)];
  const below = to ? compare(column, '<', to) : not(isNan(column));
  const parts = [...(from ? [compare(column, '>=', from)] : []), below];
  return {
    columns: [column.name],
    condition: and(...parts),
    text: rangeText(column.name, start, end, unit !== undefined, first === last),
    values: { [column.name]: [start ?? null, end ?? null] },
    obscurity: unit === undefined ? 2 : 1,
  };
};

const rangeText = (
  name: string,
  start: string | undefined,
  end: string | undefined,
  isTime: boolean,
  isOne: boolean,
): string => {
  if (end === undefined) return isTime ? `${name} since ${start}` : `${name} >= ${start}`;
  if (start === undefined) return isTime ? `${name} before ${end}` : `${name} < ${end}`;
  return isTime && isOne && isDay(start, end) ? `${name} on ${start}` : `${name} from ${start} to before ${end}`;
};

/** Midnight goes without saying. */
const shortTime = (text: string): string => text.replace(/ 00:00:00Z?$/, '');

const isDay = (start: string, end: string): boolean =>
  start.length === 10 && end.length === 10 && Date.parse(end) - Date.parse(start) === 86_400_000;

/** The rows that two segments have in common. */
export const jointSegment = (left: Segment, right: Segment): Segment => ({
  columns: [...left.columns, ...right.columns],
  condition: and(left.condition, right.condition),
  text: `${left.text} and ${right.text}`,
  values: { ...left.values, ...right.values },
  obscurity: left.obscurity + right.obscurity,
});

/** Longer texts are no kinds of rows. */
const longestValue = 200;

export const shownValue = ({ type: { kind } }: Pick<ColumnExpression, 'type'>, value: Cell): string => {
  const text = String(value);
  if (kind === 'integer' || kind === 'decimal' || kind === 'float' || kind === 'boolean') return text;
  return `'${text.replaceAll("'", "''")}'`;
};

/** Of two segments, the one that explains more of the failures. */
export const byGain = (left: FoundSegment, right: FoundSegment): number =>
  gain(right.split) - gain(left.split) || left.obscurity - right.obscurity || (left.text < right.text ? -1 : 1);

import { addDays, daysBetween, weekdayOf } from './days.js';

/** Rows of one day. */
export interface DayCount {
  /** As `YYYY-MM-DD`. */
  readonly day: string;
  readonly rows: number;
}

/** How a table grows by days, and where it did not. */
export interface LoadDays {
  readonly first: string;
  readonly last: string;
  /** Of a day that has any, the middle one. */
  readonly typicalRows: number;
  /** Days between the first and the last that have no row although such days usually have. */
  readonly missing: readonly string[];
}

const shortestSpan = 5;
const longestPause = 7;

/** `undefined` where a table does not grow daily: too short, too sparse, or with pauses. */
export const loadDaysOf = (counts: readonly DayCount[]): LoadDays | undefined => {
  const run = longestRun([...counts].sort((a, b) => (a.day < b.day ? -1 : 1)));
  const [first, last] = [run[0]?.day, run.at(-1)?.day];
  if (first === undefined || last === undefined) return undefined;
  const span = daysBetween(first, last) + 1;
  if (span < shortestSpan || run.length < span * 0.6) return undefined;
  const present = new Set(run.map(({ day }) => day));
  const absent = Array.from({ length: span }, (_, offset) => addDays(first, offset)).filter((day) => !present.has(day));
  return {
    first,
    last,
    typicalRows: median(run.map(({ rows }) => rows)),
    missing: absent.filter(isUnusual(absent, span)),
  };
};

/** Days of which all but few weeks have one; a shop that is closed on Sundays misses nothing. */
const isUnusual = (absent: readonly string[], span: number) => (day: string) =>
  absent.filter((other) => weekdayOf(other) === weekdayOf(day)).length * 7 < span / 2 || absent.length === 1;

/** Days that follow each other without a long pause: default dates in another century are no days of loading. */
const longestRun = (counts: readonly DayCount[]): readonly DayCount[] => {
  const runs: DayCount[][] = [];
  for (const count of counts) {
    const before = runs.at(-1)?.at(-1);
    if (before && daysBetween(before.day, count.day) <= longestPause) runs.at(-1)?.push(count);
    else runs.push([count]);
  }
  return runs.sort((a, b) => b.length - a.length)[0] ?? [];
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

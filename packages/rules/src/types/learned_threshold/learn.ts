import type { Measurement } from '@aegis/spec';

/** The last value of each day in the zone, oldest day first. Runs without a value teach nothing. */
export const lastOfEachDay = (history: readonly Measurement[], timezone: string): readonly number[] => {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, dateStyle: 'short' });
  const byDay = new Map<string, number>();
  const ordered = history.toSorted((left, right) => Date.parse(left.measuredAt) - Date.parse(right.measuredAt));
  for (const { measuredAt, metric } of ordered) {
    if (metric !== null) byDay.set(day.format(new Date(measuredAt)), metric);
  }
  return [...byDay.values()];
};

/** `mean ± z · σ` with the sample deviation; equal values allow that value only, whatever rounding does to the mean. */
export const allowedRange = (values: readonly number[], z: number): { readonly low: number; readonly high: number } => {
  const [first = 0] = values;
  if (values.every((value) => value === first)) return { low: first, high: first };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (values.length - 1));
  return { low: mean - z * deviation, high: mean + z * deviation };
};

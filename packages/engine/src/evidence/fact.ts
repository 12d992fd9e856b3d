import type { Evidence } from '@aegis/spec';

/** Something found out about a failure; its id is given where facts are put together. */
export type Fact = Omit<Evidence, 'id'>;

/** `93 %`; small shares keep two digits that say something. */
export const percentText = (part: number, whole: number): string => {
  const percent = whole === 0 ? 0 : (100 * part) / whole;
  if (percent > 0 && percent < 0.01) return 'less than 0.01 %';
  if (percent > 99.9 && percent < 100) return 'more than 99.9 %';
  return `${percent >= 10 ? roundTo(percent, percent > 99 && percent < 100 ? 1 : 0) : Number(percent.toPrecision(2))} %`;
};

export const percentOf = (part: number, whole: number): number =>
  whole === 0 ? 0 : Number(((100 * part) / whole).toPrecision(6));

const roundTo = (value: number, digits: number): number => Number(value.toFixed(digits));

/** `1,204`. */
export const countText = (count: number): string => count.toLocaleString('en-US');

/** `1 row`, `1,204 rows`. */
export const counted = (count: number, noun: string): string => `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;

/** `a`, `a and b`, `a, b and c`. */
export const listText = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

/** `All 1,204 failing rows`, `812 of the 1,204 failing rows (67 %)`. */
export const failingText = (part: number, whole: number): string =>
  part === whole
    ? `All ${countText(whole)} failing rows`
    : `${countText(part)} of the ${countText(whole)} failing rows (${percentText(part, whole)})`;

/** `3,214 rows`, `1 row`; the noun takes a plain s. */
export const counted = (number: number, noun: string): string =>
  `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;

/** `a`, `a and b`, `a, b and c`. */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

export interface Bounds {
  readonly min: string;
  readonly max: string;
}

/** Finer steps than this are noise. */
const finest = -9;

/** The power of ten that gives a span two digits: -1 for 7, 1 for 940. */
const exponentOf = (span: number): number => Math.max(finest, Math.floor(Math.log10(span)) - 1);

/** A quarter of the span more on both sides, rounded outwards; what is never negative stays so, and what is whole, too. */
export const widened = (min: number, max: number, { isWhole = false } = {}): Bounds => {
  const span = max - min || Math.abs(max) || 1;
  const exponent = isWhole ? Math.max(0, exponentOf(span)) : exponentOf(span);
  const low = Math.floor(inSteps(min - span / 4, exponent));
  const high = Math.ceil(inSteps(max + span / 4, exponent));
  return {
    min: min >= 0 && low < 0 ? '0' : ofSteps(low, exponent),
    max: max <= 0 && high > 0 ? '0' : ofSteps(high, exponent),
  };
};

const inSteps = (value: number, exponent: number): number =>
  exponent < 0 ? value * 10 ** -exponent : value / 10 ** exponent;

/** Plain digits, without zeros that say nothing. */
const ofSteps = (steps: number, exponent: number): string => {
  if (steps === 0) return '0';
  if (exponent >= 0) return (steps * 10 ** exponent).toFixed(0);
  return (steps / 10 ** -exponent).toFixed(-exponent).replace(/\.?0+$/, '');
};

/** A whole number rounded down to two digits, so that a file does not pretend to be exact. */
export const roundedDown = (value: number): number => {
  if (value < 10) return Math.floor(value);
  const step = 10 ** exponentOf(value);
  return Math.floor(value / step) * step;
};

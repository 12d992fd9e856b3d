/** An exact number. The denominator is positive; fractions are not reduced. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const whole = (n: bigint | number): Rational => ({ n: BigInt(n), d: 1n });
export const zero = whole(0);

export const add = (a: Rational, b: Rational): Rational => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
export const subtract = (a: Rational, b: Rational): Rational => add(a, { n: -b.n, d: b.d });
export const multiply = (a: Rational, b: Rational): Rational => ({ n: a.n * b.n, d: a.d * b.d });
export const over = (a: Rational, divisor: bigint | number): Rational => ({ n: a.n, d: a.d * BigInt(divisor) });
export const absolute = ({ n, d }: Rational): Rational => ({ n: n < 0n ? -n : n, d });

/** Below 0, 0 or above 0. */
export const compare = (a: Rational, b: Rational): number => {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

export const sum = (numbers: readonly Rational[]): Rational => reduced(numbers.reduce(add, zero));

/** Lowest terms: one text for one number. */
export const reduced = ({ n, d }: Rational): Rational => {
  const divisor = greatestCommonDivisor(n < 0n ? -n : n, d);
  return { n: n / divisor, d: d / divisor };
};

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestCommonDivisor(b, a % b));

const decimalForm = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i;

/** Exactly what the digits say; `undefined` for what is no number. */
export const parseDecimal = (text: string): Rational | undefined => {
  const [, sign, integer = '', fraction = '', exponent = '0'] = decimalForm.exec(text.trim()) ?? [];
  if (sign === undefined || integer + fraction === '') return undefined;
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(`${sign}${integer}${fraction}`.replace('+', ''));
  return scale >= 0 ? { n: digits, d: 10n ** BigInt(scale) } : whole(digits * 10n ** BigInt(-scale));
};

/** The exact value of a finite double. */
export const ofDouble = (value: number): Rational => {
  let [mantissa, exponent] = [value, 0];
  while (!Number.isInteger(mantissa)) [mantissa, exponent] = [mantissa * 2, exponent + 1];
  return reduced({ n: BigInt(mantissa), d: 2n ** BigInt(exponent) });
};

/** Near enough for sizing a tolerance; never for judging. Infinite beyond the largest double. */
export const approximate = ({ n, d }: Rational): number => {
  const shift = Math.max(0, 64 + bits(d) - bits(n));
  const half = Math.floor(shift / 2);
  return Number((n << BigInt(shift)) / d) / 2 ** half / 2 ** (shift - half);
};

const bits = (n: bigint): number => n.toString(2).replace('-', '').length;

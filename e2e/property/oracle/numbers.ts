import type { Column } from '../world.js';
import {
  absolute,
  approximate,
  compare,
  multiply,
  over,
  type Rational,
  subtract,
  sum,
  whole,
  zero,
} from './rational.js';
import { columnNamed, type Found, type Relation, valuesIn } from './relation.js';
import { exactOf, isFiniteValue } from './value.js';

/** The numbers of a column, and how well an engine can compute with them. */
export interface Numbers {
  readonly rows: number;
  readonly nonNull: number;
  readonly nonFinite: number;
  readonly finite: readonly Rational[];
  readonly sum: Figure;
  /** The standard deviation, and whatever else squares. */
  readonly spread: Figure;
}

/** How an engine comes to a figure. */
interface Figure {
  /** How far it may be off; 0 where it is exact. */
  readonly blur: Rational;
  /** Whether it may lie beyond the engine's widest number, so that the engine may give up. */
  readonly mayOverflow: boolean;
}

const numbersIn = (scope: Relation, found: Found): Numbers => {
  const values = valuesIn(scope, found);
  const finite = values.filter(isFiniteValue).map(exactOf);
  const total = sum(finite.map(absolute));
  return {
    rows: scope.rows.length,
    nonNull: values.length,
    nonFinite: values.length - finite.length,
    finite,
    sum: sumOf(total, finite.length, found.column),
    spread: { blur: rounding(total, finite.length), mayOverflow: !Number.isFinite(approximate(total) ** 2 * 2) },
  };
};

export const numbersNamed = (scope: Relation, name: string): Numbers =>
  numbersIn(scope, columnNamed(scope, name, 'numeric'));

/** Doubles end at 1.8e308, exact numbers after 38 digits, those behind the point included. */
const sumOf = (total: Rational, count: number, { kind, sqlType }: Column): Figure => {
  if (kind === 'float') return { blur: rounding(total, count), mayOverflow: !Number.isFinite(approximate(total) * 2) };
  const scale = /,(\d+)\)/.exec(sqlType)?.[1] ?? '0';
  return { blur: zero, mayOverflow: compare(total, over(whole(10n ** 38n), 10n ** BigInt(scale))) >= 0 };
};

/** Generous: every one of a few operations per number loses the last bits of the largest. */
const rounding = (total: Rational, count: number): Rational =>
  multiply(total, { n: BigInt(64 * (count + 1)), d: 2n ** 53n });

/** Population variance times the number of values. */
export const squaredDistances = (numbers: readonly Rational[]): Rational => {
  const mean = over(sum(numbers), numbers.length || 1);
  return sum(numbers.map((each) => subtract(each, mean)).map((distance) => multiply(distance, distance)));
};

/** Whether `larger >= smaller`; `undefined` when rounding decides. */
export const atLeast = (larger: Rational, smaller: Rational, blur: Rational): boolean | undefined => {
  const difference = subtract(larger, smaller);
  if (compare(blur, zero) > 0 && compare(absolute(difference), blur) <= 0) return undefined;
  return compare(difference, zero) >= 0;
};

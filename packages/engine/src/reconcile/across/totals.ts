import type { AggregateExpression, Cell, ColumnExpression, ComparedColumns, Row, Statement } from '@aegis/spec';
import { aggregate, and, countAll, countIf, isNull, not } from '@aegis/sql';
import { type Comparison, formOfRanges, type Side } from '../comparison.js';
import { floorDivide, nanosecondsOf } from '../nanoseconds.js';
import { type Both, relationOf } from './two-sides.js';

/** What one side holds: rows, those of them with complete keys, and where its first key begins and ends. */
export interface Totals {
  readonly rows: number;
  readonly complete: number;
  readonly span?: Span | undefined;
}

/** The first key as a position: an integer, or microseconds since 1970. */
export interface Span {
  readonly low: bigint;
  readonly high: bigint;
}

export const totalsStatement = (comparison: Comparison, side: Side): Statement => {
  const keys = comparison.keys.map((pair) => pair[side]);
  const bounds = formOfRanges(comparison) ? boundsOf(keys) : [];
  return {
    kind: 'aggregate',
    from: relationOf(comparison, side),
    measures: [countAll(), countIf(and(...keys.map((key) => not(isNull(key))))), ...bounds].map(
      (expression, index) => ({
        alias: `m${index}`,
        expression,
      }),
    ),
  };
};

const boundsOf = ([first]: readonly ColumnExpression[]): readonly AggregateExpression[] =>
  first ? [aggregate('min', first), aggregate('max', first)] : [];

export const totalsOf = ({ m0, m1, m2, m3 }: Row, comparison: Comparison): Totals => ({
  rows: Number(m0),
  complete: Number(m1),
  span: spanOf(m2, m3, formOfRanges(comparison)),
});

const spanOf = (
  min: Cell | undefined,
  max: Cell | undefined,
  form: ComparedColumns['form'] | undefined,
): Span | undefined => {
  const [low, high] = [positionOf(min, form), positionOf(max, form)];
  return low === undefined || high === undefined ? undefined : { low, high };
};

const positionOf = (cell: Cell | undefined, form: ComparedColumns['form'] | undefined): bigint | undefined => {
  if (form === undefined || cell === null || cell === undefined) return undefined;
  if (form.kind === 'number') return BigInt(String(cell));
  const nanoseconds = nanosecondsOf(String(cell));
  return nanoseconds === undefined ? undefined : floorDivide(nanoseconds, 1_000n);
};

/** Positions are 64-bit integers, and so is the distance of any two. */
const farthest = 2n ** 62n;

/** From the first to the last key of both sides; `undefined` where there are no ranges to cut. */
export const commonSpan = ({ target, source }: Both<Totals>): Span | undefined => {
  if (!target.span || !source.span) return undefined;
  const [low = 0n] = [target.span.low, source.span.low].toSorted(ascending);
  const [high = 0n] = [target.span.high, source.span.high].toSorted(ascending).reverse();
  return low > -farthest && high < farthest ? { low, high } : undefined;
};

const ascending = (a: bigint, b: bigint): number => Number(a > b) - Number(a < b);

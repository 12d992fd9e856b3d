import type { ComparedColumn, RuleOf } from '../../world.js';
import { absolute, compare, parseDecimal, type Rational, subtract } from '../rational.js';
import {
  cell,
  checkPairs,
  columnsNamed,
  type Found,
  meetInDoubles,
  type Relation,
  type Row,
  relationOf,
} from '../relation.js';
import { compareValues, exactOf, isFiniteValue, keyOf, type Value } from '../value.js';
import { exactly, mayGiveUp, number, Refused, verdictOfCounts } from '../verdict.js';
import type { Judges } from './judge.js';

interface Pair {
  readonly target: Found;
  readonly source: Found;
  readonly compared: ComparedColumn;
}

/** What is compared of one cell: rounded, and as a double where the other side is one. */
type Comparable = Value | null;

const measurable = ['integer', 'decimal', 'float', 'date', 'timestamp', 'timestamptz', 'time'];

/** Names are looked up before types are compared, and these before it is asked what may differ. */
const pairsOf = ({ params }: RuleOf<'reconcile_rows'>, target: Relation, source: Relation) => {
  const named = (relation: Relation, names: readonly string[]) => columnsNamed(relation, names, 'key');
  const targetKeys = named(target, params.key_columns);
  const sourceKeys = named(source, params.source_key_columns);
  const targets = named(
    target,
    params.columns.map(({ column }) => column),
  );
  const sources = named(
    source,
    params.columns.map(({ source_column }) => source_column),
  );
  checkPairs([...targetKeys, ...targets], [...sourceKeys, ...sources]);
  const pairs = params.columns.flatMap((compared, index): readonly Pair[] => {
    const [left, right] = [targets[index], sources[index]];
    return left && right ? [{ target: left, source: right, compared }] : [];
  });
  if (pairs.some(isImmeasurable)) throw new Refused(['plan/type-mismatch']);
  return { targetKeys, sourceKeys, pairs };
};

const isImmeasurable = ({ target, compared: { tolerance, round } }: Pair): boolean =>
  (tolerance !== undefined || round !== undefined) && !measurable.includes(target.column.kind);

const microDigits = 6;

/** Numbers are rounded half away from zero, times are cut. */
const rounded = (value: Comparable, digits: number): Comparable => {
  if (value === null) return null;
  if (value.kind === 'moment') return { ...value, value: cutMoment(value.value, digits) };
  if (value.kind === 'number') return { ...value, value: roundedNumber(value.value, digits) };
  return value.kind === 'float' ? roundedFloat(value.value, digits) : value;
};

/** Infinities lie beyond any calendar. */
const beyondCalendars = 10n ** 30n;

const cutMoment = (micros: bigint, digits: number): bigint => {
  const isInfinite = micros > beyondCalendars || micros < -beyondCalendars;
  if (isInfinite || digits >= microDigits) return micros;
  const unit = 10n ** BigInt(microDigits - digits);
  return micros - (((micros % unit) + unit) % unit);
};

const roundedNumber = ({ n, d }: Rational, digits: number): Rational => {
  const scale = 10n ** BigInt(digits);
  const size = n < 0n ? -n : n;
  const steps = (size * scale * 2n + d) / (d * 2n);
  return { n: n < 0n ? -steps : steps, d: scale };
};

/** By the fewest digits that name the float. */
const roundedFloat = (value: number, digits: number): Comparable => {
  const shortest = parseDecimal(shortestText(value));
  if (!Number.isFinite(value) || Math.abs(value) >= 1e15 || !shortest) return { kind: 'float', value };
  return { kind: 'number', value: roundedNumber(shortest, digits) };
};

const shortestText = (value: number): string => {
  const isSingle = Math.fround(value) === value;
  const texts = [6, 7, 8, 9].map((count) => String(Number(value.toPrecision(count))));
  const single = isSingle ? texts.find((text) => Math.fround(Number(text)) === value) : undefined;
  return single ?? String(value);
};

const comparable = (row: Row, found: Found, { round }: ComparedColumn): Comparable => {
  const value = cell(row, found);
  return round === undefined ? value : rounded(value, Number(round));
};

const isSame = (left: Comparable, right: Comparable, { tolerance }: ComparedColumn): boolean => {
  if (left === null || right === null) return left === right;
  if (keyOf(left) === keyOf(right)) return true;
  if (tolerance === undefined || !isFiniteValue(left) || !isFiniteValue(right)) return false;
  if (left.kind === 'moment' && right.kind === 'moment') {
    const difference = { n: left.value - right.value, d: 1_000_000n };
    return compare(absolute(difference), number(tolerance)) <= 0;
  }
  if (left.kind === 'float' && right.kind === 'float') return Math.abs(left.value - right.value) <= Number(tolerance);
  return compare(absolute(subtract(exactOf(left), exactOf(right))), number(tolerance)) <= 0;
};

/** NULL last, NaN before it. */
const order = (left: Comparable, right: Comparable): number => {
  const rank = (value: Comparable) =>
    value === null ? 2 : value.kind === 'float' && Number.isNaN(value.value) ? 1 : 0;
  if (left === null || right === null || rank(left) !== 0 || rank(right) !== 0) return rank(left) - rank(right);
  if (left.kind === right.kind) return compareValues(left, right);
  return isFiniteValue(left) && isFiniteValue(right)
    ? compare(exactOf(left), exactOf(right))
    : infinityFirst(left, right);
};

const infinityFirst = (left: Value, right: Value): number => {
  const sizeOf = (value: Value) => (value.kind === 'float' ? value.value : 0);
  return sizeOf(left) - sizeOf(right);
};

type Compared = readonly Comparable[];

/** Rows with complete keys by key, each group in order: first by what must be equal, then by what may differ a little. */
const groupsOf = (
  { rows }: Relation,
  keys: readonly Found[],
  values: readonly { readonly found: Found; readonly compared: ComparedColumn }[],
): ReadonlyMap<string, readonly Compared[]> => {
  const groups = new Map<string, Compared[]>();
  for (const row of rows) {
    const cells = keys.map((found) => cell(row, found));
    if (cells.includes(null)) continue;
    const key = JSON.stringify(cells.map((value) => (value === null ? null : keyOf(value))));
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(values.map(({ found, compared }) => comparable(row, found, compared)));
  }
  const places = values.map((_, index) => index);
  const isExact = (index: number) => values[index]?.compared.tolerance === undefined;
  const inOrder = [...places.filter(isExact), ...places.filter((index) => !isExact(index))];
  const byValues = (a: Compared, b: Compared) =>
    inOrder.map((index) => order(a[index] ?? null, b[index] ?? null)).find((difference) => difference !== 0) ?? 0;
  for (const group of groups.values()) group.sort(byValues);
  return groups;
};

export const comparedRowJudges: Judges<'reconcile_rows'> = {
  reconcile_rows: (rule, { scope, world }) => {
    const source = relationOf(world.source, rule.params.source_where);
    const { targetKeys, sourceKeys, pairs } = pairsOf(rule, scope, source);
    const sides = [
      [...targetKeys, ...pairs.map(({ target }) => target)],
      [...sourceKeys, ...pairs.map((pair) => pair.source)],
    ] as const;
    if (meetInDoubles(...sides)) return mayGiveUp(scope.rows.length);
    const valuesOf = (side: 'target' | 'source') =>
      pairs.map((pair) => ({ found: pair[side], compared: pair.compared }));
    const targets = groupsOf(scope, targetKeys, valuesOf('target'));
    const sources = groupsOf(source, sourceKeys, valuesOf('source'));
    let failed = 0;
    for (const key of new Set([...targets.keys(), ...sources.keys()])) {
      const [left, right] = [targets.get(key) ?? [], sources.get(key) ?? []];
      failed += Math.abs(left.length - right.length);
      for (const [index, row] of left.slice(0, right.length).entries())
        if (!pairs.every(({ compared }, place) => isSame(row[place] ?? null, right[index]?.[place] ?? null, compared)))
          failed += 1;
    }
    const verdict = verdictOfCounts({ rowsChecked: 1, failed: exactly(failed) }, rule);
    return { ...verdict, rowsChecked: scope.rows.length };
  },
};

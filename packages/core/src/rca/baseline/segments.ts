import { addedGroups, type Group, groupLike, type Profile } from './profile.js';

/** The rows that a change is limited to. */
export interface Segment {
  readonly dimension: string;
  /** Of several, the one that changed most. */
  readonly value: string;
  /** More of them, the most changed first. */
  readonly others: readonly string[];
  readonly is: 'equal' | 'from' | 'on_day';
  /** Whether rows elsewhere changed too, though much less. */
  readonly isMostly: boolean;
  /** The figure that changed, in these rows. */
  readonly before: number;
  readonly after: number;
}

/** How far one figure went. */
export interface Drift {
  readonly before: number;
  readonly after: number;
  readonly strength: number;
  readonly isReal: boolean;
}

/** A table then and now, part by part. */
export interface Parted {
  readonly before: Profile;
  readonly now: readonly Group[];
  /** The first day that both are parted by, as far as it is known. */
  readonly firstDay: string;
}

/** What became of a figure in some rows. */
type DriftOf = (was: Group, is: Group) => Drift;

/** A figure whose change is to be placed. */
interface Placed {
  /** `null` where rows are counted. */
  readonly column: string | null;
  /** What became of it over all rows. */
  readonly whole: Drift;
  readonly driftOf: DriftOf;
}

/** The values of one dimension, or the days, that a change is limited to; `null` where none tell. */
export const segmentOf = (parted: Parted, placed: Placed): Segment | null => {
  const { column, driftOf } = placed;
  const dimensions = new Map<string, boolean>();
  for (const { dimension, isDay } of parted.before.groups)
    if (dimension !== null && (dimension !== column || isDay)) dimensions.set(dimension, isDay);
  const stillThere = new Set(parted.now.map(({ dimension }) => dimension));
  const found = [...dimensions].flatMap(([dimension, isDay]) => {
    if (!stillThere.has(dimension)) return [];
    const pairs = pairsOf(parted, dimension, column === null).map((pair) => ({
      ...pair,
      drift: driftOf(...pair.groups),
    }));
    const limit = isDay ? daysAmong(pairs) : valuesAmong(pairs, column === null);
    return limit && (column !== null || accountsFor(placed.whole, limit.pairs)) ? limit : [];
  });
  const [best] = found.sort((left, right) => rankOf(left) - rankOf(right));
  return best ? described(best, driftOf) : null;
};

/** Whether most of the rows that came or went did so there: what has no value, or is long ago, is in no part. */
const accountsFor = ({ before, after }: Drift, pairs: readonly Pair[]): boolean => {
  const moved = pairs.reduce((sum, { groups: [was, is] }) => sum + is.rows - was.rows, 0);
  return moved / (after - before) >= 0.5;
};

/** One value says most; else what fewer rows have. */
const rankOf = ({ pairs, is, isMostly }: Limit): number =>
  pairs.length === 1 && is === 'equal' && !isMostly ? 0 : pairs.reduce((sum, { groups: [was] }) => sum + was.rows, 1);

interface Pair {
  readonly value: string;
  readonly groups: readonly [was: Group, is: Group];
}

interface DriftedPair extends Pair {
  readonly drift: Drift;
}

interface Limit {
  readonly is: Segment['is'];
  readonly pairs: readonly [Pair, ...Pair[]];
  readonly isMostly?: boolean;
}

/** Each value with its rows then and now; values that are new only where rows are counted. */
const pairsOf = ({ before, now, firstDay }: Parted, dimension: string, withNew: boolean): readonly Pair[] => {
  const isTold = (group: Group) =>
    group.dimension === dimension && group.value !== null && !(group.isDay && group.value < firstDay);
  const known = before.groups.filter(isTold).map((was) => [was, groupLike(now, was) ?? none(was)] as const);
  const fresh = now
    .filter((group) => withNew && isTold(group) && groupLike(before.groups, group) === undefined)
    .map((is) => [none(is), is] as const);
  return [...known, ...fresh].map((groups) => ({ value: groups[0].value ?? '', groups }));
};

/** No rows, of the same kind. */
export const none = (group: Group): Group => ({
  ...group,
  rows: 0,
  sums: group.sums.map(() => ({ count: 0, sum: 0, squares: 0 })),
});

const valuesAmong = (pairs: readonly DriftedPair[], areRows: boolean): Limit | undefined => {
  const [first, ...others] = pairs.filter(({ drift }) => drift.isReal).sort(byWeight);
  if (!first) return undefined;
  if (others.length === 0) return pairs.length === 1 ? undefined : { is: 'equal', pairs: [first] };
  if (areRows) return leadingAmong([first, ...others], pairs);
  const areFew = others.length + 1 <= pairs.length / 2;
  return areFew ? { is: 'equal', pairs: [first, ...others] } : undefined;
};

const byWeight = (left: DriftedPair, right: DriftedPair): number =>
  weightOf(right) - weightOf(left) || (left.value < right.value ? -1 : 1);

const weightOf = ({ drift, groups: [was, is] }: DriftedPair): number => drift.strength * Math.max(was.rows, is.rows);

const mostOfTheChange = 0.9;
const beyondTheirShare = 1.3;

/** The fewest values that most of the rows came or went with: not where they have about as many of all rows, or are too many. */
const leadingAmong = (
  changed: readonly [DriftedPair, ...DriftedPair[]],
  all: readonly DriftedPair[],
): Limit | undefined => {
  const difference = ({ groups: [was, is] }: DriftedPair) => is.rows - was.rows;
  const direction = Math.sign(all.reduce((total, pair) => total + difference(pair), 0));
  const movedIn = (pair: DriftedPair) => Math.max(0, direction * difference(pair));
  const rowsIn = ({ groups: [was] }: DriftedPair) => was.rows;
  const sum = (pairs: readonly DriftedPair[], of: (pair: DriftedPair) => number) =>
    pairs.reduce((total, pair) => total + of(pair), 0);
  const [moved, rows] = [sum(changed, movedIn), sum(all, rowsIn)];
  const [first, ...rest] = [...changed].sort((left, right) => movedIn(right) - movedIn(left) || byWeight(left, right));
  if (!first) return undefined;
  const leading: [DriftedPair, ...DriftedPair[]] = [first];
  for (const pair of rest) if (sum(leading, movedIn) < mostOfTheChange * moved) leading.push(pair);
  const isMostly = leading.length < changed.length;
  const areAll = !isMostly && changed.length < all.length;
  const areBeyondTheirShare = sum(leading, movedIn) * rows >= beyondTheirShare * sum(leading, rowsIn) * moved;
  return (areAll || areBeyondTheirShare) && leading.length <= mostValues
    ? { is: 'equal', pairs: leading, isMostly }
    : undefined;
};

const mostValues = 5;

/** Days up to the last one are told by the first of them. */
const daysAmong = (pairs: readonly DriftedPair[]): Limit | undefined => {
  const [first, ...others] = pairs.filter(({ drift }) => drift.isReal).sort((a, b) => (a.value < b.value ? -1 : 1));
  if (!first || others.length + 1 === pairs.length) return undefined;
  const since = pairs.filter(({ value }) => value >= first.value);
  if (since.length === others.length + 1) return { is: 'from', pairs: [first, ...others] };
  return others.length < mostDays ? { is: 'on_day', pairs: [first, ...others] } : undefined;
};

const mostDays = 3;

/** The figure of all rows that are meant, then and now. */
const described = ({ is, pairs, isMostly = false }: Limit, driftOf: DriftOf): Segment => {
  const [first, ...others] = pairs;
  const dimension = first.groups[0].dimension ?? '';
  const whole = others.reduce(
    ([was, now], { groups }) => [addedGroups(was, groups[0]), addedGroups(now, groups[1])] as const,
    first.groups,
  );
  const { before, after } = driftOf(...whole);
  const names = is === 'from' ? [] : others.map(({ value }) => value);
  return { dimension, value: first.value, others: names, is, isMostly, before, after };
};

import { type Group, groupLike, knownIn, type Measure, type Sums } from './profile.js';
import { type Drift, none, type Parted, type Segment, segmentOf } from './segments.js';
import type { Tolerance } from './tolerance.js';

/** How a table is not what it was. */
export type ChangeKind = 'lost' | 'added' | 'nulls' | 'values' | 'categories' | 'repeats';

/** A difference between a table and its baseline that neither growth nor chance explains. */
export interface Change {
  readonly kind: ChangeKind;
  /** `null` where whole rows came or went. */
  readonly column: string | null;
  readonly measure: Measure['kind'] | null;
  /** Rows, a share of NULLs, a mean, or different values for each row. */
  readonly before: number;
  readonly after: number;
  /** Whether rows were compared with themselves, so that nothing is left to chance. */
  readonly isCertain: boolean;
  /** From 0 to 1, about the share of the table that it concerns. */
  readonly strength: number;
  /** The rows that it is limited to, where one value or a row of days tells. */
  readonly segment: Segment | null;
}

/** Every difference beyond what is tolerated, the strongest first. */
export const changesSince = (compared: Compared): readonly Change[] =>
  differences(compared)
    .map((change) => ({ ...change, isCertain: !compared.tolerance.isResampled }))
    .sort((a, b) => b.strength - a.strength);

/** A table then and now, and what of it still counts as unchanged. */
export interface Compared extends Parted {
  readonly tolerance: Tolerance;
  /** The share of rows that was read then, and now: 1 unless figures are those of a sample. */
  readonly read: readonly [was: number, is: number];
}

type Difference = Omit<Change, 'isCertain'>;

const differences = (compared: Compared): readonly Difference[] => {
  const { before, now } = compared;
  const was = totalOf(before.groups);
  if (!was) return [];
  const is = totalOf(now) ?? none(was);
  if (is.rows === 0) return rowChanges(was, is, compared);
  return [
    ...rowChanges(was, is, compared),
    ...before.measures.flatMap((measure, index) => measureChanges(measure, index, was, is, compared)),
    ...categoryChanges(compared),
    ...repeatChanges(was, is),
  ];
};

export const totalOf = (groups: readonly Group[]): Group | undefined =>
  groups.find(({ dimension }) => dimension === null);

const rowChanges = (was: Group, is: Group, compared: Compared): readonly Difference[] => {
  const { rows } = compared.tolerance;
  const whole = rowDrift(was, is, compared);
  const { before, after, strength } = whole;
  if (strength <= rows) return [];
  const kind = after < before ? 'lost' : 'added';
  const driftOf = (left: Group, right: Group) => rowDrift(left, right, compared);
  const segment = segmentOf(compared, { column: null, whole, driftOf });
  return [{ kind, column: null, measure: null, before, after, strength: Math.min(1, strength), segment }];
};

/** All rows of a table are counted; those of a part are projected from those that were read. */
const rowDrift = (was: Group, is: Group, { tolerance, read: [then, now] }: Compared): Drift => {
  const least = Math.max(1, was.rows);
  const strength = Math.abs(is.rows - was.rows) / least;
  const chance = Math.sqrt((was.rows * (1 - then)) / then + (is.rows * (1 - now)) / now) / least;
  return { before: was.rows, after: is.rows, strength, isReal: strength > tolerance.rows + tolerance.chance * chance };
};

const measureChanges = (
  measure: Measure,
  index: number,
  was: Group,
  is: Group,
  compared: Compared,
): readonly Difference[] => {
  const deviation = deviationOf(was.sums[index]);
  const drifts: readonly (readonly [ChangeKind, (left: Group, right: Group) => Drift])[] = [
    ['nulls', (left, right) => nullDrift(index, left, right, compared)],
    ['values', (left, right) => meanDrift(index, left, right, deviation, compared)],
  ];
  return drifts.flatMap(([kind, driftOf]): readonly Difference[] => {
    const whole = driftOf(was, is);
    if (!whole.isReal) return [];
    const { before, after, strength } = whole;
    const segment = segmentOf(compared, { column: measure.column, whole, driftOf });
    return [{ kind, column: measure.column, measure: measure.kind, before, after, strength, segment }];
  });
};

const nullDrift = (index: number, was: Group, is: Group, compared: Compared): Drift => {
  const { tolerance } = compared;
  if (was.rows === 0 || is.rows === 0 || !was.sums[index] || !is.sums[index]) return unmoved;
  const [before, after] = [nullShare(was, index), nullShare(is, index)];
  const spread = Math.sqrt(Math.max(before * (1 - before), 1 / Math.max(was.rows, is.rows, 1)));
  const chance = spread * chanceOf(was.rows, is.rows, compared);
  const strength = Math.abs(after - before);
  return { before, after, strength, isReal: strength > tolerance.share + tolerance.chance * chance };
};

const nullShare = ({ rows, sums }: Group, index: number): number => (rows === 0 ? 0 : 1 - knownOf(sums[index]) / rows);

const knownOf = (sums: Sums | undefined): number => (sums ? knownIn(sums) : 0);

const meanDrift = (index: number, was: Group, is: Group, deviation: number, compared: Compared): Drift => {
  const { tolerance } = compared;
  const [left, right] = [was.sums[index], is.sums[index]];
  const [before, after] = [meanOf(left), meanOf(right)];
  if (before === undefined || after === undefined || !left || !right) return unmoved;
  const distance = Math.abs(after - before);
  const chance = deviation * chanceOf(left.count, right.count, compared);
  const rounding = 1e-9 * Math.max(Math.abs(before), Math.abs(after));
  const strength = deviation === 0 ? Math.min(1, distance) : Math.min(1, distance / deviation);
  const isReal = distance > rounding + tolerance.mean * deviation + tolerance.chance * chance;
  return { before, after, strength, isReal };
};

const unmoved: Drift = { before: 0, after: 0, strength: 0, isReal: false };

/** Standard errors that a figure moves by chance: where rows stayed and all were read, only through those that came or went. */
const chanceOf = (was: number, is: number, { tolerance, read: [then, now] }: Compared): number => {
  const [left, right] = [1 / Math.max(1, was * then), 1 / Math.max(1, is * now)];
  const areOthers = tolerance.isResampled || then < 1 || now < 1;
  return Math.sqrt(areOthers ? left + right : Math.abs(left - right));
};

const meanOf = (sums: Sums | undefined): number | undefined =>
  sums === undefined || sums.count === 0 ? undefined : sums.sum / sums.count;

const deviationOf = (sums: Sums | undefined): number => {
  const mean = meanOf(sums);
  return sums === undefined || mean === undefined ? 0 : Math.sqrt(Math.max(0, sums.squares / sums.count - mean * mean));
};

/** Values of a category whose rows went to another one. */
const categoryChanges = (compared: Compared): readonly Difference[] => {
  const { before, now, tolerance, read } = compared;
  const [was, is] = [totalOf(before.groups), totalOf(now)];
  const dimensions = new Set(before.groups.flatMap(({ dimension, isDay }) => (isDay ? [] : (dimension ?? []))));
  return [...dimensions].flatMap((column): readonly Difference[] => {
    const groups = [...before.groups, ...now].filter(({ dimension }) => dimension === column);
    if (!was || !is || !now.some(({ dimension }) => dimension === column)) return [];
    const shares = [...new Set(groups.map(({ value }) => value))].map((value) => [
      (groupLike(before.groups, { dimension: column, value })?.rows ?? 0) / Math.max(1, was.rows),
      (groupLike(now, { dimension: column, value })?.rows ?? 0) / Math.max(1, is.rows),
    ]);
    const strength = shares.reduce((sum, [left = 0, right = 0]) => sum + Math.abs(right - left), 0) / 2;
    const chance = chanceOf(was.rows, is.rows, compared) / 2;
    const scattered = read.some((share) => share < 1) ? Math.sqrt(shares.length) : 0;
    if (strength <= tolerance.share + (tolerance.chance + scattered) * chance) return [];
    return [{ kind: 'categories', column, measure: null, before: 0, after: strength, strength, segment: null }];
  });
};

const wasKey = 0.9;
const lostKey = 0.1;

/** A column of which nearly every row had its own value, and has no longer; counts are about. */
const repeatChanges = (was: Group, is: Group): readonly Difference[] =>
  Object.entries(was.distinct).flatMap(([column, count]): readonly Difference[] => {
    const [before, after] = [distinctShare(count, was), distinctShare(is.distinct[column] ?? count, is)];
    if (before < wasKey || before - after < lostKey) return [];
    return [{ kind: 'repeats', column, measure: null, before, after, strength: before - after, segment: null }];
  });

/** An estimate may be of more values than there are rows. */
const distinctShare = (values: number, { rows }: Group): number => Math.min(1, values / Math.max(1, rows));

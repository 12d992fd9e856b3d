import { type Change, changesSince, totalOf } from './changes.js';
import { type Baseline, type Group, type Measure, mergedGroups, type Profile } from './profile.js';
import type { SplitProfile } from './profile-query.js';
import { deliveredRows, keptRows, otherRows, scaled, type Tolerance, unprovenRows } from './tolerance.js';

/** What is not as the baseline has it. */
export interface TableChanges {
  /** The change that the others follow from; `undefined` where all is as it should be. */
  readonly principal: Change | undefined;
  /** Every change that is not ordinary, the strongest first. */
  readonly all: readonly Change[];
}

/** Rows that stay of a table whose rows are replaced by newer ones. */
const mostOverlap = 0.02;
const fewestFresh = 20;

/** Compares a table with its baseline: rows that were there with themselves, new ones with what is usual. */
export const tableChanges = (baseline: Baseline, split: SplitProfile): TableChanges => {
  const keyed = keyedChanges(baseline, split, { scale: 1, isProven: baseline.recent.length > 0 });
  const ordinary = new Set(baseline.recent.flat());
  const unusual = keyed.filter(({ key }) => !ordinary.has(key)).map(({ change }) => change);
  const all = unusual.sort(bySurety);
  return { all, principal: principalOf(all, baseline, split) };
};

/** What is certain, and of that the strongest, first. */
export const bySurety = (left: Change, right: Change): number =>
  Number(right.isCertain) - Number(left.isCertain) || right.strength - left.strength;

/** By name, what moved even half as far: seen in a good run, it is ordinary from then on. */
export const ordinaryChanges = (baseline: Baseline, split: SplitProfile): readonly string[] => [
  ...new Set(keyedChanges(baseline, split, { scale: 0.5, isProven: true }).map(({ key }) => key)),
];

interface Strictness {
  /** Of every tolerance. */
  readonly scale: number;
  /** Whether it is known what changes from run to run. */
  readonly isProven: boolean;
}

const keyedChanges = (baseline: Baseline, split: SplitProfile, strictness: Strictness) =>
  comparedParts(baseline, split, strictness).flatMap(({ name, changes }) =>
    changes.map((change) => ({ key: keyOf(name, change), change })),
  );

interface Part {
  readonly name: string;
  readonly changes: readonly Change[];
}

const comparedParts = (baseline: Baseline, split: SplitProfile, { scale, isProven }: Strictness): readonly Part[] => {
  const { profile, kept, fresh } = aligned(baseline.profile, split);
  const compare = (name: string, groups: readonly Group[], tolerance: Tolerance): Part => ({
    name,
    changes: changesSince({
      ...{ before: profile, now: groups, firstDay: split.firstDay },
      read: [profile.read ?? 1, split.profile.read ?? 1],
      tolerance: scaled(tolerance, scale),
    }).filter(({ measure }) => measure !== 'days' || !tolerance.isResampled),
  });
  if (profile.time === null) return [compare('delivered', kept, isProven ? deliveredRows : unprovenRows)];
  const [was, left] = [rowsOf(profile.groups), rowsOf(kept)];
  const isReplaced = was > 0 && left < was * mostOverlap && rowsOf(fresh) > 0;
  if (isReplaced) return isProven ? [compare('replaced', mergedGroups(kept, fresh), otherRows)] : [];
  const grown = { ...otherRows, rows: Number.POSITIVE_INFINITY };
  const hasNew = isProven && rowsOf(fresh) >= fewestFresh;
  return [
    compare('kept', kept, isProven ? keptRows : unprovenRows),
    ...(hasNew ? [compare('fresh', fresh, grown)] : []),
  ];
};

/** Columns come and go: what both have is compared. */
const aligned = (before: Profile, { profile: now, kept, fresh }: SplitProfile) => {
  const measures = before.measures.filter((measure) => now.measures.some((other) => isSame(measure, other)));
  const only = (groups: readonly Group[], own: readonly Measure[]): readonly Group[] => {
    const places = measures.map((measure) => own.findIndex((other) => isSame(measure, other)));
    return groups.map((group) => ({ ...group, sums: places.flatMap((place) => group.sums[place] ?? []) }));
  };
  return {
    profile: { ...before, measures, groups: only(before.groups, before.measures) },
    ...{ kept: only(kept, now.measures), fresh: only(fresh, now.measures) },
  };
};

const isSame = (left: Measure, right: Measure): boolean => left.column === right.column && left.kind === right.kind;

const rowsOf = (groups: readonly Group[]): number => totalOf(groups)?.rows ?? 0;

const keyOf = (part: string, { kind, column, measure }: Change): string =>
  [part, kind, column ?? '', measure ?? ''].join(':');

/**
 * Rows that are gone change every figure, and so do moments that moved rows to another day; else the strongest change, as
 * NULLs where its column has more of them.
 */
const principalOf = (
  changes: readonly Change[],
  { profile }: Baseline,
  { kept, fresh }: SplitProfile,
): Change | undefined => {
  const rows = changes.find(({ kind }) => kind === 'lost' || kind === 'added');
  if (rows && rowsOf(kept) + rowsOf(fresh) < rowsOf(profile.groups)) return rows;
  const moved = changes.find((change) => hasMovedRows(change, profile.time?.column, rows));
  if (moved ?? rows) return moved ?? rows;
  const [strongest] = changes;
  return changes.find(({ kind, column }) => kind === 'nulls' && column === strongest?.column) ?? strongest;
};

/** Whether it is about the column that places rows in time. Days that are lost move the mean day as well. */
const hasMovedRows = ({ kind, column, measure }: Change, time: string | undefined, rows: Change | undefined): boolean =>
  column !== null &&
  column === time &&
  (kind === 'nulls' || measure === 'hours' || (measure === 'days' && rows?.kind !== 'lost'));

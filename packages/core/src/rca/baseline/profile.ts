import type { JsonObject } from '@aegis/spec';

/** What is summed up of a column: its number, the hours or the days of its times, or the length of its texts. */
export type MeasureKind = 'number' | 'hours' | 'days' | 'length';

export interface Measure {
  readonly column: string;
  readonly kind: MeasureKind;
}

/** Sums over the values of one measure; two of them add up to those of both. */
export interface Sums {
  /** Values that are summed up. */
  readonly count: number;
  /** All values, where some cannot be summed up: NaN, infinities, times without end. */
  readonly known?: number;
  readonly sum: number;
  readonly squares: number;
}

/** All rows of a table, or those that one value of a category or one day holds together. */
export interface Group {
  /** `null` for all rows. */
  readonly dimension: string | null;
  readonly value: string | null;
  readonly isDay: boolean;
  /** Not a whole number where a sample was projected. */
  readonly rows: number;
  /** Different values of each column, about; empty where the engine has no cheap way to tell. */
  readonly distinct: { readonly [column: string]: number };
  /** In the order of the profile's measures; none where nothing but the rows is known. */
  readonly sums: readonly Sums[];
}

/** A column's name, and its type in the engine's words. */
export type TypedColumn = readonly [name: string, type: string];

/** Mergeable figures of a table as it is at one moment. */
export interface Profile {
  readonly measures: readonly Measure[];
  readonly groups: readonly Group[];
  /** The column that places a row in time, and its greatest value; `null` where the table has none. */
  readonly time: { readonly column: string; readonly until: string } | null;
  /** Columns that turned out to have too many values to part the rows by. */
  readonly wide: readonly string[];
  /** All columns in table order; `undefined` where an earlier version of Aegis looked, or they are too many to keep. */
  readonly columns?: readonly TypedColumn[] | undefined;
  /** The share of rows that was read, where not all were: figures are those of a sample, projected. */
  readonly read?: number | undefined;
}

/** What a good run left of a table, for later runs to compare with. */
export interface Baseline {
  readonly measuredAt: string;
  readonly profile: Profile;
  /** What each of the last good runs found changed, by name: such changes are ordinary. */
  readonly recent: readonly (readonly string[])[];
}

const version = 1;

export const baselineState = ({ profile, recent }: Omit<Baseline, 'measuredAt'>): JsonObject => ({
  ...{ version, recent: recent.map((keys) => [...keys]), wide: [...profile.wide] },
  time: profile.time && { ...profile.time },
  measures: profile.measures.map(({ column, kind }) => [column, kind]),
  ...(profile.columns && { columns: profile.columns.map(([name, type]) => [name, type]) }),
  ...(profile.read !== undefined && { read: profile.read }),
  groups: profile.groups.map(({ dimension, value, isDay, rows, distinct, sums }) => [
    ...[dimension, value, isDay, rows, { ...distinct }],
    sums.map(({ count, sum, squares, known }) => [count, sum, squares, ...(known === undefined ? [] : [known])]),
  ]),
});

/** What is kept of a source that takes too long to read. */
export const slowState: JsonObject = { version, isSlow: true };

export const isSlowState = (state: JsonObject): boolean => state.isSlow === true;

/** `undefined` where there are no figures, or another version of Aegis wrote them. */
export const readBaseline = (measuredAt: string, state: JsonObject): Baseline | undefined => {
  if (state.version !== version || isSlowState(state)) return undefined;
  const stored = state as unknown as StoredBaseline;
  return {
    ...{ measuredAt, recent: stored.recent },
    profile: {
      time: stored.time,
      wide: stored.wide ?? [],
      ...(stored.columns && { columns: stored.columns }),
      ...(stored.read !== undefined && { read: stored.read }),
      measures: stored.measures.map(([column, kind]) => ({ column, kind })),
      groups: stored.groups.map(([dimension, value, isDay, rows, distinct, sums]) => ({
        ...{ dimension, value, isDay, rows, distinct },
        sums: sums.map(([count, sum, squares, known]) => ({
          count,
          sum,
          squares,
          ...(known !== undefined && { known }),
        })),
      })),
    },
  };
};

interface StoredBaseline {
  readonly recent: Baseline['recent'];
  readonly time: Profile['time'];
  readonly measures: readonly (readonly [string, MeasureKind])[];
  readonly groups: readonly StoredGroup[];
  /** Not in the first ones. */
  readonly wide?: readonly string[];
  readonly columns?: readonly TypedColumn[];
  readonly read?: number;
}

type StoredGroup = readonly [
  dimension: string | null,
  value: string | null,
  isDay: boolean,
  rows: number,
  distinct: Group['distinct'],
  sums: readonly (readonly [count: number, sum: number, squares: number, known?: number])[],
];

/** Both parts of a table as one, group by group. */
export const mergedGroups = (left: readonly Group[], right: readonly Group[]): readonly Group[] => [
  ...left.map((group) => {
    const other = groupLike(right, group);
    return other ? addedGroups(group, other) : group;
  }),
  ...right.filter((group) => groupLike(left, group) === undefined),
];

export const groupLike = (
  groups: readonly Group[],
  { dimension, value }: Pick<Group, 'dimension' | 'value'>,
): Group | undefined => groups.find((group) => group.dimension === dimension && group.value === value);

/** Different values do not add up: the greater number is what is known of both. */
export const addedGroups = (left: Group, right: Group): Group => ({
  ...left,
  rows: left.rows + right.rows,
  distinct: Object.fromEntries(
    Object.entries(left.distinct).map(([name, count]) => [name, Math.max(count, right.distinct[name] ?? 0)]),
  ),
  sums: (left.sums.length === 0 ? right : left).sums.map((sums, index) =>
    left.sums.length === 0 ? sums : plus(sums, right.sums[index]),
  ),
});

const plus = (left: Sums, right: Sums | undefined): Sums =>
  right
    ? {
        ...{ count: left.count + right.count, sum: left.sum + right.sum, squares: left.squares + right.squares },
        ...((left.known ?? right.known) !== undefined && { known: knownIn(left) + knownIn(right) }),
      }
    : left;

/** Values that are not NULL. */
export const knownIn = ({ count, known }: Sums): number => known ?? count;

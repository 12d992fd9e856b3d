import { describe, expect, it } from 'vitest';
import { type Baseline, baselineState, type Group, type Profile, readBaseline, slowState } from './profile.js';
import { ordinaryChanges, tableChanges } from './table-changes.js';

interface TestRow {
  readonly market: string;
  readonly day: string;
  readonly amount: number | null;
}

const measures: Profile['measures'] = [{ column: 'amount', kind: 'number' }];

const groupOf = (rows: readonly TestRow[], dimension: 'market' | 'day' | null, value: string | null): Group => {
  const values = rows.flatMap(({ amount }) => amount ?? []);
  const sum = (of: (amount: number) => number) => values.reduce((total, each) => total + of(each), 0);
  return {
    ...{ dimension, value, isDay: dimension === 'day', rows: rows.length, distinct: {} },
    sums: [{ count: values.length, sum: sum((each) => each), squares: sum((each) => each * each) }],
  };
};

const groupsOf = (rows: readonly TestRow[]): readonly Group[] =>
  rows.length === 0
    ? []
    : [
        groupOf(rows, null, null),
        ...(['market', 'day'] as const).flatMap((dimension) =>
          [...Map.groupBy(rows, (row) => row[dimension])].map(([value, group]) => groupOf(group, dimension, value)),
        ),
      ];

const days = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'];
const rowsOf = (
  amount: (market: string, index: number, day: string) => number | null = (_, index) => 10 + (index % 7),
) =>
  days.flatMap((day) =>
    ['DE', 'FR', 'CH'].flatMap((market) =>
      Array.from({ length: 20 }, (_, index) => ({ market, day, amount: amount(market, index, day) })),
    ),
  );

const baselineOf = (rows: readonly TestRow[], recent: Baseline['recent'] = [[]]): Baseline => ({
  measuredAt: '2026-01-05T00:00:00.000Z',
  recent,
  profile: { measures, groups: groupsOf(rows), time: { column: 'day', until: '2026-01-04' }, wide: ['note'] },
});

const splitOf = (kept: readonly TestRow[], fresh: readonly TestRow[] = []) => ({
  ...{ kept: groupsOf(kept), fresh: groupsOf(fresh), firstDay: '2025-12-01' },
  profile: { measures, time: { column: 'day', until: '2026-01-05' }, wide: [] },
});

describe('changes of a table', () => {
  it('are none where it only grew', () => {
    const grown = Array.from({ length: 60 }, (_, index) => ({
      market: 'DE',
      day: '2026-01-05',
      amount: 10 + (index % 7),
    }));
    expect(tableChanges(baselineOf(rowsOf()), splitOf(rowsOf(), grown)).principal).toBeUndefined();
  });

  it('are NULLs in the one value that has them', () => {
    const now = rowsOf((market, index) => (market === 'FR' ? null : 10 + (index % 7)));
    expect(tableChanges(baselineOf(rowsOf()), splitOf(now)).principal).toMatchObject({
      ...{ kind: 'nulls', column: 'amount', segment: { dimension: 'market', value: 'FR', is: 'equal' } },
    });
  });

  it('are values since a day', () => {
    const now = rowsOf((_, index, day) => (10 + (index % 7)) * (day >= '2026-01-03' ? 100 : 1));
    expect(tableChanges(baselineOf(rowsOf()), splitOf(now)).principal).toMatchObject({
      ...{ kind: 'values', segment: { dimension: 'day', value: '2026-01-03', is: 'from' } },
    });
  });

  it('are rows of a day that are gone', () => {
    const now = rowsOf().filter(({ day }) => day !== '2026-01-02');
    expect(tableChanges(baselineOf(rowsOf()), splitOf(now)).principal).toMatchObject({
      ...{ kind: 'lost', column: null, segment: { dimension: 'day', value: '2026-01-02', is: 'on_day' } },
    });
  });

  it('are rows of several values, and of those that are new', () => {
    const few = rowsOf().filter(({ market }, index) => market === 'DE' || index % 4 === 0);
    expect(tableChanges(baselineOf(rowsOf()), splitOf(few)).principal).toMatchObject({
      ...{ kind: 'lost', segment: { value: 'CH', others: ['FR'], before: 160, after: 40 } },
    });
    const more = [...rowsOf(), ...rowsOf().map((row) => ({ ...row, market: 'XX' }))];
    expect(tableChanges(baselineOf(rowsOf()), splitOf(more)).principal).toMatchObject({
      ...{ kind: 'added', segment: { value: 'XX', others: [], before: 0, after: 240 } },
    });
  });

  it('are of no value where rows went that have none', () => {
    const unknown = Array.from({ length: 400 }, (_, index) => ({
      ...{ market: 'none', day: '2026-01-02', amount: 10 + (index % 7) },
    }));
    const nameless = (groups: readonly Group[]) =>
      groups.map((group) => (group.value === 'none' ? { ...group, value: null } : group));
    const was = baselineOf([...rowsOf(), ...unknown]);
    const before = { ...was, profile: { ...was.profile, groups: nameless(was.profile.groups) } };
    const more = [...rowsOf(), ...rowsOf().filter(({ market }) => market === 'CH')];
    const found = tableChanges(before, { ...splitOf(more), kept: groupsOf(more).filter(({ isDay }) => !isDay) });
    expect(found.principal).toMatchObject({ kind: 'lost', segment: null });
  });

  it('are of no value where all lost as much, and of the one that lost most where others lost a little', () => {
    const half = rowsOf().filter((_, index) => index % 2 === 0);
    expect(tableChanges(baselineOf(rowsOf()), splitOf(half)).principal?.segment).toBeNull();
    const uneven = rowsOf().filter(({ market }, index) => (market === 'FR' ? index % 10 === 0 : index % 20 !== 1));
    expect(tableChanges(baselineOf(rowsOf()), splitOf(uneven)).principal).toMatchObject({
      segment: { value: 'FR', others: [], isMostly: true },
    });
  });

  it('are not of days that are too long ago to be told apart now', () => {
    const later = rowsOf().filter(({ day }) => day !== '2026-01-03');
    const now = { ...splitOf(later), firstDay: '2026-01-02' };
    const kept = now.kept.filter(({ value }) => value !== '2026-01-01');
    expect(tableChanges(baselineOf(rowsOf()), { ...now, kept }).principal).toMatchObject({
      segment: { value: '2026-01-03', is: 'on_day' },
    });
  });

  it('are none that a sample explains', () => {
    const shifted = rowsOf().map((row, index) => (index % 24 === 0 ? { ...row, market: 'FR' } : row));
    const sampled = (share: number) => {
      const [was, now] = [baselineOf(rowsOf()), splitOf(shifted)];
      const read = share < 1 ? { read: share } : {};
      return tableChanges(
        { ...was, profile: { ...was.profile, ...read } },
        { ...now, profile: { ...now.profile, ...read } },
      ).all.map(({ kind }) => kind);
    };
    expect(sampled(1)).toEqual(['categories']);
    expect(sampled(0.5)).toEqual([]);
  });

  it('are all rows, where none is left', () => {
    for (const recent of [[], [[]]])
      expect(tableChanges(baselineOf(rowsOf(), recent), splitOf([])).all).toMatchObject([
        { kind: 'lost', before: 240, after: 0, segment: null },
      ]);
  });

  it('are those of the same column, wherever it stands now', () => {
    const was = baselineOf(rowsOf());
    const now = splitOf(rowsOf());
    const shifted = (groups: readonly Group[]) =>
      groups.map((group) => ({ ...group, sums: [{ count: 1, sum: 1e6, squares: 1e12 }, ...group.sums] }));
    const another = [{ column: 'weight', kind: 'number' } as const, ...measures];
    const added = { ...now, kept: shifted(now.kept), profile: { ...now.profile, measures: another } };
    expect(tableChanges(was, added).all).toEqual([]);
    const dropped = { ...was, profile: { ...was.profile, measures: another, groups: shifted(was.profile.groups) } };
    expect(tableChanges(dropped, now).all).toEqual([]);
  });

  it('are not NULLs where values cannot be added up', () => {
    const infinite = (groups: readonly Group[]) =>
      groups.map(({ sums: [sums], ...group }) => ({
        ...group,
        sums: [{ count: 1, sum: 10, squares: 100, known: sums?.count ?? 0 }],
      }));
    const now = splitOf(rowsOf());
    const found = tableChanges(baselineOf(rowsOf()), { ...now, kept: infinite(now.kept) }).all;
    expect(found.filter(({ kind }) => kind === 'nulls')).toEqual([]);
  });

  it('are lost rows, and not the figures that go with them', () => {
    const skewed = rowsOf((market, index) => (market === 'FR' ? 1000 : 10) + (index % 7));
    const now = skewed.filter(({ market }) => market === 'FR');
    expect(tableChanges(baselineOf(skewed), splitOf(now)).principal).toMatchObject({ kind: 'lost', column: null });
  });

  it('are ordinary where earlier good runs saw them as well', () => {
    const now = rowsOf((_, index) => 12 + (index % 7));
    expect(tableChanges(baselineOf(rowsOf()), splitOf(now)).principal).toMatchObject({ kind: 'values' });
    const ordinary = ordinaryChanges(baselineOf(rowsOf()), splitOf(now));
    expect(tableChanges(baselineOf(rowsOf(), [ordinary]), splitOf(now)).principal).toBeUndefined();
  });

  it('are only great ones while nothing is known of what is ordinary', () => {
    const slightly = rowsOf((market, index, day) => (market === 'CH' && day === '2026-01-04' ? 11 : 10) + (index % 7));
    expect(tableChanges(baselineOf(rowsOf()), splitOf(slightly)).principal).toBeDefined();
    expect(tableChanges(baselineOf(rowsOf(), []), splitOf(slightly)).principal).toBeUndefined();
  });
});

describe('a stored baseline', () => {
  it('is read as it was written', () => {
    const baseline = baselineOf(rowsOf(), [['kept:lost::'], []]);
    const stored = JSON.parse(JSON.stringify(baselineState(baseline)));
    expect(readBaseline(baseline.measuredAt, stored)).toEqual(baseline);
  });

  it('is none where another version wrote it', () => {
    expect(readBaseline('2026-01-05T00:00:00.000Z', { version: 2 })).toBeUndefined();
  });

  it('keeps how many values there are beside those that are added up', () => {
    const { profile, ...baseline } = baselineOf(rowsOf());
    const groups = profile.groups.map((group) => ({
      ...group,
      sums: group.sums.map((sums) => ({ ...sums, known: 99 })),
    }));
    const stored = JSON.parse(JSON.stringify(baselineState({ ...baseline, profile: { ...profile, groups } })));
    expect(readBaseline(baseline.measuredAt, stored)?.profile.groups).toEqual(groups);
  });

  it('is read without what the first ones did not hold', () => {
    const { wide: _, ...stored } = baselineState(baselineOf(rowsOf()));
    expect(readBaseline('2026-01-05T00:00:00.000Z', stored)?.profile.wide).toEqual([]);
  });

  it('keeps its columns, and how much of the table was read', () => {
    const { profile, ...baseline } = baselineOf(rowsOf());
    const kept = { ...profile, columns: [['amount', 'integer']] as const, read: 0.25 };
    const stored = JSON.parse(JSON.stringify(baselineState({ ...baseline, profile: kept })));
    expect(readBaseline(baseline.measuredAt, stored)?.profile).toEqual(kept);
  });

  it('is none of a source that takes too long to read', () => {
    expect(readBaseline('2026-01-05T00:00:00.000Z', slowState)).toBeUndefined();
  });
});

import fc from 'fast-check';
import { type Family, families } from '../oracle/relation.js';
import { type Cell, type Column, type ColumnKind, offsets, type Table, type Timezone, type World } from '../world.js';
import { type ColumnType, columnTypes } from './column-types.js';
import { distinctColumnNames, distinctTableNames } from './names.js';

export interface WorldOptions {
  /** Only types that a Parquet file keeps. */
  readonly forParquet: boolean;
}

/** Three tables whose columns resemble each other, and a clock. */
export const worlds = ({ forParquet }: WorldOptions): fc.Arbitrary<World> =>
  columnsOf(columnTypes.filter(({ inParquet }) => inParquet || !forParquet)).chain((columns) =>
    fc
      .record({
        names: distinctTableNames(3),
        target: filled(columns),
        reference: renamed(columns).chain(filled),
        source: renamed(columns).chain(filled),
        now: fc.constantFrom('2026-01-15T12:00:00Z', '2026-01-15T23:30:00.000001Z', '2024-02-29T00:00:00Z'),
        timezone: fc.constantFrom(...(Object.keys(offsets) as Timezone[])),
      })
      .map(({ names: [target = '', reference = '', source = ''], ...world }) => ({
        ...world,
        target: { ...world.target, name: target },
        reference: { ...world.reference, name: reference },
        source: { ...world.source, name: source },
      })),
  );

/** A column and the few values that it draws from, so that they repeat. */
interface Drawn extends Column {
  readonly pool: readonly Cell[];
}

/** Numbers, text and time are always there, so that most rules find a column that they can work with. */
const columnsOf = (types: readonly ColumnType[]): fc.Arbitrary<readonly Drawn[]> =>
  fc
    .tuple(
      ...(['numeric', 'text', 'temporal'] as const).map((family) => fc.constantFrom(...typesOf(types, family))),
      ...Array.from({ length: 4 }, () => fc.option(fc.constantFrom(...types), { nil: undefined })),
    )
    .map((chosen) => chosen.filter((type) => type !== undefined))
    .chain((chosen) => fc.tuple(distinctColumnNames(chosen.length), fc.tuple(...chosen.map(pooled))))
    .map(([names, drawn]) => drawn.map((column, index) => ({ ...column, name: names[index] ?? `c${index}` })));

const typesOf = (types: readonly ColumnType[], family: Family): readonly ColumnType[] => {
  const kinds: readonly ColumnKind[] = families[family];
  return types.filter(({ kind }) => kinds.includes(kind));
};

const pooled = ({ kind, sqlType, cells }: ColumnType): fc.Arbitrary<Omit<Drawn, 'name'>> =>
  fc
    .record({ some: fc.subarray([...cells], { minLength: 1 }), hasNull: fc.boolean() })
    .map(({ some, hasNull }) => ({ kind, sqlType, pool: hasNull ? [...some, null] : some }));

/** The same kinds of columns, most of them under the same names. */
const renamed = (columns: readonly Drawn[]): fc.Arbitrary<readonly Drawn[]> =>
  fc
    .boolean()
    .map((keepsNames) => columns.map((column, index) => (keepsNames ? column : { ...column, name: `c${index}` })));

const filled = (columns: readonly Drawn[]): fc.Arbitrary<Omit<Table, 'name'>> => {
  const row = fc.tuple(...columns.map(({ pool }) => fc.constantFrom(...pool)));
  const rows = fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 9, arbitrary: fc.array(row, { maxLength: 24 }) },
  );
  const plain = columns.map(({ name, kind, sqlType }) => ({ name, kind, sqlType }));
  return fc.record({ rows, deleted: fc.array(row, { maxLength: 3 }) }).map((parts) => ({ columns: plain, ...parts }));
};

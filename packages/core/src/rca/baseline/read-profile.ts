import type { Row } from '@aegis/spec';
import type { Group, Sums } from './profile.js';
import type { ProfileParts } from './profile-sql.js';

/** Rows of one part of a table, all of them and by each dimension. */
export interface ReadPart {
  readonly groups: readonly Group[];
  /** Rows that there are, and those that were read. */
  readonly rows: number;
  readonly read: number;
}

/** Fewer rows of a sample say nothing about the many that they stand for. */
const fewestRead = 50;

/** Figures of one part; those of a sample projected to all rows. */
export const readPart = (rows: readonly Row[], fresh: 0 | 1, parts: ProfileParts): ReadPart => {
  const own = rows.filter(({ is_fresh }) => Number(is_fresh) === fresh);
  const total = own.find((row) => placeOf(row, parts) === -1);
  const read = Number(total?.n ?? 0);
  const all = Number(own[0]?.n_all ?? read);
  if (read < all && read < fewestRead) return { groups: [rowsOnly(all)], rows: all, read };
  const factor = read === 0 ? 1 : all / read;
  return { groups: own.map((row) => projected(readGroup(row, parts), factor)), rows: all, read };
};

/** The position of the dimension that parts the rows; −1 for all rows. */
export const placeOf = (row: Row, { dimensions }: ProfileParts): number =>
  row.aegis_at == null ? dimensions.findIndex((_, index) => Number(row[`g${index}`] ?? 1) === 0) : Number(row.aegis_at);

const rowsOnly = (rows: number): Group => ({
  ...{ dimension: null, value: null, isDay: false, rows, distinct: {}, sums: [] },
});

const readGroup = (row: Row, parts: ProfileParts): Group => {
  const { dimensions, counted } = parts;
  const at = placeOf(row, parts);
  const value = row.aegis_at == null ? row[`d${at}`] : row.v;
  return {
    dimension: dimensions[at]?.name ?? null,
    value: value == null ? null : String(value),
    isDay: dimensions[at]?.isDay ?? false,
    rows: Number(row.n),
    distinct: at === -1 ? Object.fromEntries(counted.map((name, index) => [name, Number(row[`a${index}`])])) : {},
    sums: readSums(row, parts),
  };
};

const readSums = (row: Row, { measures, partial }: ProfileParts): readonly Sums[] =>
  measures.map(({ column, isPartial }, index) => ({
    count: Number(row[`c${index}`]),
    sum: Number(row[`s${index}`] ?? 0),
    squares: Number(row[`q${index}`] ?? 0),
    ...(isPartial && { known: Number(row[`k${partial.indexOf(column)}`]) }),
  }));

const projected = (group: Group, factor: number): Group =>
  factor === 1
    ? group
    : {
        ...group,
        rows: group.rows * factor,
        sums: group.sums.map(({ count, sum, squares, known }) => ({
          ...{ count: count * factor, sum: sum * factor, squares: squares * factor },
          ...(known !== undefined && { known: known * factor }),
        })),
      };

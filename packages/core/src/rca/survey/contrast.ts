/** Figures of one column over the rows that share one value of another. */
export interface GroupFigures {
  readonly dimension: string;
  readonly value: string | null;
  readonly rows: number;
  readonly values: number;
  /** Of the values; `null` without any. */
  readonly mean: number | null;
  readonly isConstant: boolean;
  /** Whether values of the dimension follow each other in time. */
  readonly isDay: boolean;
}

/** A segment in which a column is not what it is elsewhere. */
export interface Contrast {
  readonly dimension: string;
  readonly value: string | null;
  readonly is: 'equal' | 'from';
  readonly how: 'scale' | 'nulls' | 'constant' | 'shift';
  /** Mean inside over mean outside; share of NULLs inside for `nulls`, mean inside less mean outside for `shift`. */
  readonly figure: number;
  readonly rows: number;
  /** How far apart inside and outside are; comparable between segments of one kind. */
  readonly strength: number;
}

const leastRows = 5;
const leastRatio = 5;

/** The segment that stands out most, over every dimension; days are read as "since". The size of a key says nothing. */
export const strongestContrast = (groups: readonly GroupFigures[], isKey = false): Contrast | undefined =>
  strongest(groups, (...sides) => contrastOf(...sides).filter(({ how }) => !isKey || how !== 'scale'));

/** The same for hours of the day, which differ by a distance and not by a factor. */
export const strongestShift = (groups: readonly GroupFigures[]): Contrast | undefined => strongest(groups, shiftOf);

type Compare = (
  inside: readonly GroupFigures[],
  outside: readonly GroupFigures[],
  is: Contrast['is'],
) => readonly Contrast[];

const strongest = (groups: readonly GroupFigures[], compare: Compare): Contrast | undefined =>
  dimensionsOf(groups)
    .flatMap((dimension) => (dimension[0]?.isDay ? sinceDays(dimension, compare) : equalTo(dimension, compare)))
    .sort((a, b) => b.strength - a.strength || b.rows - a.rows || (nameOf(a) < nameOf(b) ? -1 : 1))[0];

const nameOf = ({ dimension, value }: Contrast): string => JSON.stringify([dimension, value]);

const dimensionsOf = (groups: readonly GroupFigures[]): readonly (readonly GroupFigures[])[] => [
  ...Map.groupBy(groups, ({ dimension }) => dimension).values(),
];

const equalTo = (groups: readonly GroupFigures[], compare: Compare): readonly Contrast[] =>
  groups.flatMap((group) =>
    compare(
      [group],
      groups.filter((other) => other !== group),
      'equal',
    ),
  );

const sinceDays = (groups: readonly GroupFigures[], compare: Compare): readonly Contrast[] => {
  const days = groups
    .filter(({ value }) => value !== null)
    .sort((a, b) => ((a.value ?? '') < (b.value ?? '') ? -1 : 1));
  return days.flatMap((_, index) => {
    if (index === 0) return [];
    const jump = compare(
      days.slice(index, index + daysOfJump),
      days.slice(Math.max(0, index - daysOfJump), index),
      'from',
    );
    return compare(days.slice(index), days.slice(0, index), 'from').filter(
      ({ how }) => how !== 'scale' || jump.some((each) => each.how === how),
    );
  });
};

/** Numbers that grow day by day are of another size in the end: only a step from some days to the next is one. */
const daysOfJump = 2;

const contrastOf = (
  inside: readonly GroupFigures[],
  outside: readonly GroupFigures[],
  is: Contrast['is'],
): readonly Contrast[] => {
  const [first] = inside;
  const [rows, others] = [sum(inside, ({ rows: n }) => n), sum(outside, ({ rows: n }) => n)];
  if (!first || rows < leastRows || others < leastRows) return [];
  const segment = { dimension: first.dimension, value: first.value, is, rows };
  const [nullsIn, nullsOut] = [nullShare(inside), nullShare(outside)];
  if (nullsIn > 0.9 && nullsOut < 0.3)
    return [{ ...segment, how: 'nulls', figure: nullsIn, strength: 10 * (nullsIn - nullsOut) }];
  const [meanIn, meanOut] = [meanOf(inside), meanOf(outside)];
  if (meanIn === undefined || meanOut === undefined) return [];
  const isConstant = inside.every((group) => group.isConstant && group.mean === first.mean);
  if (isConstant && meanIn !== meanOut && mostlyVaries(outside, others))
    return [{ ...segment, how: 'constant', figure: meanIn, strength: 5 }];
  const ratio = meanOut === 0 ? Number.POSITIVE_INFINITY : meanIn / meanOut;
  const strength = Math.abs(Math.log(Math.abs(ratio)));
  return Number.isFinite(strength) && strength >= Math.log(leastRatio)
    ? [{ ...segment, how: 'scale', figure: ratio, strength }]
    : [];
};

/** A column that is constant in many segments is so by nature. */
const mostConstant = 0.1;

const mostlyVaries = (groups: readonly GroupFigures[], rows: number): boolean =>
  sum(
    groups.filter((group) => group.isConstant),
    (group) => group.rows,
  ) <=
  rows * mostConstant;

const leastShift = 2;

const shiftOf: Compare = (inside, outside, is) => {
  const [first] = inside;
  const rows = sum(inside, (group) => group.rows);
  const [meanIn, meanOut] = [meanOf(inside), meanOf(outside)];
  if (!first || rows < leastRows || meanIn === undefined || meanOut === undefined) return [];
  const figure = meanIn - meanOut;
  if (Math.abs(figure) < leastShift) return [];
  return [
    { dimension: first.dimension, value: first.value, is, how: 'shift', figure, rows, strength: Math.abs(figure) },
  ];
};

const sum = (groups: readonly GroupFigures[], of: (group: GroupFigures) => number): number =>
  groups.reduce((total, group) => total + of(group), 0);

const nullShare = (groups: readonly GroupFigures[]): number =>
  1 -
  sum(groups, ({ values }) => values) /
    Math.max(
      1,
      sum(groups, ({ rows }) => rows),
    );

const meanOf = (groups: readonly GroupFigures[]): number | undefined => {
  const values = sum(groups, (group) => group.values);
  return values === 0 ? undefined : sum(groups, (group) => (group.mean ?? 0) * group.values) / values;
};

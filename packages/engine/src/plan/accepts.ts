import type { Accepts } from '@aegis/rules';
import { type ColumnDescription, type ColumnKind, type ColumnType, PlanError } from '@aegis/spec';

const numeric: readonly ColumnKind[] = ['integer', 'decimal', 'float'];
const temporal: readonly ColumnKind[] = ['date', 'timestamp', 'timestamptz'];
const comparable: readonly ColumnKind[] = [...numeric, ...temporal, 'text', 'boolean', 'time', 'uuid'];

const kindsFor: { readonly [accepts in Exclude<Accepts, 'any'>]: readonly ColumnKind[] } = {
  numeric,
  temporal,
  comparable,
  text: ['text'],
  key: [...comparable, 'bytes'],
};

const described: { readonly [accepts in Exclude<Accepts, 'any'>]: string } = {
  numeric: 'a numeric column',
  temporal: 'a date or timestamp column',
  comparable: 'a column whose values can be compared',
  text: 'a text column',
  key: 'a column whose values can be compared for equality',
};

/** @throws PlanError `type-mismatch` when the column's type does not fit what the rule does with it. */
export const checkAccepts = (column: ColumnDescription, accepts: Accepts, ruleType: string): void => {
  if (accepts === 'any' || kindsFor[accepts].includes(column.type.kind)) return;
  throw new PlanError(
    'type-mismatch',
    `${ruleType} needs ${described[accepts]}; column "${column.name}" is ${column.type.native}`,
  );
};

/** Kinds that compare with each other: numbers among themselves, a date with a naive timestamp. */
const familyOf = (kind: ColumnKind): string => {
  if (numeric.includes(kind)) return 'number';
  return kind === 'date' ? 'timestamp' : kind;
};

/** @throws PlanError `type-mismatch` when two columns could never be compared, or not exactly. */
export const checkComparable = (left: ColumnDescription, right: ColumnDescription): void => {
  const types = `"${left.name}" is ${left.type.native} and "${right.name}" is ${right.type.native}`;
  if (familyOf(left.type.kind) !== familyOf(right.type.kind)) {
    throw new PlanError('type-mismatch', `${types}: they cannot be compared`, {
      hint: 'Compare columns of one kind, e.g. through a view that casts one of them.',
    });
  }
  if (losesFractions(left.type, right.type)) {
    throw new PlanError('type-mismatch', `${types}: together they need more than ${mostDigits} digits`, {
      hint: 'Compare columns of one size, e.g. through a view that casts one of them.',
    });
  }
};

/**
 * The same for columns of two warehouses, of which one may have no type for UUIDs and keep them as text.
 * @throws PlanError `type-mismatch`
 */
export const checkComparableAcross = (left: ColumnDescription, right: ColumnDescription): void => {
  const kinds = [left.type.kind, right.type.kind];
  if (kinds.includes('uuid') && kinds.includes('text')) return;
  checkComparable(left, right);
};

/** What the widest exact type of most engines holds. */
const mostDigits = 38;

interface Digits {
  readonly whole: number;
  readonly fraction: number;
}

/** Where a common type would be too wide, engines round fractions away, and 0.3 equals 0. */
const losesFractions = (left: ColumnType, right: ColumnType): boolean => {
  const [a, b] = [digitsOf(left), digitsOf(right)];
  if (!a || !b || a.fraction === b.fraction) return false;
  return Math.max(a.whole, b.whole) + Math.max(a.fraction, b.fraction) > mostDigits;
};

/** `undefined` for types that round anyway, and for decimals of any size. */
const digitsOf = ({ kind, native }: ColumnType): Digits | undefined => {
  if (kind === 'integer') return { whole: /huge/i.test(native) ? 39 : 19, fraction: 0 };
  const [, precision, scale = '0'] = /\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)/.exec(native) ?? [];
  if (kind !== 'decimal' || precision === undefined) return undefined;
  return { whole: Number(precision) - Number(scale), fraction: Number(scale) };
};

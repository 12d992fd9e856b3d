import type { Accepts } from '@aegis/rules';
import { type ColumnDescription, type ColumnKind, PlanError } from '@aegis/spec';

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

/** @throws PlanError `type-mismatch` when two columns could never be compared. */
export const checkComparable = (left: ColumnDescription, right: ColumnDescription): void => {
  if (familyOf(left.type.kind) === familyOf(right.type.kind)) return;
  throw new PlanError(
    'type-mismatch',
    `"${left.name}" is ${left.type.native} and "${right.name}" is ${right.type.native}: they cannot be compared`,
    { hint: 'Compare columns of one kind, e.g. through a view that casts one of them.' },
  );
};

import type { Column, ColumnKind, Predicate, Table } from '../world.js';
import { truth } from './predicate.js';
import { cellValue, type Value } from './value.js';
import { Refused } from './verdict.js';

export type Row = readonly (Value | null)[];

/** The rows of a table that a rule looks at. */
export interface Relation {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** The rows for which the condition is true. */
export const relationOf = ({ columns, rows }: Table, where: Predicate | undefined): Relation => {
  const values = rows.map((row) => columns.map((column, index) => cellValue(row[index] ?? null, column)));
  const relation = { columns, rows: values };
  return where === undefined
    ? relation
    : { columns, rows: values.filter((row) => truth(where, row, columns) === true) };
};

const numeric: readonly ColumnKind[] = ['integer', 'decimal', 'float'];
const temporal: readonly ColumnKind[] = ['date', 'timestamp', 'timestamptz'];
const comparable: readonly ColumnKind[] = [...numeric, ...temporal, 'text', 'boolean', 'time', 'uuid'];

/** What a rule can do with a column. */
export const families = {
  any: [...comparable, 'bytes', 'array'],
  key: [...comparable, 'bytes'],
  comparable,
  numeric,
  temporal,
  text: ['text'],
} as const satisfies { readonly [family: string]: readonly ColumnKind[] };
export type Family = keyof typeof families;

/** A column of a relation. */
export interface Found {
  readonly column: Column;
  readonly index: number;
}

/** The columns of these names. @throws Refused when one is missing or of a kind that the rule cannot work with */
export const columnsNamed = (relation: Relation, names: readonly string[], family: Family): readonly Found[] => {
  const found = names.map((name) => findColumn(relation.columns, name));
  const codes = found.flatMap((each) => problemsOf(each, family));
  if (codes.length > 0) throw new Refused(codes);
  return found.filter((each) => each !== undefined);
};

export const columnNamed = (relation: Relation, name: string, family: Family): Found => {
  const [found] = columnsNamed(relation, [name], family);
  if (!found) throw new Error('columnsNamed finds or throws');
  return found;
};

const problemsOf = (found: Found | undefined, family: Family): readonly string[] => {
  if (found === undefined) return ['plan/missing-column'];
  // A name with control characters cannot be written in SQL; whatever else is wrong may be said first.
  if (/[\0-\x1f]/.test(found.column.name)) return ['plan/unsupported', 'plan/type-mismatch', 'plan/missing-column'];
  const accepted: readonly ColumnKind[] = families[family];
  return accepted.includes(found.column.kind) ? [] : ['plan/type-mismatch'];
};

/** Exactly, else the only one without case. */
export const findColumn = (columns: readonly Column[], name: string): Found | undefined => {
  const exact = columns.findIndex((column) => column.name === name);
  const alike = columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  const index = exact === -1 ? alike : exact;
  const column = columns[index];
  return column && { column, index };
};

export const cell = (row: Row, { index }: Found): Value | null => row[index] ?? null;

/** The values of a column that are not NULL. */
export const valuesIn = ({ rows }: Relation, found: Found): readonly Value[] =>
  rows.flatMap((row) => cell(row, found) ?? []);

/** The kinds that compare with each other: numbers, and dates with timestamps that have no zone. */
export const likeness = (kind: ColumnKind): string => {
  if (numeric.includes(kind)) return 'number';
  return kind === 'date' ? 'timestamp' : kind;
};

/** @throws Refused when columns in the same place could never be equal, or not be compared in 38 digits */
export const checkPairs = (left: readonly Found[], right: readonly Found[]): void => {
  const mismatch = left.some(({ column }, index) => {
    const other = right[index]?.column;
    return other === undefined || likeness(column.kind) !== likeness(other.kind) || isTooWide(column, other);
  });
  if (mismatch) throw new Refused(['plan/type-mismatch']);
};

/** Engines would round the fractions away. */
const isTooWide = (left: Column, right: Column): boolean => {
  const [a, b] = [digitsIn(left), digitsIn(right)];
  if (!a || !b || a.fraction === b.fraction) return false;
  return Math.max(a.whole, b.whole) + Math.max(a.fraction, b.fraction) > 38;
};

const digitsIn = ({ kind, sqlType }: Column) => {
  if (kind === 'integer') return { whole: sqlType === 'HUGEINT' ? 39 : 19, fraction: 0 };
  const [, precision, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(sqlType) ?? [];
  return scale === undefined ? undefined : { whole: Number(precision) - Number(scale), fraction: Number(scale) };
};

/** Whether doubles meet decimals or integers: then engines compare in doubles, each in its own way. */
export const meetInDoubles = (left: readonly Found[], right: readonly Found[]): boolean =>
  left.some(({ column }, index) => (column.kind === 'float') !== (right[index]?.column.kind === 'float'));

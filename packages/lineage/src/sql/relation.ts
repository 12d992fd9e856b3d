import { type Field, merged, type Origin, type RowOrigin, unresolved } from './field.js';
import { findNamed, isSameName } from './names.js';

/** Columns whose names are not known: `*` of a table of unknown columns. */
export interface OpenFields {
  /** Whose columns they are, for messages. */
  readonly of: string;
  /** What a column of this name would be made of; `undefined` where there is certainly none. */
  readonly lookup: (name: string) => Field | undefined;
}

/** A column list in order, in which unknown columns may stand between known ones. */
export type ColumnPart = Field | OpenFields;

/** What a query, a table or a part of FROM offers to those who read it. */
export interface Relation {
  /** Name parts that qualify its columns: an alias alone, or all parts of a table's name; empty where it has none. */
  readonly name: readonly string[];
  readonly columns: readonly ColumnPart[];
  /** What decides which rows it has. */
  readonly rows: readonly RowOrigin[];
  /** A base table under its own name. */
  readonly isTable?: boolean | undefined;
  /** What the name alone means as a value, where it is one: an unnested element, a whole row. */
  readonly value?: Origin | undefined;
}

export const isOpen = (part: ColumnPart): part is OpenFields => 'lookup' in part;

export const knownFields = (relation: Pick<Relation, 'columns'>): readonly Field[] =>
  relation.columns.filter((part): part is Field => !isOpen(part));

export const openParts = (relation: Pick<Relation, 'columns'>): readonly OpenFields[] =>
  relation.columns.filter(isOpen);

/** All columns in order, or `undefined` where some are not known. */
export const closedFields = (relation: Pick<Relation, 'columns'>): readonly Field[] | undefined =>
  relation.columns.some(isOpen) ? undefined : knownFields(relation);

export type Found =
  | { readonly kind: 'certain' | 'possible'; readonly field: Field }
  | { readonly kind: 'ambiguous'; readonly among: readonly string[] }
  | { readonly kind: 'none' };

/** A column of this name. It is only possible where the relation has columns that nobody knows. */
export const findColumn = (relation: Pick<Relation, 'columns'>, name: string): Found => {
  const [known] = findNamed(knownFields(relation), name);
  if (known) return { kind: 'certain', field: known };
  const open = openParts(relation).flatMap((part) => {
    const field = part.lookup(name);
    return field ? [{ field, of: part.of }] : [];
  });
  const [first] = open;
  if (!first) return { kind: 'none' };
  return open.length === 1
    ? { kind: 'possible', field: first.field }
    : { kind: 'ambiguous', among: open.map(({ of }) => of) };
};

/** The same columns without some names. */
export const withoutNames = (parts: readonly ColumnPart[], names: readonly string[]): readonly ColumnPart[] => {
  const isGone = (name: string): boolean => names.some((gone) => isSameName(gone, name));
  return parts.flatMap((part): readonly ColumnPart[] => {
    if (!isOpen(part)) return isGone(part.name) ? [] : [part];
    return [{ of: part.of, lookup: (name) => (isGone(name) ? undefined : part.lookup(name)) }];
  });
};

/** Everything that the columns of a relation are made of, for `DISTINCT` and for whole rows. */
export const originOfAll = (parts: readonly ColumnPart[]): Origin =>
  merged(parts.map((part) => (isOpen(part) ? unresolved(`the columns of ${part.of} are not known`) : part)));

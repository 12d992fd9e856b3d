import type { TransformationSubtype, TransformationType } from '@aegis/spec';
import type { SqlNode } from '@aegis/sql/parse';
import type { SqlColumnInput, SqlTableName } from './types.js';

/** What an expression does with what it reads. */
export type Use = TransformationSubtype;

/** What is known of the origin of a value. */
export interface Origin {
  readonly inputs: readonly SqlColumnInput[];
  readonly unresolved?: string | undefined;
}

/** A column of a relation. */
export interface Field extends Origin {
  readonly name: string;
  /** The SQL that makes it. */
  readonly sql: SqlNode | string;
  /** The engine made the name up, so that no clause of the same query can mean it. */
  readonly isUnnamed?: boolean | undefined;
}

/** What decides about whole rows: a condition, keys of a join or of a grouping. */
export interface RowOrigin extends Origin {
  readonly sql: SqlNode | string;
}

export const nothing: Origin = { inputs: [] };

export const unresolved = (reason: string): Origin => ({ inputs: [], unresolved: reason });

const directUses: readonly Use[] = ['IDENTITY', 'TRANSFORMATION', 'AGGREGATION'];

const typeOf = (use: Use): TransformationType => (directUses.includes(use) ? 'DIRECT' : 'INDIRECT');

export const columnInput = (table: SqlTableName, column: string, use: Use = 'IDENTITY'): SqlColumnInput => ({
  table,
  column,
  type: typeOf(use),
  subtype: use,
});

/** What a value is to an expression that uses something made of it: the stronger of two direct uses, else the indirect one. */
const composed = (outer: Use, inner: Use): Use => {
  if (typeOf(outer) === 'INDIRECT') return outer;
  if (typeOf(inner) === 'INDIRECT') return inner;
  return directUses.indexOf(outer) > directUses.indexOf(inner) ? outer : inner;
};

export const usedAs = <Made extends Origin>(origin: Made, use: Use): Made => ({
  ...origin,
  inputs: origin.inputs.map((input) => columnInput(input.table, input.column, composed(use, input.subtype))),
});

const keyOf = ({ table, column, subtype }: SqlColumnInput): string => JSON.stringify([table, column, subtype]);

const distinct = (inputs: readonly SqlColumnInput[]): readonly SqlColumnInput[] => [
  ...new Map(inputs.map((input) => [keyOf(input), input])).values(),
];

/** Everything that several origins know, each input once. */
export const merged = (origins: readonly Origin[]): Origin => {
  const reasons = new Set(origins.flatMap(({ unresolved: reason }) => reason ?? []));
  const inputs = distinct(origins.flatMap((origin) => origin.inputs));
  return reasons.size > 0 ? { inputs, unresolved: [...reasons].join('; ') } : { inputs };
};

export const isSameOrigin = (one: Origin, other: Origin): boolean =>
  merged([one, other]).inputs.length === one.inputs.length &&
  one.inputs.length === other.inputs.length &&
  one.unresolved === other.unresolved;

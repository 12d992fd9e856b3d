import fc from 'fast-check';
import type { Column, ColumnKind, Operator, Predicate, Table } from '../world.js';

const literals: { readonly [kind in ColumnKind]?: readonly string[] } = {
  integer: ['0', '1', '2', '100'],
  decimal: ['0', '1'],
  float: ['0', '1.5', '2', '-1'],
  text: ['', 'a', 'é', "it's", 'a\\b', '😀', '--', '{table}', 'ABC-1234'],
  boolean: ['true', 'false'],
  date: ['2026-01-15', '2024-02-29', '0001-01-01'],
  timestamp: ['2026-01-15 12:00:00', '2024-02-29 00:00:00'],
  timestamptz: ['2026-01-15 12:00:00', '2024-02-29 00:00:00'],
};

const operators: readonly Operator[] = ['=', '<>', '<', '<=', '>', '>='];

/** In SQL that users write, Aegis refuses characters that nobody can see, and a name that it needs itself. */
const isWritable = ({ name }: Column): boolean => !/[\0-\x1f\u202e]/.test(name) && name !== 'aegis_scope';

/** A condition over the columns of a table; `undefined` for tables whose every column is out of reach. */
export const predicates = ({ columns }: Table): fc.Arbitrary<Predicate> | undefined => {
  const reachable = columns.filter(isWritable);
  if (reachable.length === 0) return undefined;
  const leaves = reachable.map(comparisons);
  return fc.letrec<{ predicate: Predicate; leaf: Predicate }>((tie) => ({
    leaf: fc.oneof(...leaves),
    predicate: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('leaf'),
      fc.record({ kind: fc.constant('not' as const), operand: tie('predicate') }),
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        left: tie('predicate'),
        right: tie('predicate'),
      }),
    ),
  })).predicate;
};

const comparisons = ({ name, kind }: Column): fc.Arbitrary<Predicate> => {
  const isNull = fc.constant<Predicate>({ kind: 'is_null', column: name });
  const constants = literals[kind];
  if (!constants) return isNull;
  const compares = fc.record({
    kind: fc.constant('compare' as const),
    column: fc.constant(name),
    operator: fc.constantFrom(...operators),
    literal: fc.constantFrom(...constants),
  });
  return fc.oneof({ weight: 1, arbitrary: isNull }, { weight: 4, arbitrary: compares });
};

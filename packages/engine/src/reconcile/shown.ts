import type { Cell, ComparedColumns, JsonValue, Row } from '@aegis/spec';
import { rowOf, uniqueNames } from '@aegis/sql/transport';
import type { Difference } from './across/findings.js';
import type { Comparison } from './comparison.js';

/** A difference as a sample shows it: which kind, the key under the target's names, and both sides of each value. */
export const shownDifference = ({ kind, target, source }: Difference, comparison: Comparison): Row => {
  const keys = comparison.keys.map((_, index) => (target ?? source)?.[`k${index}`] ?? null);
  const values = comparison.values.map((value, index) =>
    bothValues(value, target?.[`v${index}`], source?.[`v${index}`]),
  );
  const names = [comparison.distinct ? 'side' : 'difference', ...columnNames(comparison)];
  return rowOf(uniqueNames(names), [kind, ...keys, ...values]);
};

/** The same of a row that a statement of one warehouse gave. */
export const shownRow = (row: Row, comparison: Comparison): Row => {
  const side = (name: 't' | 's'): Row => ({
    ...Object.fromEntries(comparison.keys.map((_, index) => [`k${index}`, row[`k${index}`] ?? null])),
    ...Object.fromEntries(comparison.values.map((_, index) => [`v${index}`, row[`${name}${index}`] ?? null])),
  });
  const kind = row.difference;
  if (kind === 'missing_in_target') return shownDifference({ kind, source: side('s') }, comparison);
  if (kind === 'missing_in_source') return shownDifference({ kind, target: side('t') }, comparison);
  return shownDifference({ kind: 'different', target: side('t'), source: side('s') }, comparison);
};

const columnNames = ({ keys, values }: Comparison): readonly string[] =>
  [...keys, ...values].map(({ target }) => target.name);

/** A side that lacks the row says nothing. A column that the source calls otherwise keeps that name, by which it may be masked. */
const bothValues = (
  { target, source }: ComparedColumns,
  ofTarget: Cell | undefined,
  ofSource: Cell | undefined,
): { readonly [side: string]: JsonValue } => ({
  ...(ofTarget !== undefined && { target: ofTarget }),
  ...(ofSource !== undefined && { source: source.name === target.name ? ofSource : { [source.name]: ofSource } }),
});

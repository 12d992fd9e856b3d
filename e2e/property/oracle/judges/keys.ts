import type { RuleOf, World } from '../../world.js';
import { compare, multiply, whole } from '../rational.js';
import {
  cell,
  checkPairs,
  columnNamed,
  columnsNamed,
  type Found,
  meetInDoubles,
  type Relation,
  type Row,
  relationOf,
} from '../relation.js';
import { keyOf } from '../value.js';
import { exactly, mayGiveUp, notApplicable, number, type Verdict, verdictOfCounts } from '../verdict.js';
import type { Judges } from './judge.js';

/** One text per combination of values; `null` where any is NULL. */
const keyOfRow = (row: Row, columns: readonly Found[]): string | null => {
  const keys = columns.map((found) => {
    const value = cell(row, found);
    return value === null ? null : keyOf(value);
  });
  return keys.includes(null) ? null : JSON.stringify(keys);
};

/** The complete keys of a relation with how often each occurs. */
const keysIn = ({ rows }: Relation, columns: readonly Found[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const key of rows.flatMap((row) => keyOfRow(row, columns) ?? [])) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};

const total = (counts: Iterable<number>): number => [...counts].reduce((sum, count) => sum + count, 0);

const uniqueness = (
  rule: RuleOf<'unique' | 'composite_unique'>,
  scope: Relation,
  names: readonly string[],
): Verdict => {
  const counts = keysIn(scope, columnsNamed(scope, names, 'key'));
  const complete = total(counts.values());
  const incomplete = rule.nulls === 'fail' ? scope.rows.length - complete : 0;
  const rows = complete - counts.size + incomplete;
  const keys = [...counts.values()].filter((count) => count > 1).length;
  const verdict = verdictOfCounts({ rowsChecked: scope.rows.length, failed: exactly(rows), keys }, rule);
  return { ...verdict, failedBy: { rows, keys, values: null } };
};

/** `100·part > percent·all` fails; nothing to divide by cannot be judged. */
export const verdictOfShare = (part: number, all: number, percent: string, rowsChecked: number): Verdict => {
  if (all === 0) return notApplicable(rowsChecked);
  const exceeds = compare(whole(100 * part), multiply(number(percent), whole(all))) > 0;
  return { outcomes: [exceeds ? 'fail' : 'pass'], rowsChecked, rowsFailed: exactly(part) };
};

const countMissing = (from: ReadonlySet<string>, other: ReadonlySet<string>): number =>
  [...from].filter((key) => !other.has(key)).length;

const sourceOf = ({ source }: World, where: Parameters<typeof relationOf>[1]): Relation => relationOf(source, where);

export const keyJudges: Judges<
  'unique' | 'composite_unique' | 'duplicate_percentage_below' | 'foreign_key' | 'reconcile_key_match'
> = {
  unique: (rule, { scope }) => uniqueness(rule, scope, [rule.params.column]),
  composite_unique: (rule, { scope }) => uniqueness(rule, scope, rule.params.columns),
  duplicate_percentage_below: ({ params }, { scope }) => {
    const counts = keysIn(scope, [columnNamed(scope, params.column, 'key')]);
    const values = total(counts.values());
    return verdictOfShare(values - counts.size, values, params.threshold, scope.rows.length);
  },
  foreign_key: (rule, { scope, world }) => {
    const parent = relationOf(world.reference, undefined);
    const children = columnsNamed(scope, rule.params.columns, 'key');
    const parents = columnsNamed(parent, rule.params.reference_columns, 'key');
    checkPairs(children, parents);
    if (meetInDoubles(children, parents)) return mayGiveUp(scope.rows.length);
    const known = keysIn(parent, parents);
    const unmatched = [...keysIn(scope, children)].filter(([key]) => !known.has(key));
    const incomplete = scope.rows.filter((row) => keyOfRow(row, children) === null).length;
    const rows = total(unmatched.map(([, count]) => count)) + (rule.nulls === 'fail' ? incomplete : 0);
    const keys = unmatched.length;
    const verdict = verdictOfCounts({ rowsChecked: scope.rows.length, failed: exactly(rows), keys }, rule);
    return { ...verdict, failedBy: { rows, keys, values: null } };
  },
  reconcile_key_match: (rule, { scope, world }) => {
    const source = sourceOf(world, rule.params.source_where);
    const [left, right] = [
      columnsNamed(scope, rule.params.columns, 'key'),
      columnsNamed(source, rule.params.source_columns, 'key'),
    ];
    checkPairs(left, right);
    if (meetInDoubles(left, right)) return mayGiveUp(scope.rows.length);
    const [inTarget, inSource] = [new Set(keysIn(scope, left).keys()), new Set(keysIn(source, right).keys())];
    const missing = countMissing(inTarget, inSource) + countMissing(inSource, inTarget);
    const verdict = verdictOfCounts({ rowsChecked: 1, failed: exactly(missing), keys: missing }, rule);
    return { ...verdict, rowsChecked: scope.rows.length };
  },
};

import { infinitelyLate, instantAt, parseMoment } from '../calendar.js';
import { numbersNamed } from '../numbers.js';
import { truth } from '../predicate.js';
import { absolute, add, compare, multiply, type Rational, subtract, sum, whole, zero } from '../rational.js';
import { columnNamed, findColumn, relationOf, valuesIn } from '../relation.js';
import { exactly, mayGiveUp, number, type Verdict, verdictOfCounts, verdictOfTable } from '../verdict.js';
import type { Judges } from './judge.js';
import { verdictOfShare } from './keys.js';

const secondsIn = { minutes: 60n, hours: 3600n, days: 86_400n };
const microsPerSecond = 1_000_000n;

/** `100·|s − t| <= tolerance·|s|`; `undefined` when rounding decides. */
const tolerates = (source: Rational, target: Rational, tolerance: string, blur: Rational): boolean | undefined => {
  const difference = multiply(absolute(subtract(source, target)), whole(100));
  const allowed = multiply(absolute(source), number(tolerance));
  const slack = multiply(blur, add(number(tolerance), whole(100)));
  const isClose = compare(absolute(subtract(difference, allowed)), slack) <= 0;
  return compare(blur, zero) > 0 && isClose ? undefined : compare(difference, allowed) <= 0;
};

const isCountWithin = (count: number, min: string | undefined, max: string | undefined): boolean =>
  (min === undefined || compare(whole(count), number(min)) >= 0) &&
  (max === undefined || compare(whole(count), number(max)) <= 0);

export const volumeJudges: Judges<
  | 'null_percentage_below'
  | 'column_exists'
  | 'freshness'
  | 'row_count'
  | 'row_count_between'
  | 'custom_sql'
  | 'reconcile_row_count'
  | 'reconcile_column_sum'
> = {
  null_percentage_below: ({ params }, { scope }) => {
    const nulls = scope.rows.length - valuesIn(scope, columnNamed(scope, params.column, 'any')).length;
    return verdictOfShare(nulls, scope.rows.length, params.threshold, scope.rows.length);
  },
  column_exists: ({ params }, { scope }) =>
    verdictOfTable(findColumn(scope.columns, params.column) !== undefined, null),
  freshness: ({ params }, { scope, world: { now, timezone } }) => {
    const found = columnNamed(scope, params.column, 'temporal');
    const onWall = found.column.kind !== 'timestamptz';
    const instants = valuesIn(scope, found).map(({ value }) =>
      onWall ? instantAt(BigInt(value as bigint), timezone) : BigInt(value as bigint),
    );
    const newest = instants.reduce<bigint | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined);
    const age = newest === undefined ? undefined : (parseMoment(now)?.micros ?? infinitelyLate) - newest;
    const allowed = multiply(number(params.threshold), whole(secondsIn[params.unit]));
    const holds = age !== undefined && age >= 0n && compare(whole(age / microsPerSecond), allowed) <= 0;
    return verdictOfTable(holds, scope.rows.length);
  },
  row_count: ({ params }, { scope: { rows } }) =>
    verdictOfTable(isCountWithin(rows.length, params.threshold, undefined), rows.length),
  row_count_between: ({ params }, { scope: { rows } }) =>
    verdictOfTable(isCountWithin(rows.length, params.min_value, params.max_value), rows.length),
  custom_sql: (rule, { scope: { rows, columns } }): Verdict => {
    const { query } = rule.params;
    if (query.kind === 'is_count') return verdictOfTable(rows.length === query.count, rows.length);
    const returned = rows.filter((row) => truth(query.having, row, columns) === true).length;
    return verdictOfCounts({ rowsChecked: rows.length, failed: exactly(returned) }, rule);
  },
  reconcile_row_count: ({ params }, { scope, world }) => {
    const source = relationOf(world.source, params.source_where).rows.length;
    const target = scope.rows.length;
    const holds = tolerates(whole(source), whole(target), params.tolerance_pct, zero);
    return { ...verdictOfTable(holds, target), rowsFailed: exactly(holds ? 0 : Math.abs(source - target)) };
  },
  reconcile_column_sum: ({ params }, { scope, world }) => {
    const other = relationOf(world.source, params.source_where);
    const target = numbersNamed(scope, params.column);
    const source = numbersNamed(other, params.source_column);
    if (source.sum.mayOverflow || target.sum.mayOverflow) return mayGiveUp(target.rows);
    if (source.nonFinite + target.nonFinite > 0) return verdictOfTable(false, target.rows);
    const blur = add(source.sum.blur, target.sum.blur);
    return verdictOfTable(tolerates(sum(source.finite), sum(target.finite), params.tolerance_pct, blur), target.rows);
  },
};

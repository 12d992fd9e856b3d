import type { Column, Surroundings, Timezone } from '../../world.js';
import { infinitelyLate, parseMoment, perDay, startOfDay, wallAt } from '../calendar.js';
import { truth } from '../predicate.js';
import { cell, checkPairs, columnNamed, columnsNamed, type Found, type Row } from '../relation.js';
import { compareValues, isNan, keyOf, parseValue, type Value } from '../value.js';
import { exactly, Refused, type Verdict, verdictOfCounts } from '../verdict.js';
import type { Judges, Scene } from './judge.js';

/** Judges one condition per row: `true` violates, `null` is a NULL that is ignored unless `nulls: fail`. */
const eachRow = (rule: Surroundings, { scope }: Scene, violates: (row: Row) => boolean | null): Verdict => {
  const failed = scope.rows.filter((row) => violates(row) ?? rule.nulls === 'fail').length;
  return verdictOfCounts({ rowsChecked: scope.rows.length, failed: exactly(failed) }, rule);
};

/** Judges each value of a column; NULL is ignored unless `nulls: fail`. */
const eachValue = (rule: Surroundings, scene: Scene, found: Found, violates: (value: Value) => boolean): Verdict =>
  eachRow(rule, scene, (row) => {
    const value = cell(row, found);
    return value === null ? null : violates(value);
  });

const fits = (text: string, column: Column, zone: Timezone): Value => {
  const value = parseValue(text, column, zone);
  if (value === undefined) throw new Refused(['plan/type-mismatch']);
  return value;
};

/** A bound; for dates and timestamps, the moments from which and until which it is met. */
const bound = (text: string, column: Column, zone: Timezone): { readonly from: Value; readonly to: Value } => {
  const value = fits(text, column, zone);
  if (isNan(value)) throw new Refused(['plan/type-mismatch']);
  const isWholeDay = value.kind === 'moment' && column.kind !== 'time' && parseMoment(text)?.hasTime === false;
  return { from: value, to: isWholeDay ? { kind: 'moment', value: value.value + perDay - 1n } : value };
};

interface Bounds {
  readonly min_value?: string;
  readonly max_value?: string;
}

const outside = (rule: Surroundings, scene: Scene, name: string, { min_value: min, max_value: max }: Bounds) => {
  const found = columnNamed(scene.scope, name, 'comparable');
  const { timezone } = scene.world;
  const low = min === undefined ? undefined : bound(min, found.column, timezone).from;
  const high = max === undefined ? undefined : bound(max, found.column, timezone).to;
  return eachValue(
    rule,
    scene,
    found,
    (value) =>
      isNan(value) ||
      (low !== undefined && compareValues(value, low) < 0) ||
      (high !== undefined && compareValues(value, high) > 0),
  );
};

/** A value of the column's own type: a time of day is none of a date. */
const ownValue = (text: string, column: Column, zone: Timezone): Value => {
  const value = fits(text, column, zone);
  const isWithinDay = column.kind === 'date' && value.kind === 'moment' && value.value !== startOfDay(value.value);
  if (isWithinDay) throw new Refused(['plan/type-mismatch']);
  return value;
};

const members = (rule: Surroundings, scene: Scene, name: string, list: readonly string[], forbidden: boolean) => {
  const found = columnNamed(scene.scope, name, 'comparable');
  const listed = new Set(list.map((text) => keyOf(ownValue(text, found.column, scene.world.timezone))));
  const wrong = (value: Value): boolean => listed.has(keyOf(value)) === forbidden;
  const wrongKeys = scene.scope.rows.flatMap((row) => {
    const value = cell(row, found);
    return value !== null && wrong(value) ? [keyOf(value)] : [];
  });
  const nulls = rule.nulls === 'fail' ? scene.scope.rows.filter((row) => cell(row, found) === null).length : 0;
  const values = new Set(wrongKeys).size;
  const rows = wrongKeys.length + nulls;
  const verdict = verdictOfCounts({ rowsChecked: scene.scope.rows.length, failed: exactly(rows), values }, rule);
  return { ...verdict, failedBy: { rows, keys: null, values } };
};

/** White space is ASCII in the portable subset; digits and word characters are in JavaScript, too. */
const portable = (pattern: string): RegExp =>
  new RegExp(pattern.replaceAll('\\s', '[\\t\\n\\f\\r ]').replaceAll('\\S', '[^\\t\\n\\f\\r ]'), 'u');

/** White space that does not count as text. */
const blank = /^[\u0009-\u000d\u0020\u00a0]*$/;

export const rowJudges: Judges<
  | 'not_null'
  | 'not_empty_string'
  | 'sql_expression'
  | 'conditional_not_null'
  | 'between'
  | 'min_value_check'
  | 'max_value_check'
  | 'regex_match'
  | 'accepted_values'
  | 'not_accepted_values'
  | 'no_future_dates'
  | 'date_order'
> = {
  not_null: (rule, scene) => {
    const columns = columnsNamed(scene.scope, rule.params.columns, 'any');
    return eachRow(rule, scene, (row) => columns.some((found) => cell(row, found) === null));
  },
  not_empty_string: (rule, scene) => {
    const found = columnNamed(scene.scope, rule.params.column, 'text');
    return eachRow(rule, scene, (row) => blank.test(String(cell(row, found)?.value ?? '')));
  },
  sql_expression: (rule, scene) =>
    eachRow(rule, scene, (row) => {
      const value = truth(rule.params.expression, row, scene.scope.columns);
      return value === null ? null : !value;
    }),
  conditional_not_null: (rule, scene) => {
    const found = columnNamed(scene.scope, rule.params.column, 'any');
    const applies = (row: Row) => truth(rule.params.condition, row, scene.scope.columns) === true;
    return eachRow(rule, scene, (row) => cell(row, found) === null && applies(row));
  },
  between: (rule, scene) => outside(rule, scene, rule.params.column, rule.params),
  min_value_check: (rule, scene) => outside(rule, scene, rule.params.column, { min_value: rule.params.min_value }),
  max_value_check: (rule, scene) => outside(rule, scene, rule.params.column, { max_value: rule.params.max_value }),
  regex_match: (rule, scene) => {
    const found = columnNamed(scene.scope, rule.params.column, 'text');
    const pattern = portable(rule.params.pattern);
    return eachValue(rule, scene, found, (value) => !pattern.test(String(value.value)));
  },
  accepted_values: (rule, scene) => members(rule, scene, rule.params.column, rule.params.values, false),
  not_accepted_values: (rule, scene) => members(rule, scene, rule.params.column, rule.params.values, true),
  no_future_dates: (rule, scene) => {
    const found = columnNamed(scene.scope, rule.params.column, 'temporal');
    const latest = latestAllowed(found.column, scene);
    return eachValue(rule, scene, found, (value) => value.kind === 'moment' && value.value > latest);
  },
  date_order: (rule, scene) => {
    const earlier = columnNamed(scene.scope, rule.params.column, 'temporal');
    const later = columnNamed(scene.scope, rule.params.column_b, 'temporal');
    checkPairs([earlier], [later]);
    return eachRow(rule, scene, (row) => {
      const [a, b] = [cell(row, earlier), cell(row, later)];
      return a === null || b === null ? null : compareValues(a, b) > 0;
    });
  },
};

/** Now, or for dates today, on the column's own clock. */
const latestAllowed = ({ kind }: Column, { world: { now, timezone } }: Scene): bigint => {
  const instant = parseMoment(now)?.micros ?? infinitelyLate;
  if (kind === 'timestamptz') return instant;
  const wall = wallAt(instant, timezone);
  return kind === 'date' ? startOfDay(wall) : wall;
};

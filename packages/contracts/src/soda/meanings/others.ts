import { parenthesized, plainColumn, readsMore, standsAlone } from '@aegis/rules/conversion';
import type { CheckLine } from '../check-line.js';
import { freshnessThreshold, readDuration } from '../duration.js';
import { type CheckCase, type Meaning, none, rule, thresholds } from './check-case.js';

const contractHint = 'Make a data contract of the table: `aegis contract check` compares all of its columns.';

type Reference = Extract<CheckLine, { readonly kind: 'reference' }>;

/** Values that must, or must not, be among the keys of another table. */
export const references = ({ columns, other, keys, isForbidden }: Reference): Meaning => {
  if (columns.length !== keys.length) return none('it names as many columns as keys nowhere');
  const [column, key] = [columns[0], keys[0]];
  if (columns.length > 1 || column === undefined || key === undefined)
    return isForbidden ? none('no rule forbids keys of several columns') : [joined(columns, other, keys)];
  const query = `select ${column} from {table} where ${column} in (select ${key} from ${other} where ${key} is not null)`;
  if (isForbidden)
    return [rule({ type: 'custom_sql', query }, { asQuery: 'no rule type forbids keys of another table' })];
  return [
    rule({
      type: 'foreign_key',
      column: plainColumn(column) ?? column,
      reference_table: other,
      reference_column: plainColumn(key) ?? key,
    }),
  ];
};

/** Soda counts a key that is NULL in part, where foreign_key leaves it out. */
const joined = (columns: readonly string[], other: string, keys: readonly string[]) => {
  const on = columns.map((column, index) => `child.${column} = parent.${keys[index]}`).join(' and ');
  const lost = columns.map((column, index) => `(child.${column} is not null and parent.${keys[index]} is null)`);
  const query = `select ${columns.map((column) => `child.${column}`).join(', ')} from {table} as child left join ${other} as parent on ${on} where ${lost.join(' or ')}`;
  return rule({ type: 'custom_sql', query }, { asQuery: 'foreign_key leaves out keys that are NULL in part' });
};

type SameRows = Extract<CheckLine, { readonly kind: 'same rows' }>;

export const sameRowCount = ({ other, source }: SameRows): Meaning =>
  source === undefined
    ? [rule({ type: 'reconcile_row_count', source_table: other, tolerance_pct: 0 })]
    : none(
        `the other table is in ${source}`,
        'Write a rule of type reconcile_row_count; `scope.source_warehouse` names a warehouse of aegis.yaml.',
      );

/** The age of the newest value. A rule of this type does not warn. */
export const freshness = ({ args: [column, variable], config }: CheckCase, passes: string | undefined): Meaning => {
  const name = column === undefined ? undefined : plainColumn(column);
  if (name === undefined) return none('it names no column');
  if (variable !== undefined && variable !== 'NOW') return none('it reads the time from a variable');
  const limit = passes ?? config.fail;
  return [
    ...(typeof limit === 'string' ? ageRule(name, limit) : []),
    ...(config.warn === undefined ? [] : [{ kind: 'none', reason: 'freshness does not warn', part: 'warn' } as const]),
  ];
};

const ageRule = (column: string, limit: string): Meaning => {
  const seconds = readDuration(limit);
  return seconds === undefined
    ? none('its duration is not understood')
    : [rule({ type: 'freshness', column, ...freshnessThreshold(seconds) })];
};

/** Rows that a condition or a query of the file finds. */
export const failedRows = (check: CheckCase): Meaning => {
  const { 'fail condition': condition, 'fail query': query } = check.config;
  const limits = check.fails || check.warns ? thresholds(check, 'rows') : {};
  if (limits === undefined) return none('its condition is no upper limit of failures');
  if (typeof condition === 'string' && !standsAlone(condition))
    return none('its condition has a bracket, a quote or a comment that is not closed');
  if (typeof condition === 'string')
    return [
      readsMore(condition)
        ? rule(
            { type: 'custom_sql', query: `select * from {table} where ${condition}`, ...limits },
            { asQuery: 'its condition reads more than one row' },
          )
        : rule({ type: 'sql_expression', expression: `not ${parenthesized(condition.trim())}`, ...limits }),
    ];
  if (typeof query !== 'string') return none('it has neither a condition nor a query');
  return [
    rule(
      { type: 'custom_sql', query: query.trim(), ...limits },
      { asQuery: 'it is a query of its own', isUnfiltered: true },
    ),
  ];
};

/** Columns that must be there are rules; what else a schema check says is not about rows. */
export const schema = ({ config: { fail, warn } }: CheckCase): Meaning => [
  ...schemaPart(fail),
  ...(warn === undefined
    ? []
    : [{ kind: 'none', reason: 'no rule on columns warns', hint: contractHint, part: 'warn' } as const]),
];

const schemaPart = (conditions: unknown): Meaning => {
  if (typeof conditions !== 'object' || conditions === null) return [];
  return Object.entries(conditions).flatMap(([condition, columns]): Meaning => {
    const names = Array.isArray(columns) && columns.every((name) => typeof name === 'string') ? columns : [];
    if (condition === 'when required column missing' && names.length > 0)
      return [...new Set(names)].map((column) => rule({ type: 'column_exists', column }, { part: column }));
    return [{ kind: 'none', reason: `no rule says "${condition}"`, hint: contractHint, part: condition }];
  });
};

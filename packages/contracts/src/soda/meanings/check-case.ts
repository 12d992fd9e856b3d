import { type NoRule, noRule, type SameRule as RuleOfTool } from '../../same-rule.js';
import type { SqlWords } from '../../words/sql-words.js';
import { countCondition, type Zone, zoneSql } from '../zone.js';

/** A check with everything that was said about it. */
export interface CheckCase {
  /** Arguments of the metric, as SQL. */
  readonly args: readonly string[];
  /** What a figure may not be, for Soda to fail. */
  readonly fails: Zone | undefined;
  /** What it may not be, for Soda to warn. */
  readonly warns: Zone | undefined;
  /** Keys below the check, and what is configured for its column. */
  readonly config: { readonly [key: string]: unknown };
  readonly words: SqlWords;
}

interface Part {
  /** What tells it from the other rules of the check. */
  readonly part?: string | undefined;
}

/** A rule that means exactly what the check means. */
export interface SameRule extends RuleOfTool, Part {
  /** Whether it is a query that Soda runs as it stands, without any filter. */
  readonly isUnfiltered?: boolean | undefined;
  /** Whether it can only warn. */
  readonly isWarning?: boolean | undefined;
}

/** Most checks are one rule; one that warns and fails of a figure is two. */
export type Meaning = readonly (SameRule | (NoRule & Part))[];

export const none = (reason: string, hint?: string): Meaning => [noRule(reason, hint)];

export const rule = (logic: SameRule['logic'], more: Omit<SameRule, 'kind' | 'logic'> = {}): SameRule => ({
  kind: 'rule',
  logic,
  ...more,
});

/** `fail_if` and `warn_if` in a unit; `undefined` where a zone is no threshold of failures. */
export const thresholds = ({ fails, warns }: CheckCase, unit: string) => {
  const [fail, warn] = [fails && countCondition(fails), warns && countCondition(warns)];
  if ((fails && fail === undefined) || (warns && warn === undefined)) return undefined;
  if (warn === undefined && isAny(fail, unit)) return {};
  return {
    ...(fail !== undefined && { fail_if: `${unit} ${fail}` }),
    ...(warn !== undefined && { warn_if: `${unit} ${warn}` }),
  };
};

/** Whether one failure is too many: of a share, less than one percent is. */
export const isAny = (condition: string | undefined, unit: string): boolean =>
  condition === '> 0' || (condition === '>= 1' && unit !== 'percent');

/** Queries that return the figure where it may not be what it is: one to fail, one to warn. */
export const figureRules = (
  check: CheckCase,
  figure: string,
  asQuery: string,
  more: Omit<SameRule, 'kind' | 'logic' | 'asQuery'> = {},
): Meaning => [
  ...zoneRule(check.fails, figure, { asQuery, ...more }),
  ...zoneRule(check.warns, figure, { asQuery, ...more, isWarning: true, ...(check.fails && { part: 'warn' }) }),
];

const zoneRule = (zone: Zone | undefined, figure: string, more: Omit<SameRule, 'kind' | 'logic'>): Meaning => {
  if (zone === undefined) return [];
  const from = more.isUnfiltered ? `(select ${figure} as figure)` : `(select ${figure} as figure from {table})`;
  const query = `select figure from ${from} as figures where ${zoneSql(zone, 'figure')}`;
  return [rule({ type: 'custom_sql', query, ...(more.isWarning && { warn_if: 'rows > 0' }) }, more)];
};

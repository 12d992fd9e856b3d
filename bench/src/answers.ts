import type { RuleResult } from '@aegis/spec';
import { failingRules } from './rules.js';

/** What a contender found, by rule: a count of violations, or the value of a statistic. */
export type Answers = { readonly [ruleId: string]: string };

/** Statistics in the report of a rule, by the figure that the hand-written statement asks for. */
const figures: { readonly [ruleId: string]: string } = {
  mean_discount: 'mean',
  mean_quantity: 'mean',
  sum_unit_price: 'sum',
  stddev_quantity: 'stddev',
  row_count: 'row_count',
  freshness: 'newest',
};

/** @throws Error when a rule could not be judged. */
export const answerOf = (result: RuleResult): string => {
  if (result.error) throw new Error(`${result.rule_id}: ${result.error.message}`);
  const figure = figures[result.rule_id];
  return normalised(figure === undefined ? result.rows_failed : result.observed[figure]);
};

/** Counts and instants as they are; fractions to nine digits, beyond which engines round differently. */
export const normalised = (value: unknown): string => {
  const text = String(value);
  if (/^-?\d+$/.test(text)) return text;
  const number = Number(text);
  return Number.isNaN(number) ? text.replace('T', ' ') : String(Number(number.toPrecision(9)));
};

/** @throws Error naming the rules about which two contenders disagree. */
export const assertEqualAnswers = (expected: Answers, actual: Answers, contender: string): void => {
  const ids = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  const different = [...ids].filter((id) => expected[id] !== actual[id]);
  if (different.length === 0) return;
  const shown = different.map((id) => `${id}: ${actual[id]} instead of ${expected[id]}`);
  throw new Error(`${contender} found something else by ${different.length} rules:\n  ${shown.join('\n  ')}`);
};

/** Rules that find rows, or a statistic beyond its limits. @throws Error when others fail than were made to. */
export const assertExpectedFailures = (failed: readonly string[], expected: readonly string[] = failingRules): void => {
  const [found, wanted] = [[...failed].sort().join(', '), [...expected].sort().join(', ')];
  if (found !== wanted) throw new Error(`these rules failed: ${found || 'none'}; expected: ${wanted || 'none'}`);
};

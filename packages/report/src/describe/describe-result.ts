import type { JsonObject, JsonValue, RuleResult } from '@aegis/spec';
import { formatCount, formatNumber, formatPercent } from '../text/format.js';
import { visible } from '../text/visible.js';
import { figureOf, formatFigure, formatValue } from './figure.js';
import { isWithin, type Limits, limitsOf } from './limits.js';

type Judged = Pick<RuleResult, 'observed' | 'expected'>;

/**
 * What was measured against what was allowed, as a phrase: "1.9 % NULL, allowed 0.5 %". Figures and limits are paired by
 * name, violated limits first; without a pair, the first figure and the limits are told. The figure `failed` is left to
 * {@link describeCount}. Empty when there is nothing else.
 */
export const describeFinding = ({ observed, expected }: Judged): string => {
  const limits = limitsOf(expected);
  const pairs = pairsOf(limits, observed);
  if (pairs.length > 0)
    return [...pairs.map((pair) => pairPhrase(pair, observed)), ...thresholdPhrases(limits)].join('; ');
  const measured = Object.entries(observed)
    .slice(0, 1)
    .filter(([key]) => key !== countKey)
    .map(([key, value]) => formatFigure(key, value));
  return [...measured, ...limits.filter(isTold).map(lonePhrase)].join('; ');
};

/** Every figure that {@link describeFinding} left out, as "label value" phrases. */
export const describeOtherFigures = ({ observed, expected }: Judged): string[] => {
  const keys = Object.keys(observed);
  const paired = pairsOf(limitsOf(expected), observed).map(({ figure }) => figure);
  const told = paired.length > 0 ? paired : keys.slice(0, 1);
  return keys
    .filter((key) => !told.includes(key) && key !== countKey)
    .map((key) => formatFigure(key, observed[key] ?? null));
};

/** The count of violations under the name that rule types give it: the result has it as `rows_failed`. */
const countKey = 'failed';

const pairsOf = (limits: readonly Limits[], observed: JsonObject): Limits[] => {
  const pairs = limits.filter(({ figure }) => Object.hasOwn(observed, figure));
  const isViolated = (pair: Limits) => !isWithin(pair, observed[pair.figure] ?? null);
  return [...pairs.filter(isViolated), ...pairs.filter((pair) => !isViolated(pair))];
};

const pairPhrase = (limits: Limits, observed: JsonObject): string => {
  const value = observed[limits.figure] ?? null;
  return `${formatFigure(limits.figure, value, nearest(limits, value))}, ${limitPhrase(limits)}`;
};

/** The limit that rounding could confuse the value with. */
const nearest = ({ min, max, exactly }: Limits, value: JsonValue): JsonValue | undefined =>
  exactly ?? (min !== undefined && Number(value) <= Number(min) ? min : (max ?? min));

const limitPhrase = ({ figure, min, max, exactly }: Limits): string => {
  const format = (value: JsonValue) => formatValue(value, figureOf(figure));
  if (exactly !== undefined) return `expected ${format(exactly)}`;
  if (min !== undefined && max !== undefined) return `allowed ${format(min)} to ${format(max)}`;
  if (min !== undefined) return `at least ${format(min)} required`;
  return isNothing(figure, max) ? 'none allowed' : `allowed ${format(max ?? null)}`;
};

const isNothing = (figure: string, max: JsonValue | undefined): boolean =>
  figureOf(figure).unit === undefined && Number(max ?? Number.NaN) === 0;

const lonePhrase = (limits: Limits): string => {
  const { label } = figureOf(limits.figure);
  const words = thresholdWords.get(limits.figure);
  if (words !== undefined) return `${words} ${formatValue(limits.exactly ?? null, figureOf(limits.figure))}`;
  return limits.exactly === undefined ? `${label} ${limitPhrase(limits)}` : formatFigure(limits.figure, limits.exactly);
};

/** Keys that every counting rule type shares: the thresholds of its count. */
const thresholdWords: ReadonlyMap<string, string> = new Map([
  ['fail_if', 'fails if'],
  ['warn_if', 'warns if'],
]);

/** A rule that fails on any violation needs no words for it. */
const isTold = ({ figure, exactly }: Limits): boolean => !(figure === 'fail_if' && exactly === 'rows > 0');

const thresholdPhrases = (limits: readonly Limits[]): string[] =>
  limits.filter((limit) => thresholdWords.has(limit.figure) && isTold(limit)).map(lonePhrase);

/** How many violated the rule, of how many: "19 of 1,000 rows failed (1.9 %)". `undefined` for the table as a whole. */
export const describeCount = (result: RuleResult): string | undefined => {
  const { rows_failed: failed, rows_checked: checked, rows_sampled: sampled, unit, failed_percent: percent } = result;
  if (failed === null || unit === 'table') return undefined;
  const outOf = unit === 'rows' ? (sampled ?? checked) : null;
  const share = percent === null || failed === 0 ? '' : ` (${formatPercent(percent)})`;
  if (outOf === null) return `${formatCount(failed, unit)} failed${share}`;
  const population = formatCount(outOf, 'rows').replace(' ', sampled === null ? ' ' : ' sampled ');
  return `${failed === 0 ? 'none' : formatNumber(failed)} of ${population} failed${share}`;
};

/** One sentence on a result, for people: "19 of 1,000 rows failed (1.9 %): 1.9 % NULL, allowed 0.5 %." */
export const describeResult = (result: RuleResult): string => {
  if (result.error) return sentence(`could not be judged: ${visible(result.error.message)}`);
  if (result.outcome === 'not_applicable')
    return sentence(`not applicable: ${visible(result.notes[0] ?? 'nothing to judge')}`);
  const parts = [describeCount(result), describeFinding(result)].filter((part) => part !== undefined && part !== '');
  return sentence(parts.join(': ') || (result.outcome === 'pass' ? 'holds' : 'does not hold'));
};

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

import type { JsonObject, JsonValue, RuleResult } from '@aegis/spec';
import { formatCount, formatNumber, formatPercent } from '../text/format.js';
import { visible } from '../text/visible.js';
import { figureOf, formatFigure, formatValue } from './figure.js';
import { type Limits, limitsOf } from './limits.js';

type Judged = Pick<RuleResult, 'observed' | 'expected'>;

/**
 * What was measured against what was allowed, as a phrase: "1.9 % NULL, allowed 0.5 %". Figures and limits are paired by
 * name; without a pair, the first figure and the thresholds are told. Empty when the result carries neither.
 */
export const describeFinding = ({ observed, expected }: Judged): string => {
  const limits = limitsOf(expected);
  const pairs = limits
    .filter(({ figure }) => Object.hasOwn(observed, figure))
    .map((limit) => pairPhrase(limit, observed));
  if (pairs.length > 0) return [...pairs, ...thresholdPhrases(expected)].join('; ');
  const [first] = Object.entries(observed);
  const measured = first ? [formatFigure(...first)] : [];
  return [...measured, ...limits.filter(isTold).map(lonePhrase)].join('; ');
};

/** Every figure that {@link describeFinding} left out, as "label value" phrases. */
export const describeOtherFigures = ({ observed, expected }: Judged): string[] => {
  const paired = new Set(limitsOf(expected).map(({ figure }) => figure));
  const keys = Object.keys(observed);
  const told = keys.some((key) => paired.has(key)) ? paired : new Set(keys.slice(0, 1));
  return keys.filter((key) => !told.has(key)).map((key) => formatFigure(key, observed[key] ?? null));
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
  return min === undefined ? `allowed ${format(max ?? null)}` : `at least ${format(min)} required`;
};

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

const thresholdPhrases = (expected: JsonObject): string[] =>
  limitsOf(expected)
    .filter((limits) => thresholdWords.has(limits.figure) && isTold(limits))
    .map(lonePhrase);

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

import type { CanonicalForm, Cell } from '@aegis/spec';
import Big from 'big.js';
import { floorDivide, nanosecondsOf } from './nanoseconds.js';

/** A value that was read, as a text that equal values of every engine share and no others; `null` for NULL. */
export const canonicalCell = (cell: Cell | undefined, form: CanonicalForm): string | null => {
  if (cell === null || cell === undefined) return null;
  const text = String(cell);
  switch (form.kind) {
    case 'number':
      return numberText(text, form.digits);
    case 'double':
      return doubleText(text, form.digits);
    case 'instant':
    case 'time':
      return momentText(text, form.digits);
    case 'uuid':
      return text.toLowerCase();
    default:
      return text;
  }
};

const isFiniteText = (text: string): boolean => !/^(NaN|-?Infinity)$/.test(text);

const numberText = (text: string, digits: number | undefined): string => {
  if (/^-?[1-9]\d*$/.test(text) || !isFiniteText(text)) return text;
  const value = new Big(text);
  const rounded = digits === undefined ? value : value.round(digits);
  return rounded.eq(0) ? '0' : rounded.toFixed();
};

/** Below, doubles are rounded. */
const largestRounded = '1e15';

const doubleText = (text: string, digits: number | undefined): string => {
  if (digits === undefined || !isFiniteText(text)) return String(Number(text) + 0);
  const isLarge = new Big(text).abs().gte(largestRounded);
  return isLarge ? String(Number(text)) : numberText(text, digits);
};

const nanosecondDigits = 9;

/** Cut to as many digits of the second. */
const momentText = (text: string, digits = nanosecondDigits): string => {
  const nanoseconds = nanosecondsOf(text);
  if (nanoseconds === undefined) return text;
  return String(floorDivide(nanoseconds, 10n ** BigInt(nanosecondDigits - digits)));
};

/** Whether two values that were read are the same, or differ by no more than the tolerance. */
export const agree = (
  left: Cell | undefined,
  right: Cell | undefined,
  form: CanonicalForm,
  tolerance: string | undefined,
): boolean => {
  const [a, b] = [canonicalCell(left, form), canonicalCell(right, form)];
  if (a === b) return true;
  return a !== null && b !== null && tolerance !== undefined && isNear(a, b, form, tolerance);
};

const isNear = (a: string, b: string, form: CanonicalForm, tolerance: string): boolean => {
  if (!isFiniteText(a) || !isFiniteText(b)) return false;
  if (form.kind === 'double') return Math.abs(Number(a) - Number(b)) <= Number(tolerance);
  const most = form.kind === 'number' ? new Big(tolerance) : new Big(tolerance).times(1e9);
  return new Big(a).minus(b).abs().lte(most);
};

/** Orders values of one form: numbers and times by size, the rest by code point, NULL last. */
export const compareCells = (left: Cell | undefined, right: Cell | undefined, form: CanonicalForm): number => {
  const [a, b] = [canonicalCell(left, form), canonicalCell(right, form)];
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  if (form.kind === 'bytes') return compareCodePoints(atob(a), atob(b));
  return isText(form) ? compareCodePoints(a, b) : compareNumbers(a, b);
};

const isText = ({ kind }: CanonicalForm): boolean => kind === 'text' || kind === 'boolean' || kind === 'uuid';

/** UTF-16 sorts what lies beyond the first plane before its end. */
const compareCodePoints = (a: string, b: string): number => {
  const [left, right] = [[...a], [...b]];
  const differing = left.findIndex((character, index) => character !== right[index]);
  const at = differing === -1 ? left.length : differing;
  return (left[at]?.codePointAt(0) ?? -1) - (right[at]?.codePointAt(0) ?? -1);
};

/** NaN after infinity, as most engines have it. */
const compareNumbers = (a: string, b: string): number => {
  if (isFiniteText(a) && isFiniteText(b)) return new Big(a).cmp(b);
  const [left, right] = [Number(a), Number(b)];
  if (Number.isNaN(left) || Number.isNaN(right)) return Number.isNaN(left) ? 1 : -1;
  return left - right;
};

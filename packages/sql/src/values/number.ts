import type { ColumnExpression } from '@aegis/spec';
import { Big } from 'big.js';
import { mismatch } from './mismatch.js';

/** Powers of ten beyond a double's: nobody's numbers, and too long to write out. */
const maxExponent = 400;

const radixDigits = /^[+-]?0[xob][\da-f]+$/i;

/** An exact number out of `5`, `+5`, `5.0`, `.5`, `1e3`, `0x1f`. @throws PlanError `type-mismatch` */
export const exactNumber = (column: ColumnExpression, text: string): Big => {
  const number = parsed(text.trim());
  if (!number) throw mismatch(column, text, 'a number');
  if (Math.abs(number.e) > maxExponent) throw mismatch(column, text, 'a number that an engine can hold');
  return number;
};

const parsed = (text: string): Big | undefined => {
  try {
    if (!radixDigits.test(text)) return new Big(text.replace(/^\+/, '').replace(/\.(?=$|e)/i, ''));
    const size = new Big(BigInt(text.replace(/^[+-]/, '')).toString());
    return text.startsWith('-') ? size.neg() : size;
  } catch {
    return undefined;
  }
};

/** Digits without an exponent. */
export const digits = (number: Big): string => number.toFixed();

export const isWhole = (number: Big): boolean => number.eq(number.round(0, Big.roundDown));

/** The nearest number with `scale` fractional digits that is not above. */
export const floorTo = (number: Big, scale: number): Big =>
  number.round(scale, number.lt(0) ? Big.roundUp : Big.roundDown);

/** The nearest number with `scale` fractional digits that is not below. */
export const ceilTo = (number: Big, scale: number): Big => floorTo(number.neg(), scale).neg();

const nonFinite: { readonly [spelling: string]: string } = {
  nan: 'NaN',
  '.nan': 'NaN',
  inf: 'Infinity',
  '.inf': 'Infinity',
  infinity: 'Infinity',
};

/** The portable form of a double: its shortest digits, `NaN` or an infinity. @throws PlanError `type-mismatch` */
export const doubleText = (column: ColumnExpression, text: string): string => {
  const [, sign = '', spelling = ''] = /^([+-]?)(.*)$/s.exec(text.trim().toLowerCase()) ?? [];
  const special = nonFinite[spelling];
  if (special) return special === 'NaN' || sign !== '-' ? special : `-${special}`;
  return String(Number(digits(exactNumber(column, text))));
};

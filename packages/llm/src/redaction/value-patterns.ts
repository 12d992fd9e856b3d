import { passesLuhn, passesMod97 } from './check-digits.js';
import { nationalIds } from './national-ids.js';
import { secretPatterns } from './secret-patterns.js';
import type { ValuePattern } from './value-pattern.js';

const digitsIn = (text: string): number => text.replace(/\D/g, '').length;

const phones: readonly ValuePattern[] = [
  // international
  { category: 'phone', pattern: /(?<![\w.+]|\d )(?:\+|00(?=[1-9]))\d(?:[\s().-]{0,2}\d){7,14}(?!\d)/g },
  // North America
  { category: 'phone', pattern: /(?<![\w.-])(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![\w-])/g },
  // national, in groups or as one, after the trunk prefix 0
  {
    category: 'phone',
    pattern: /(?<![\w.,:/+-]|\d )\(?0[1-9]\d{0,3}\)?[ /-]\d{2,8}(?:[ -]\d{2,4}){0,4}(?![\w/:-]|[.,]\d)/g,
    accepts: (found) => digitsIn(found) >= 9 && digitsIn(found) <= 12,
  },
  { category: 'phone', pattern: /(?<![\w.,:/+-]|\d )0[1-9]\d{8,9}(?![\w/:-]|[.,]\d)/g },
];

/** In the order of trying: what is found first is not looked at again. */
export const valuePatterns: readonly ValuePattern[] = [
  ...secretPatterns,
  {
    category: 'email',
    pattern: /[\p{L}\p{N}][\p{L}\p{N}._%+'-]{0,63}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/gu,
  },
  {
    category: 'iban',
    pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b/g,
    accepts: passesMod97,
  },
  ...nationalIds,
  {
    category: 'card',
    pattern:
      /(?<![\d.-])[2-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,7}(?![\d-]|\.\d)|(?<![\d.-])3[47]\d{2}[ -]?\d{6}[ -]?\d{5}(?![\d-]|\.\d)/g,
    accepts: passesLuhn,
  },
  ...phones,
];

import type { SameRule } from './meanings/meaning.js';

/** What `mostly` allows, as `fail_if`; `undefined` where every value must do. */
export type Allowance = { readonly fail_if: string } | undefined;

/**
 * `mostly: 0.95` as `percent > 5`, exactly.
 * @returns the reason where the rule has no words for it
 */
export const allowance = (mostly: unknown, { share }: SameRule): { readonly allowed: Allowance } | string => {
  if (mostly === undefined || mostly === null || mostly === 1) return { allowed: undefined };
  if (typeof mostly !== 'number' || !(mostly >= 0 && mostly < 1) || String(mostly).includes('e'))
    return 'its mostly is no share of 1';
  if (share === undefined) return 'its rule type allows no share of failures';
  return { allowed: { fail_if: `percent > ${percentOutside(mostly)}` } };
};

/** 100 · (1 − share), without the errors of binary fractions: 0.95 is 5, 0.999 is 0.1. */
const percentOutside = (share: number): string => {
  const [, fraction = ''] = String(share).split('.');
  const places = Math.max(fraction.length, 2);
  const left = 10n ** BigInt(places) - BigInt(fraction.padEnd(places, '0'));
  const digits = left.toString().padStart(places - 1, '0');
  const point = digits.length - (places - 2);
  return places === 2 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
};

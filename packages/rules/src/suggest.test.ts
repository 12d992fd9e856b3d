import { expect, it } from 'vitest';
import { didYouMean, nearest } from './suggest.js';

it.each([
  ['not_nul', 'not_null'],
  ['notnull', 'not_null'],
  ['NOT_NULL', 'not_null'],
  ['uniqe', 'unique'],
  ['hgih', 'high'],
  ['quantum', undefined],
  ['', undefined],
])('takes %j for %j', (word, meant) => {
  expect(nearest(word, ['not_null', 'unique', 'high', 'low'])).toBe(meant);
});

it('offers all candidates when none is near, while they are few', () => {
  expect(didYouMean('colour', ['red', 'green'])).toBe('Known are: red, green.');
  expect(didYouMean('gren', ['red', 'green'])).toBe('Did you mean "green"?');
  expect(
    didYouMean(
      'x',
      Array.from({ length: 21 }, (_, index) => `candidate_${index}`),
    ),
  ).toBeUndefined();
  expect(didYouMean('x', [])).toBeUndefined();
});

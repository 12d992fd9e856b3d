import { expect, it } from 'vitest';
import type { Pipeline } from '../pipeline/pipeline.js';
import { made, select, step } from '../templates/parts.js';
import { carriedNames } from './carried-names.js';

const pipeline = {
  steps: [
    step(
      'stg',
      'staging',
      select(
        ['raw', 'r'],
        [made('country', 'category', 'lower(trim(r.ctry))'), made('total', 'amount', 'r.cents / 100')],
      ),
    ),
    step('mart', 'mart', select(['stg', 's'], [made('market', 'category', 's.country')])),
  ],
} as unknown as Pipeline;

it('follows a column under the names that it is handed on by, up and down', () => {
  expect(carriedNames(pipeline, 'raw', 'ctry')).toEqual(['ctry', 'country', 'market']);
  expect(carriedNames(pipeline, 'mart', 'market')).toEqual(['market', 'country', 'ctry']);
});

it('ends where a column is made into another', () => {
  expect(carriedNames(pipeline, 'raw', 'cents')).toEqual(['cents']);
});

import { expect, it } from 'vitest';
import { jobLabels } from './bigquery-labels.js';

it('are the pairs of the label, in the characters that labels may have', () => {
  expect(jobLabels('aegis run=01JABC table=Shop.Orders', { team: 'data' })).toEqual({
    team: 'data',
    'aegis-run': '01jabc',
    'aegis-table': 'shop-orders',
  });
});

it('are one label where there are no pairs, and the own ones where there is none at all', () => {
  expect(jobLabels('just Looking', {})).toEqual({ 'aegis-label': 'just-looking' });
  expect(jobLabels(undefined, { team: 'data' })).toEqual({ team: 'data' });
});

it('are never longer than allowed', () => {
  expect(Object.values(jobLabels(`run=${'x'.repeat(200)}`, {}))[0]).toHaveLength(63);
});

import { expect, it } from 'vitest';
import { isOnlyCounted } from './only-counted.js';

it.each([
  'count(email)',
  'COUNT(DISTINCT p.email)',
  'count(*) - count(email)',
  'round(100.0 * count(email) / NULLIF(count(*), 0), 2)',
  "count(email) FILTER (WHERE (email LIKE '%)') AND id > 1)",
  'CAST(count(email) AS DOUBLE PRECISION)',
  'countif(email IS NULL)',
])('%s gives counts alone', (expression) => {
  expect(isOnlyCounted(expression)).toBe(true);
});

it.each([
  'email',
  'max(email)',
  'count(email) || email',
  'count(email) || max(q)',
  'max(q) || count(email)',
  'round(q, count(email))',
  "concat(count(email), 'x')",
  'count(email) OVER (ORDER BY q)',
  'count_email(q)',
  'discount(email)',
])('%s may give a value', (expression) => {
  expect(isOnlyCounted(expression)).toBe(false);
});

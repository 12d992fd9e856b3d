import { expect, it } from 'vitest';
import { shortened } from './meaning.js';

it('keeps the first line of a message, and no more than 300 characters of it', () => {
  expect(shortened('no such table\nLINE 1: SELECT')).toBe('no such table');
  expect(shortened('x'.repeat(300))).toBe('x'.repeat(300));
  expect(shortened('x'.repeat(301))).toBe(`${'x'.repeat(300)}…`);
  expect(shortened('')).toBe('');
});

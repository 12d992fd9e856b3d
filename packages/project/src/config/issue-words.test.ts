import { expect, it } from 'vitest';
import { z } from 'zod';
import { issueWords } from './issue-words.js';

const wordsOf = (schema: z.ZodType, value: unknown) =>
  issueWords(schema.safeParse(value).error?.issues[0]?.message ?? '');

it('speaks of lists and mappings, and of limits', () => {
  expect(wordsOf(z.record(z.string(), z.string()), [])).toBe('must be a mapping, not a list');
  expect(wordsOf(z.strictObject({}), 'x')).toBe('must be a mapping, not text');
  expect(wordsOf(z.string(), undefined)).toBe('must be text, not nothing');
  expect(wordsOf(z.array(z.string()), {})).toBe('must be a list, not a mapping');
  expect(wordsOf(z.number().max(100), 500)).toBe('must be at most 100');
  expect(wordsOf(z.number().positive(), 0)).toBe('must be above 0');
});

it('leaves other messages as they are, but for their first letter', () => {
  expect(
    wordsOf(
      z.string().refine(() => false, 'Is not a zone'),
      'x',
    ),
  ).toBe('is not a zone');
});

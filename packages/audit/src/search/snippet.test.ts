import { describe, expect, it } from 'vitest';
import { decision } from '../__fixtures__/records.js';
import { phrasesOf } from './phrases.js';
import { searchHit } from './snippet.js';

const hit = (query: string, prompt: string, response = '') =>
  searchHit(
    { ...decision({ prompt, response }), decisionId: 1, runId: 'r1', recordedAt: '2025-03-01T10:00:01.000Z' },
    phrasesOf(query),
  );

describe('a snippet', () => {
  it('is the whole text when that is short, on one line', () => {
    expect(hit('null', 'why\n  null?')).toMatchObject({ field: 'prompt', snippet: 'why null?' });
  });

  it('prefers the answer to the question', () => {
    expect(hit('null', 'null in the prompt', 'null in the answer')).toMatchObject({
      field: 'response',
      snippet: 'null in the answer',
    });
  });

  it('shows about eighty characters on either side', () => {
    const { snippet } = hit('needle', `${'a'.repeat(200)} needle ${'b'.repeat(200)}`);
    expect(snippet).toBe(`…${'a'.repeat(79)} needle ${'b'.repeat(79)}…`);
  });

  it('does not cut a character in half', () => {
    const { snippet } = hit('needle', `${'🎉'.repeat(99)}x needle y${'🎉'.repeat(99)}`);
    expect(snippet).toBe(`…${'🎉'.repeat(39)}x needle y${'🎉'.repeat(39)}…`);
  });

  it('shows the first word that is there when another is elsewhere', () => {
    expect(hit('prompted answered', 'prompted', 'answered')).toMatchObject({ field: 'response', snippet: 'answered' });
  });

  it('finds what differs in case and accents', () => {
    expect(hit('CAFE', 'the café')).toMatchObject({ snippet: 'the café' });
  });
});

import type { Anthropic } from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import { contentOf, stateOf } from './anthropic-state.js';

const thought = (thinking: string) => ({ type: 'thinking', thinking, signature: `of ${thinking}` });
const text = (words: string) => ({ type: 'text', text: words, citations: null });
const call = {
  type: 'tool_use',
  id: 'toolu_1',
  name: 'count_rows',
  input: { table: 'orders' },
  caller: { type: 'direct' },
};

const state = (...blocks: readonly object[]) => stateOf(blocks as readonly Anthropic.ContentBlock[]);
const said = (...blocks: readonly object[]) => blocks as readonly Anthropic.ContentBlockParam[];

const answered = [thought('first'), text('One.'), thought('second'), text(' Two.'), call];
const turn = said(
  { type: 'text', text: 'One. Two.' },
  { type: 'tool_use', id: 'toolu_1', name: 'count_rows', input: { table: 'orders' } },
);

describe('the state of an answer', () => {
  it('is none where the model did not think', () => {
    expect(state(text('One.'), call)).toBeUndefined();
  });

  it('brings thoughts back in their places', () => {
    expect(contentOf(state(...answered), turn)).toEqual(answered);
  });

  it('brings back thoughts that nobody can read', () => {
    const redacted = { type: 'redacted_thinking', data: 'c2VjcmV0' };
    expect(contentOf(state(redacted, text('One.')), said({ type: 'text', text: 'One.' }))).toEqual([
      redacted,
      text('One.'),
    ]);
  });

  it('lets the turn say something else meanwhile, and keeps the thoughts', () => {
    const other = said({ type: 'text', text: 'Other.' });
    expect(contentOf(state(...answered), other)).toEqual([thought('first'), thought('second'), ...other]);
  });

  it.each([
    undefined,
    null,
    'x',
    7,
    [],
    {},
    { anthropic: 'x' },
    { anthropic: [null, 7, 'x'] },
    { openai: [thought('x')] },
  ])('is none when it is %j', (foreign) => {
    expect(contentOf(foreign as never, turn)).toEqual(turn);
  });
});

import type { ModelRequest } from '@aegis/spec';
import { expect } from 'vitest';
import type { Law } from '../law.js';
import { question, type Stage } from '../stage.js';
import { orderTools } from './samples.js';
import { everyCharacter } from './texts.js';

const turnsOf = async (stage: Stage, messages: ModelRequest['messages']) => {
  await stage.answerTo({ kind: 'answer', text: 'ok' }, { messages });
  return stage.seen.turns.map(({ role, text }) => ({ role, text }));
};

const frozen = <Value>(value: Value): Value => {
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(Object.freeze(value))) frozen(inner);
  return value;
};

export const requestLaws: readonly Law[] = [
  {
    sentence: 'carry the turns in order',
    check: async (stage) => {
      const turns = await turnsOf(stage, [
        { role: 'user', content: 'first' },
        { role: 'assistant', content: 'second' },
        { role: 'user', content: 'third' },
      ]);
      expect(turns).toEqual([
        { role: 'user', text: 'first' },
        { role: 'assistant', text: 'second' },
        { role: 'user', text: 'third' },
      ]);
    },
  },
  {
    sentence: 'carry the system text, or none',
    check: async (stage) => {
      stage.play({ kind: 'answer', text: 'a' }, { kind: 'answer', text: 'b' });
      await stage.ask({ system: 'You are terse.' });
      expect(stage.seen.system).toBe('You are terse.');
      await stage.ask();
      expect(stage.seen.system).toBeUndefined();
    },
  },
  {
    sentence: 'keep every character',
    check: async (stage) => {
      await stage.answerTo(
        { kind: 'answer', text: 'ok' },
        { system: everyCharacter, messages: [{ role: 'user', content: everyCharacter }] },
      );
      expect(stage.seen.system).toBe(everyCharacter);
      expect(stage.seen.turns[0]?.text).toBe(everyCharacter);
    },
  },
  {
    sentence: 'name the model, the token limit and the temperature',
    check: async (stage) => {
      await stage.answerTo({ kind: 'answer', text: 'ok' }, { maxOutputTokens: 77, temperature: 0.5 });
      expect(stage.seen).toMatchObject({ model: stage.model().model, maxOutputTokens: 77, temperature: 0.5 });
    },
  },
  {
    sentence: 'may hold turns that say nothing',
    check: async (stage) => {
      const turns = await turnsOf(stage, [
        { role: 'user', content: 'first' },
        { role: 'assistant', content: '' },
        { role: 'user', content: 'second' },
      ]);
      const asked = turns.filter(({ role }) => role === 'user').map(({ text }) => text);
      expect(asked.join('\n')).toMatch(/first\s+second/);
    },
  },
  {
    sentence: 'leave out the state of another vendor',
    check: async (stage) => {
      const turns = await turnsOf(stage, [
        { role: 'user', content: 'first' },
        { role: 'assistant', content: 'second', providerState: { vendor: 'another', blocks: [{ kind: 'odd' }] } },
        { role: 'user', content: 'third' },
      ]);
      expect(turns.map(({ text }) => text)).toEqual(['first', 'second', 'third']);
      expect(stage.seen.providerState).toBeUndefined();
    },
  },
  {
    sentence: 'are not changed on the way',
    check: async (stage) => {
      const request = frozen<ModelRequest>({
        system: 'You are terse.',
        messages: [...question.messages],
        tools: orderTools.map((tool) => structuredClone(tool)),
        maxOutputTokens: 50,
      });
      await expect(stage.answerTo({ kind: 'answer', text: 'ok' }, request)).resolves.toMatchObject({ text: 'ok' });
    },
  },
  {
    sentence: 'ask the vendor to cache what many calls begin with',
    needs: 'promptCache',
    check: async (stage) => {
      await stage.answerTo({ kind: 'answer', text: 'ok' }, { system: 'You are terse.', tools: orderTools });
      expect(stage.seen.asksForCache).toBe(true);
    },
  },
];

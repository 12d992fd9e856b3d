import type { JsonObject } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { schemaBinding } from './anthropic-schema.js';

const closed: JsonObject = {
  type: 'object',
  properties: { a: { anyOf: [{ type: 'string' }, { type: 'null' }] }, b: { $ref: '#/$defs/part' } },
  required: ['a'],
  additionalProperties: false,
  $defs: { part: { type: 'array', items: { type: 'integer', description: 'A number.' } } },
};

const bindingOf = (
  responseSchema: JsonObject | undefined,
  model = 'claude-haiku-4-5',
  option: 'auto' | 'format' | 'tool' = 'auto',
) => schemaBinding({ messages: [], ...(responseSchema && { responseSchema }) }, model, option);

describe('schemaBinding', () => {
  it('binds nothing without a schema', () => {
    expect(bindingOf(undefined)).toEqual({ by: 'nothing' });
  });

  it.each(['claude-haiku-4-5', 'claude-sonnet-4-5-20250929', 'claude-opus-4-6', 'claude-sonnet-5-5', 'claude-fable-6'])(
    'uses the output format of %s',
    (model) => {
      expect(bindingOf(closed, model)).toEqual({ by: 'format', schema: closed });
    },
  );

  it.each([
    'claude-3-5-haiku-latest',
    'claude-3-opus-20240229',
    'claude-sonnet-4-20250514',
    'claude-opus-4-1-20250805',
    'glm-5',
  ])('makes %s call a tool, since it has no output format', (model) => {
    expect(bindingOf(closed, model)).toEqual({ by: 'tool', schema: closed, isForced: true });
  });

  it.each<[string, JsonObject]>([
    ['an object that may have any properties', { type: 'object' }],
    ['further properties', { type: 'object', properties: {}, additionalProperties: { type: 'string' } }],
    [
      'open objects within',
      { ...closed, properties: { a: { type: 'array', items: { type: 'object', properties: {} } } } },
    ],
    ['words that the format does not know', { type: 'string', pattern: '^a' }],
    [
      'a definition that refers to itself',
      { ...closed, $defs: { part: { type: 'array', items: { $ref: '#/$defs/part' } } } },
    ],
    [
      'definitions that refer to each other',
      { ...closed, $defs: { part: { $ref: '#/$defs/whole' }, whole: { anyOf: [{ $ref: '#/$defs/part' }] } } },
    ],
  ])('uses a tool for a schema with %s', (_what, schema) => {
    expect(bindingOf(schema).by).toBe('tool');
  });

  it('cannot force models that think by default', () => {
    expect(bindingOf({ type: 'object' }, 'claude-opus-4-7')).toMatchObject({ by: 'tool', isForced: false });
    expect(bindingOf({ type: 'object' }, 'claude-sonnet-5')).toMatchObject({ by: 'tool', isForced: false });
  });

  it('does as the option says', () => {
    expect(bindingOf(closed, 'claude-haiku-4-5', 'tool').by).toBe('tool');
    expect(bindingOf({ type: 'object' }, 'claude-3-opus-20240229', 'format').by).toBe('format');
  });
});

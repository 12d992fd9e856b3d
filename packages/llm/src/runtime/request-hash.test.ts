import type { ModelRequest } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { requestHash } from './request-hash.js';

const model = { provider: 'anthropic', model: 'claude-haiku-4-5' };
const tool = { name: 'find', description: 'Finds.', parameters: { type: 'object', properties: { a: {}, b: {} } } };
const request: ModelRequest = { system: 's', messages: [{ role: 'user', content: 'x' }], tools: [tool] };

describe('requestHash', () => {
  it('is the same for the same request, whatever the order of keys, and whoever may stop it', () => {
    const { system, messages } = request;
    const reordered: ModelRequest = {
      ...{ signal: new AbortController().signal, messages },
      tools: [{ parameters: { properties: { b: {}, a: {} }, type: 'object' }, description: 'Finds.', name: 'find' }],
      ...(system !== undefined && { system }),
    };
    expect(requestHash(model, reordered)).toBe(requestHash(model, request));
    expect(requestHash(model, request)).toBe('2a37c3f275ed82ffbc228b414517853c76d875a5cc2ebf99a9e38c6fb9409f5c');
  });

  it.each<[string, typeof model, ModelRequest]>([
    ['provider', { ...model, provider: 'bedrock' }, request],
    ['model', { ...model, model: 'claude-sonnet-4-5' }, request],
    ['system', model, { ...request, system: 't' }],
    ['message', model, { ...request, messages: [{ role: 'user', content: 'y' }] }],
    ['role', model, { ...request, messages: [{ role: 'assistant', content: 'x' }] }],
    ['tool', model, { ...request, tools: [{ ...tool, description: 'Seeks.' }] }],
    ['schema', model, { ...request, responseSchema: { type: 'object' } }],
    ['limit of output', model, { ...request, maxOutputTokens: 10 }],
    ['temperature', model, { ...request, temperature: 0 }],
  ])('is another one for another %s', (_, otherModel, other) => {
    expect(requestHash(otherModel, other)).not.toBe(requestHash(model, request));
  });
});

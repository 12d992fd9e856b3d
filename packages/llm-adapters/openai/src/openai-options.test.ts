import { isAegisError } from '@aegis/spec';
import { expect, it } from 'vitest';
import { adapter, openai, VERSION } from './index.js';
import { openAiOptionsSchema, resolveOptions } from './openai-options.js';

it('needs no option', () => {
  expect(resolveOptions(undefined)).toEqual({ headers: {}, timeoutMs: 600_000 });
  expect(openai()).toMatchObject({ provider: 'openai', model: 'gpt-4o-mini' });
  expect(adapter).toMatchObject({ type: 'openai', defaultModel: 'gpt-4o-mini', contract: 'language-model/v1' });
  expect(VERSION).toMatch(/^\d+\.\d+\.\d+/);
});

it.each<[object, string]>([
  [{ apiKey: 7 }, 'option apiKey'],
  [{ apiKey: '  ' }, 'option apiKey'],
  [{ baseURL: 'localhost:8000' }, 'option baseURL'],
  [{ baseURL: 'ftp://host' }, 'option baseURL'],
  [{ proxy: 'not a url' }, 'option proxy'],
  [{ timeoutMs: 0 }, 'option timeoutMs'],
  [{ temperature: 1 }, 'temperature'],
])('refuses %j and names the option', (options, named) => {
  const error = failureOf(() => adapter.create('gpt-4o', options, { env: {} }));
  expect(error).toMatchObject({ code: 'config/invalid', message: expect.stringContaining(named) });
});

it('shows no value of an option that does not fit', () => {
  expect(failureOf(() => resolveOptions({ proxy: 'hunter2' })).display).not.toContain('hunter2');
});

it('says of every option what it is and whether it is secret', () => {
  for (const option of Object.values(openAiOptionsSchema.shape))
    expect(option.meta()).toMatchObject({ description: expect.stringMatching(/\S/), secret: expect.any(Boolean) });
});

const failureOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (isAegisError(error)) return error;
  }
  throw new Error('no error of ours');
};

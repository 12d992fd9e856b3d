import { isAegisError } from '@aegis/spec';
import { expect, it } from 'vitest';
import { adapter, ollama, VERSION } from './index.js';
import { ollamaOptionsSchema, resolveOptions } from './ollama-options.js';

it('needs no option', () => {
  expect(resolveOptions(undefined)).toEqual({ headers: {}, timeoutMs: 600_000 });
  expect(ollama()).toMatchObject({ provider: 'ollama', model: 'llama3.2' });
  expect(adapter).toMatchObject({ type: 'ollama', defaultModel: 'llama3.2', contract: 'language-model/v1' });
  expect(VERSION).toMatch(/^\d+\.\d+\.\d+/);
});

it.each<[object, string]>([
  [{ host: 'ftp://gpu-box' }, 'option host'],
  [{ host: 'http://me:hunter2@gpu-box' }, 'option host'],
  [{ contextLength: 0 }, 'option contextLength'],
  [{ think: 'hard' }, 'option think'],
  [{ proxy: 'hunter2' }, 'option proxy'],
  [{ timeoutMs: 0.5 }, 'option timeoutMs'],
  [{ baseURL: 'http://gpu-box' }, 'baseURL'],
])('refuses %j, names the option and shows no secret', (options, named) => {
  const error = failureOf(() => adapter.create('llama3.2', options, { env: {} }));
  expect(error).toMatchObject({ code: 'config/invalid', message: expect.stringContaining(named) });
  expect(error.display).not.toContain('hunter2');
});

it('says of every option what it is and whether it is secret', () => {
  for (const option of Object.values(ollamaOptionsSchema.shape))
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

import { isAegisError } from '@aegis/spec';
import { expect, it } from 'vitest';
import { bedrockOptionsSchema, resolveOptions } from './bedrock-options.js';
import { adapter, bedrock, VERSION } from './index.js';

it('needs no option', () => {
  expect(resolveOptions(undefined)).toEqual({
    ...{ timeoutMs: 600_000, connectTimeoutMs: 10_000 },
    ...{ structuredOutput: 'auto', additionalFields: {} },
  });
  expect(bedrock()).toMatchObject({ provider: 'bedrock', model: 'amazon.nova-pro-v1:0' });
  expect(adapter).toMatchObject({ type: 'bedrock', defaultModel: 'amazon.nova-pro-v1:0' });
  expect(VERSION).toMatch(/^\d+\.\d+\.\d+/);
});

it.each<[object, string]>([
  [{ region: '' }, 'option region'],
  [{ baseURL: 'bedrock' }, 'option baseURL'],
  [{ proxy: 'hunter2' }, 'option proxy'],
  [{ connectTimeoutMs: 0 }, 'option connectTimeoutMs'],
  [{ structuredOutput: 'json' }, 'option structuredOutput'],
  [{ accessKeyId: 'hunter2' }, 'accessKeyId'],
])('refuses %j, names the option and shows no secret', (options, named) => {
  const error = failureOf(() => adapter.create('x', options, { env: {} }));
  expect(error).toMatchObject({ code: 'config/invalid', message: expect.stringContaining(named) });
  expect(error.display).not.toContain('hunter2');
});

it('says of every option what it is and whether it is secret', () => {
  for (const option of Object.values(bedrockOptionsSchema.shape))
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

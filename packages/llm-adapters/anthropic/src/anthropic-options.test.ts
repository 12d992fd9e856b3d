import { ConfigError } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { anthropicOptionsSchema, resolveOptions } from './anthropic-options.js';

describe('resolveOptions', () => {
  it('has few defaults of its own', () => {
    expect(resolveOptions()).toEqual({
      headers: {},
      timeoutMs: 600_000,
      maxOutputTokens: 4_096,
      structuredOutput: 'auto',
    });
  });

  it('takes keys without the line break that files end with', () => {
    expect(resolveOptions({ apiKey: 'sk-ant-x\n' }).apiKey).toBe('sk-ant-x');
  });

  it.each([
    [{ apikey: 'x' }, /anthropic model: .*apikey/],
    [{ apiKey: ' ' }, /option apiKey/],
    [{ baseURL: 'api.anthropic.com' }, /option baseURL/],
    [{ baseURL: 'ftp://api.anthropic.com' }, /option baseURL/],
    [{ proxy: 'localhost' }, /option proxy/],
    [{ timeoutMs: 0 }, /option timeoutMs/],
    [{ timeoutMs: 2 ** 31 }, /option timeoutMs/],
    [{ maxOutputTokens: 1.5 }, /option maxOutputTokens/],
    [{ structuredOutput: 'json' }, /option structuredOutput/],
    [{ headers: { 'x-a': 1 } }, /option headers.x-a/],
    ['sk-ant-x', /anthropic model/],
    [null, /anthropic model/],
  ])('refuses %j', (options, message) => {
    expect(() => resolveOptions(options)).toThrow(ConfigError);
    expect(() => resolveOptions(options)).toThrow(message);
  });

  it('never shows a key that it refuses', () => {
    const error = (() => {
      try {
        return resolveOptions({ apiKey: ['hunter2-hunter2'], proxy: 'hunter2-hunter2' });
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(ConfigError);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hunter2');
  });

  it('says of every option whether it is a secret', () => {
    const secrets = Object.entries(anthropicOptionsSchema.shape).map(([name, schema]) => [name, schema.meta()?.secret]);
    expect(Object.fromEntries(secrets)).toEqual({
      apiKey: true,
      authToken: true,
      baseURL: false,
      proxy: true,
      headers: true,
      timeoutMs: false,
      maxOutputTokens: false,
      structuredOutput: false,
    });
  });
});

import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { adapter, anthropic, VERSION } from './index.js';

describe('the package', () => {
  it('says its version', () => {
    expect(VERSION).toBe(manifest.version);
  });

  it('makes a model of the default name, or of any', () => {
    expect(anthropic()).toMatchObject({ provider: 'anthropic', model: 'claude-haiku-4-5' });
    expect(anthropic({ model: 'claude-opus-5-5' }).model).toBe('claude-opus-5-5');
  });

  it('exports an adapter for aegis.yaml', () => {
    expect(adapter).toMatchObject({
      contract: 'language-model/v1',
      type: 'anthropic',
      defaultModel: 'claude-haiku-4-5',
    });
    expect(adapter.create('claude-opus-5-5', {}, { env: {} })).toMatchObject({ model: 'claude-opus-5-5' });
  });

  it('refuses options that do not fit when the model is made', () => {
    expect(() => adapter.create('claude-opus-5-5', { api_key: 'x' }, { env: {} })).toThrow(/api_key/);
  });
});

import type { LanguageModelAdapter, ModelContext } from '@aegis/spec';
import { FakeLanguageModel } from '@aegis/spec/fakes';
import { describe, expect, it } from 'vitest';
import { loadModel } from './load-model.js';

interface Created {
  readonly model: string;
  readonly options: unknown;
  readonly env: ModelContext['env'];
}

const adapterOf = (type: string, created: Created[] = []): LanguageModelAdapter => ({
  contract: 'language-model/v1',
  type,
  defaultModel: 'default',
  optionsSchema: {},
  create: (model, options, { env }) => {
    created.push({ model, options, env });
    return new FakeLanguageModel([]);
  },
});

/** Packages by their specifier; what is not listed is not installed. */
const installed =
  (modules: { readonly [specifier: string]: unknown }, asked: string[] = []) =>
  async (specifier: string): Promise<unknown> => {
    asked.push(specifier);
    return modules[specifier];
  };

const created = async (name: string, specifier: string): Promise<Created | undefined> => {
  const calls: Created[] = [];
  const importAdapter = installed({ [specifier]: { adapter: adapterOf('x', calls) } });
  await loadModel(name, { importAdapter, options: { timeout: 1 }, env: { KEY: 'k' } });
  return calls[0];
};

describe('loadModel', () => {
  it.each([
    ['anthropic/claude-haiku-4-5', '@aegis/llm-anthropic', 'claude-haiku-4-5'],
    ['bedrock/amazon.nova-pro-v1:0', '@aegis/llm-bedrock', 'amazon.nova-pro-v1:0'],
    ['openai/meta-llama/Llama-3-8b', '@aegis/llm-openai', 'meta-llama/Llama-3-8b'],
    ['ollama', '@aegis/llm-ollama', 'default'],
    ['@acme/llm-x/big', '@acme/llm-x', 'big'],
    ['@acme/llm-x', '@acme/llm-x', 'default'],
    ['acme-models/big', 'acme-models', 'big'],
    ['./models/mine.js', './models/mine.js', 'default'],
    ['/opt/models/mine.js', '/opt/models/mine.js', 'default'],
  ])('takes %s from %s as model %s', async (name, specifier, model) => {
    expect(await created(name, specifier)).toEqual({ model, options: { timeout: 1 }, env: { KEY: 'k' } });
  });

  it('takes provider and model apart, so that a path can have a model', async () => {
    const calls: Created[] = [];
    const importAdapter = installed({ './mine.js': { adapter: adapterOf('x', calls) } });
    await loadModel({ provider: './mine.js', model: 'a/b' }, { importAdapter, env: {} });
    expect(calls).toEqual([{ model: 'a/b', options: {}, env: {} }]);
  });

  it.each(['', 'anthropic/', '@acme/llm-x/'])('refuses %j, which names no model', async (name) => {
    await expect(loadModel(name, { importAdapter: installed({}), env: {} })).rejects.toMatchObject({
      code: 'config/usage',
      hint: 'Write provider/model, e.g. anthropic/claude-haiku-4-5, or the provider alone.',
    });
  });

  it.each([
    ['anthropic', 'Run: npm install @aegis/llm-anthropic'],
    ['@acme/llm-x', 'Run: npm install @acme/llm-x'],
    ['mistral', 'Run: npm install @aegis/llm-mistral'],
    ['./mine.js', 'The path is relative to the folder of aegis.yaml.'],
    ['antropic', 'Did you mean "anthropic"?'],
    ['OpenAI', 'Did you mean "openai"?'],
    ['claude', 'Did you mean "anthropic"?'],
    ['aws', 'Did you mean "bedrock"?'],
  ])('says of %s, which is not installed: %s', async (provider, hint) => {
    await expect(loadModel(provider, { importAdapter: installed({}), env: {} })).rejects.toMatchObject({
      code: 'config/missing-adapter',
      hint,
    });
  });

  it('does not take the SDK of a vendor for its adapter', async () => {
    const asked: string[] = [];
    const importAdapter = installed({ openai: { OpenAI: class {} } }, asked);
    await expect(loadModel('openai/gpt-4o-mini', { importAdapter, env: {} })).rejects.toMatchObject({
      hint: 'Run: npm install @aegis/llm-openai',
    });
    expect(asked).toEqual(['@aegis/llm-openai']);
  });

  it('tells an adapter that does not load from one that is not there', async () => {
    const importAdapter = async () => {
      throw new Error('no binary for this system');
    };
    await expect(loadModel('ollama', { importAdapter, env: {} })).rejects.toThrow(
      'the adapter @aegis/llm-ollama is installed but does not load: no binary for this system',
    );
  });

  it.each([
    ['another contract', { adapter: { ...adapterOf('x'), contract: 'language-model/v0' } }],
    ['no default model', { adapter: { ...adapterOf('x'), defaultModel: undefined } }],
    ['no adapter', { create: () => undefined }],
  ])('refuses a package with %s', async (_, module) => {
    const importAdapter = installed({ '@acme/x': module });
    await expect(loadModel('@acme/x', { importAdapter, env: {} })).rejects.toMatchObject({
      code: 'config/missing-adapter',
      message: '@acme/x is not a language model adapter',
    });
  });
});

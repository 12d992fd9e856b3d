import { FakeLanguageModel } from '@aegis/spec/fakes';
import { describe, expect, it } from 'vitest';
import { loadProject } from '../config/project.js';
import { testProject } from '../testing/test-project.js';
import type { ModelFlags } from './choose-model.js';
import { openModel } from './open-model.js';

/** What the adapter of the provider `fake` was created with. */
interface Created {
  readonly model: string;
  readonly options: unknown;
}

const open = async (flags: ModelFlags, config = 'name: shop\n', env: { readonly [name: string]: string } = {}) => {
  const created: Created[] = [];
  const adapter = {
    contract: 'language-model/v1',
    ...{ type: 'fake', defaultModel: 'small', optionsSchema: {} },
    create: (model: string, options: unknown) => {
      created.push({ model, options });
      return new FakeLanguageModel([]);
    },
  };
  const effects = await testProject(
    { 'aegis.yaml': config },
    { env, importFrom: async (name) => (name === '@aegis/llm-fake' ? { adapter } : undefined) },
  );
  return { created, runtime: await openModel(flags, await loadProject({}, effects), effects) };
};

const configured = 'llm: { provider: fake, model: large, region: "${env:REGION}" }\n';

describe('openModel', () => {
  it('opens none where none was named, or when told so', async () => {
    expect((await open({})).runtime).toBeUndefined();
    expect((await open({ llm: false }, configured, { REGION: 'x' })).runtime).toBeUndefined();
  });

  it('takes provider, model and options from aegis.yaml, with references resolved', async () => {
    const { created, runtime } = await open({}, configured, { REGION: 'eu' });
    expect(created).toEqual([{ model: 'large', options: { region: 'eu' } }]);
    expect(runtime).toMatchObject({ provider: 'fake', model: 'scripted' });
  });

  it('takes a flag before the environment, and that before aegis.yaml', async () => {
    const other = 'llm: { provider: other, model: large, region: eu }\n';
    expect((await open({ llm: 'fake' }, other)).created).toEqual([{ model: 'small', options: {} }]);
    expect((await open({ llm: 'fake', llmModel: 'medium' })).created).toMatchObject([{ model: 'medium' }]);
    expect((await open({ llm: 'fake/tiny' })).created).toMatchObject([{ model: 'tiny' }]);
    const env = { AEGIS_LLM_PROVIDER: 'fake', AEGIS_LLM_MODEL: 'named' };
    expect((await open({}, other, env)).created).toMatchObject([{ model: 'named' }]);
  });

  it('keeps the limits of aegis.yaml to itself, and calls no model beyond them', async () => {
    const limited = 'llm: { provider: fake, region: eu, limits: { max_calls: 0, timeout_s: 0.5, concurrency: 2 } }\n';
    const { created, runtime } = await open({}, limited);
    expect(created).toEqual([{ model: 'small', options: { region: 'eu' } }]);
    const session = { node: 'n', recall: async () => undefined, record: async () => undefined };
    const call = { session, ruleId: null, promptVersion: 'n/1' };
    const asked = runtime?.generate({ messages: [{ role: 'user', content: 'hi' }] }, call);
    await expect(asked).rejects.toMatchObject({ code: 'model/budget' });
  });

  it('keeps limits in dollars to models whose price is known, and names limits that do not exist', async () => {
    const inDollars = 'llm: { provider: fake, limits: { max_cost_usd: 1 } }\n';
    await expect(open({}, inDollars)).rejects.toMatchObject({ code: 'config/usage' });
    const misspelt = 'llm:\n  provider: fake\n  limits: { max_callz: 1 }\n';
    await expect(open({}, misspelt)).rejects.toMatchObject({
      ...{ code: 'config/invalid', message: 'unknown key "llm.limits.max_callz"', hint: 'Did you mean "max_calls"?' },
      location: { file: 'aegis.yaml', line: 3 },
    });
    await expect(open({}, 'llm: { provider: fake, limits: { concurrency: 0 } }\n')).rejects.toMatchObject({
      code: 'config/invalid',
    });
  });

  it('says how to install an adapter that is missing, and that a budget needs a price', async () => {
    await expect(open({ llm: 'ollama' })).rejects.toMatchObject({
      code: 'config/missing-adapter',
      hint: 'Run: npm install @aegis/llm-ollama',
    });
    await expect(open({ llm: 'fake', maxCostUsd: 1 })).rejects.toMatchObject({ code: 'config/usage' });
  });
});

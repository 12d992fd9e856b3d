import { ConfigError, LanguageModelError, type ModelCall, type ModelTool } from '@aegis/spec';
import { FakeLanguageModel } from '@aegis/spec/fakes';
import { describe, expect, it } from 'vitest';
import { createAiProvider } from './create-ai-provider.js';

interface Created {
  readonly specifier: string;
  readonly model: string;
  readonly options: unknown;
}

/** What the environment makes of a provider: the adapter and model that are asked for. */
const created = async (env: { readonly [name: string]: string }, model?: string): Promise<Created | undefined> => {
  const calls: Created[] = [];
  const importAdapter = async (specifier: string) => ({
    adapter: {
      contract: 'language-model/v1',
      defaultModel: 'default',
      create: (name: string, options: unknown) => {
        calls.push({ specifier, model: name, options });
        return new FakeLanguageModel([]);
      },
    },
  });
  await createAiProvider({ env, importAdapter, model });
  return calls[0];
};

const look: ModelTool = { name: 'look', description: 'Looks.', parameters: { type: 'object' } };

describe('createAiProvider', () => {
  it('takes a model on the own machine where nothing is named', async () => {
    expect(await created({})).toEqual({ specifier: '@aegis/llm-ollama', model: 'llama3.1:8b', options: {} });
  });

  it('takes model and key from the environment', async () => {
    expect(await created({ AEGIS_AI_MODEL: 'anthropic/claude-haiku-4-5', AEGIS_AI_API_KEY: 'k' })).toEqual({
      ...{ specifier: '@aegis/llm-anthropic', model: 'claude-haiku-4-5' },
      options: { apiKey: 'k' },
    });
  });

  it('takes what it is told before the environment', async () => {
    expect(await created({ AEGIS_AI_MODEL: 'anthropic/a' }, 'openai/b')).toMatchObject({
      specifier: '@aegis/llm-openai',
    });
  });

  it('says how to install an adapter that is not there', async () => {
    const made = createAiProvider({ model: 'nowhere/x', env: {}, importAdapter: async () => undefined });
    await expect(made).rejects.toMatchObject({
      code: 'config/missing-adapter',
      hint: 'Run: npm install @aegis/llm-nowhere',
    });
  });

  it('finds no package of a made up name by itself', async () => {
    await expect(createAiProvider({ model: 'nowhere-at-all/x', env: {} })).rejects.toBeInstanceOf(ConfigError);
  });
});

describe('a provider', () => {
  it('asks once, with context before the question and a system prompt', async () => {
    const model = new FakeLanguageModel([{ text: 'because' }]);
    const provider = await createAiProvider({ model });
    expect(await provider.query('why?', 'facts', 'be brief')).toEqual({
      ...{ content: 'because', toolCalls: [], finishReason: 'stop' },
    });
    expect(model.requests).toMatchObject([
      { system: 'be brief', messages: [{ role: 'user', content: 'facts\n\nwhy?' }] },
    ]);
    expect(model.requests[0]).not.toHaveProperty('tools');
  });

  it('puts context before the first message of a conversation', async () => {
    const model = new FakeLanguageModel([{ text: 'b' }]);
    const provider = await createAiProvider({ model });
    await provider.query(
      [
        { role: 'user', content: 'q' },
        { role: 'assistant', content: 'a' },
      ],
      'facts',
    );
    expect(model.requests[0]?.messages).toEqual([
      { role: 'user', content: 'facts\n\nq' },
      { role: 'assistant', content: 'a' },
    ]);
  });

  it('gives the calls of tools, and what goes back with them', async () => {
    const calls = [{ id: 'c1', name: 'look', arguments: { at: 1 } }];
    const model = new FakeLanguageModel([{ text: 'let me see', toolCalls: calls, providerState: { s: 1 } }]);
    const provider = await createAiProvider({ model });
    expect(await provider.queryWithTools('why?', [look])).toEqual({
      ...{ content: 'let me see', toolCalls: calls, finishReason: 'tool_calls', providerState: { s: 1 } },
    });
    expect(model.requests[0]?.tools).toEqual([look]);
  });

  it('understands calls that were written as text, each under an id of its own', async () => {
    const text = '```json\n{"name": "look", "arguments": {"at": 2}}\n```';
    const provider = await createAiProvider({ model: new FakeLanguageModel([{ text }, { text }]) });
    const answers = [await provider.queryWithTools('why?', [look]), await provider.queryWithTools('why?', [look])];
    expect(answers).toMatchObject([
      {
        content: '',
        finishReason: 'tool_calls',
        toolCalls: [{ id: 'written-1-1', name: 'look', arguments: { at: 2 } }],
      },
      { toolCalls: [{ id: 'written-2-1' }] },
    ]);
  });

  it('writes down each call, and knows what all of them took', async () => {
    const records: ModelCall[] = [];
    const usage = { inputTokens: 5, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 7, reasoningTokens: 0 };
    const provider = await createAiProvider({
      model: new FakeLanguageModel([{ text: 'a', usage }, new LanguageModelError('authentication', 'no')]),
      session: { recall: async () => undefined, record: async (call) => void records.push(call) },
    });
    await provider.query('q', undefined, undefined, { node: 'explain', promptVersion: 'p/1' });
    await expect(provider.query('q')).rejects.toMatchObject({ code: 'model/authentication' });
    expect(records.map(({ decision: { node, promptVersion, response } }) => [node, promptVersion, response])).toEqual([
      ['explain', 'p/1', 'a'],
      ['ai', 'ai/1', 'model/authentication: no'],
    ]);
    expect(provider.spent()).toMatchObject({ calls: 2, inputTokens: 5, outputTokens: 7, costUsd: null });
  });

  it('keeps a budget of its own beside another one', async () => {
    const provider = await createAiProvider({ model: new FakeLanguageModel([{ text: 'a' }]) });
    const limited = provider.withBudget?.({ maxCalls: 0 });
    await expect(limited?.query('q')).rejects.toMatchObject({ code: 'model/budget' });
    expect((await provider.query('q')).content).toBe('a');
  });

  it('stops when it is told to', async () => {
    const provider = await createAiProvider({ model: new FakeLanguageModel([{ text: 'a' }]) });
    const stopped = provider.query('q', undefined, undefined, { signal: AbortSignal.abort() });
    await expect(stopped).rejects.toMatchObject({ code: 'model/cancelled' });
  });
});

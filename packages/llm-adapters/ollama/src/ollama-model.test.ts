import { serveProxy } from '@aegis/conformance/model';
import type { JsonObject, LanguageModel, ModelMessage, ModelRequest } from '@aegis/spec';
import { Ollama } from 'ollama';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type OllamaServer, type OllamaServerTraits, ollamaServer } from './__fixtures__/ollama-server.js';
import { adapter, type OllamaOptions, ollama } from './index.js';

const question: ModelRequest = { messages: [{ role: 'user', content: 'How many orders have no customer?' }] };
const key = 'a-key-of-ollama-com-0123';

const verdictSchema: JsonObject = {
  type: 'object',
  properties: { verdict: { type: 'string' } },
  required: ['verdict'],
};
const countRows = { name: 'count_rows', description: 'Counts rows.', parameters: { type: 'object', properties: {} } };

const serverWith = async (traits: OllamaServerTraits = {}): Promise<OllamaServer> => {
  const server = await ollamaServer(traits);
  onTestFinished(() => server.close());
  return server;
};

const modelOf = ({ url: host }: OllamaServer, options: OllamaOptions = {}): LanguageModel =>
  ollama({ host, ...options });

const failureOf = (call: Promise<unknown>) => call.then(() => undefined).catch((error: unknown) => error);

describe('a model', () => {
  it('that was not pulled is not found, and the error says how to pull it', async () => {
    const server = await serverWith({ pulled: ['llama3.2'] });
    expect(await failureOf(modelOf(server, { model: 'qwen3:8b' }).generate(question))).toMatchObject({
      code: 'model/not-found',
      message: "ollama/qwen3:8b: model 'qwen3:8b' not found",
      hint: 'Run: ollama pull qwen3:8b',
    });
  });

  it('that knows no tools says so', async () => {
    const model = modelOf(await serverWith({ hasNoTools: true }));
    expect(await failureOf(model.generate({ ...question, tools: [countRows] }))).toMatchObject({
      code: 'model/invalid-request',
      hint: expect.stringContaining('Use a model that does'),
    });
  });

  it('gives no answer to a part of a request that is longer than its context', async () => {
    const server = await serverWith({ contextCharacters: 100 });
    server.play({ kind: 'answer', text: 'to the last half of it' });
    const long: ModelRequest = { messages: [{ role: 'user', content: 'x'.repeat(101) }] };
    expect(await failureOf(modelOf(server).generate(long))).toMatchObject({
      code: 'model/context-length',
      hint: expect.stringContaining('contextLength'),
    });
  });

  it('is told its context, whether to think, and how long to stay', async () => {
    const server = await serverWith();
    server.play({ kind: 'answer', text: 'ok' }, { kind: 'answer', text: 'ok' });
    await modelOf(server, { contextLength: 16_384, think: false, keepAlive: '10m' }).generate(question);
    expect(server.bodies[0]).toMatchObject({ options: { num_ctx: 16_384 }, think: false, keep_alive: '10m' });
    await modelOf(server).generate(question);
    expect(server.bodies[1]).not.toMatchObject({ think: expect.anything() });
    expect(server.bodies[1]).toMatchObject({ options: {}, stream: false });
  });
});

describe('a schema', () => {
  it('binds the answer, and is told in words as well', async () => {
    const server = await serverWith();
    server.play({ kind: 'answer', structured: '{"verdict": "bad"}' });
    const answer = await modelOf(server).generate({ ...question, responseSchema: verdictSchema });
    expect(answer.object).toEqual({ verdict: 'bad' });
    expect(server.bodies[0]?.format).toEqual(verdictSchema);
    expect(server.requests[0]?.system).toContain(JSON.stringify(verdictSchema));
  });
});

describe('tools', () => {
  it('get ids that differ between the answers of a conversation, and results by the name of the tool', async () => {
    const server = await serverWith();
    const calls = [1, 2].map((n) => ({ id: '', name: `tool_${n}`, arguments: { n } }));
    server.play(
      { kind: 'answer', toolCalls: calls },
      { kind: 'answer', toolCalls: calls },
      { kind: 'answer', text: 'done' },
    );
    const model = modelOf(server);
    const messages: ModelMessage[] = [...question.messages];
    const ids: string[] = [];
    for (const _ of [1, 2]) {
      const { text: content, toolCalls } = await model.generate({ messages, tools: [countRows] });
      ids.push(...toolCalls.map(({ id }) => id));
      messages.push({ role: 'assistant', content, toolCalls });
      messages.push(...toolCalls.map(({ id }): ModelMessage => ({ role: 'tool', toolCallId: id, content: '7' })));
    }
    await model.generate({ messages, tools: [countRows] });
    expect(new Set(ids).size).toBe(4);
    const names = server.bodies.at(-1)?.messages.map(({ tool_name: name }) => name);
    expect(names?.filter((name) => name !== undefined)).toEqual(['tool_1', 'tool_2', 'tool_1', 'tool_2']);
  });

  it('beside a schema can be called, because the schema is told in words then', async () => {
    const server = await serverWith();
    server.play({ kind: 'answer', structured: '{"verdict": "bad"}' });
    const request = { ...question, system: 'You are terse.', tools: [countRows], responseSchema: verdictSchema };
    expect((await modelOf(server).generate(request)).object).toEqual({ verdict: 'bad' });
    expect(server.bodies[0]).not.toHaveProperty('format');
    expect(server.requests[0]?.system).toMatch(/^You are terse\.\n\n.*JSON Schema:\n\{"type":"object"/s);
  });

  it('that failed are told so in words', async () => {
    const server = await serverWith();
    server.play({ kind: 'answer', text: 'ok' });
    await modelOf(server).generate({
      messages: [
        ...question.messages,
        { role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'count_rows', arguments: 'no object' }] },
        { role: 'tool', toolCallId: 'a', content: 'no such table', isError: true },
      ],
    });
    expect(server.bodies[0]?.messages.slice(1)).toEqual([
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ function: { name: 'count_rows', arguments: { input: 'no object' } } }],
      },
      { role: 'tool', content: 'Error: no such table', tool_name: 'count_rows' },
    ]);
  });
});

describe('the host', () => {
  it('is the one of the environment where no option says another', async () => {
    const server = await serverWith();
    server.play({ kind: 'answer', text: 'ok' });
    const env = { OLLAMA_HOST: new URL(server.url).host };
    await expect(adapter.create('llama3.2', {}, { env }).generate(question)).resolves.toMatchObject({ text: 'ok' });
  });

  it('that is down is a connection error that says how to start it', async () => {
    const server = await serverWith();
    await server.close();
    expect(await failureOf(modelOf(server).generate(question))).toMatchObject({
      code: 'model/connection',
      message: expect.stringContaining(`ECONNREFUSED ${new URL(server.url).host}`),
      hint: expect.stringContaining('ollama serve'),
    });
  });

  it('that is no Ollama says so, and nothing is printed', async () => {
    const printed = vi.spyOn(console, 'log');
    const model = modelOf(await serverWith(), {});
    const elsewhere = ollama({ host: `${(await serverWith()).url}/ollama` });
    expect(await failureOf(elsewhere.generate(question))).toMatchObject({
      code: 'model/not-found',
      message: 'ollama/llama3.2: 404 page not found',
      hint: expect.stringContaining('no Ollama'),
    });
    await failureOf(model.generate(question));
    expect(printed).not.toHaveBeenCalled();
  });

  it('in a variable that is none is an error of the configuration', async () => {
    const model = adapter.create('llama3.2', {}, { env: { OLLAMA_HOST: 'ftp://gpu-box' } });
    expect(await failureOf(model.generate(question))).toMatchObject({ code: 'config/invalid' });
  });
});

describe('a key', () => {
  it('is sent where the options name one, and is in no error', async () => {
    const server = await serverWith({ key });
    server.play({ kind: 'answer', text: 'ok' }, { kind: 'error', status: 400, echoesKey: true });
    const model = modelOf(server, { apiKey: key });
    await expect(model.generate(question)).resolves.toMatchObject({ text: 'ok' });
    const error = (await failureOf(model.generate(question))) as Error;
    expect(error).toMatchObject({ code: 'model/invalid-request', message: expect.stringContaining('Bearer …') });
    expect(String(error.cause)).not.toContain(key);
  });

  it('of the environment is shown to no server but ollama.com', async () => {
    const server = await serverWith();
    server.play({ kind: 'answer', text: 'ok' });
    const model = adapter.create('llama3.2', { host: server.url }, { env: { OLLAMA_API_KEY: key } });
    await model.generate(question);
    expect(server.requests[0]?.credentialProblem).toBeUndefined();
  });

  it('that a server misses is an authentication error', async () => {
    const server = await serverWith({ key });
    expect(await failureOf(modelOf(server).generate(question))).toMatchObject({
      code: 'model/authentication',
      hint: expect.stringContaining('OLLAMA_API_KEY'),
    });
  });

  it('for ollama.com is missed before anything is sent', async () => {
    const model = adapter.create('gpt-oss:120b', { host: 'https://ollama.com' }, { env: {} });
    expect(await failureOf(model.generate(question))).toMatchObject({ code: 'model/authentication' });
  });
});

describe('the connection', () => {
  it('goes by way of the proxy, with its password', async () => {
    const [server, proxy] = [await serverWith(), await serveProxy()];
    onTestFinished(proxy.close);
    server.play({ kind: 'answer', text: 'ok' });
    await modelOf(server, { proxy: `http://me:hunter2-long@${proxy.host}` }).generate(question);
    const authorization = `Basic ${btoa('me:hunter2-long')}`;
    expect(proxy.asked).toEqual([{ host: new URL(server.url).host, authorization }]);
  });

  it('to a server on this machine is not sent by way of the proxy of the environment', async () => {
    const server = await serverWith();
    server.play({ kind: 'answer', text: 'ok' });
    const env = { HTTP_PROXY: 'http://127.0.0.1:9' };
    const model = adapter.create('llama3.2', { host: server.url }, { env });
    await expect(model.generate(question)).resolves.toMatchObject({ text: 'ok' });
  });
});

describe('a client of the SDK that the user made', () => {
  it('answers, and its errors are classified', async () => {
    const server = await serverWith({ pulled: ['llama3.2'] });
    server.play({ kind: 'answer', text: 'ok' });
    const client = new Ollama({ host: server.url });
    await expect(ollama({ client }).generate(question)).resolves.toMatchObject({ text: 'ok' });
    expect(await failureOf(ollama({ client, model: 'x' }).generate(question))).toMatchObject({
      code: 'model/not-found',
    });
  });

  it('is not waited for any more when the call is stopped or late', async () => {
    const server = await serverWith();
    server.play({ kind: 'hang' }, { kind: 'hang' });
    const model = ollama({ client: new Ollama({ host: server.url }), timeoutMs: 60 });
    const controller = new AbortController();
    const stopped = failureOf(model.generate({ ...question, signal: controller.signal }));
    controller.abort();
    expect(await stopped).toMatchObject({ code: 'model/cancelled' });
    expect(await failureOf(model.generate(question))).toMatchObject({ code: 'model/timeout' });
  });
});

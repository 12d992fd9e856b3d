import { type ModelServer, serveProxy } from '@aegis/conformance/model';
import type { JsonObject, LanguageModel, ModelRequest } from '@aegis/spec';
import OpenAI from 'openai';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type OpenAiServerTraits, openAiServer, serverKey } from './__fixtures__/openai-server.js';
import { adapter, type OpenAiOptions, openai } from './index.js';

const question: ModelRequest = { messages: [{ role: 'user', content: 'How many orders have no customer?' }] };

const verdictSchema: JsonObject = {
  type: 'object',
  properties: { verdict: { type: 'string' }, note: { type: 'string' } },
  required: ['verdict'],
  additionalProperties: false,
};

const serverWith = async (traits: OpenAiServerTraits = {}): Promise<ModelServer> => {
  const server = await openAiServer(traits);
  onTestFinished(() => server.close());
  return server;
};

const modelOf = ({ url }: ModelServer, options: OpenAiOptions = {}): LanguageModel =>
  openai({ baseURL: `${url}/v1`, apiKey: serverKey, ...options });

const refusals = (server: ModelServer, answered: number) => server.requests.length - answered;

describe('a server that knows less than OpenAI', () => {
  it('is asked for JSON, with the schema in words, once it refused the schema', async () => {
    const server = await serverWith({ lacks: ['json_schema'] });
    server.play(
      { kind: 'answer', structured: '{"verdict": "bad"}' },
      { kind: 'answer', structured: '{"verdict": "good"}' },
    );
    const model = modelOf(server);
    const request = { ...question, system: 'You are terse.', responseSchema: verdictSchema };
    expect((await model.generate(request)).object).toEqual({ verdict: 'bad' });
    expect(server.requests.at(-1)?.system).toMatch(/^You are terse\.\n\n.*JSON Schema:\n\{"type":"object"/s);
    expect((await model.generate(request)).object).toEqual({ verdict: 'good' });
    expect(refusals(server, 2)).toBe(1);
  });

  it('is asked in words alone once it refused JSON, too', async () => {
    const server = await serverWith({ lacks: ['json_schema', 'json_object'] });
    server.play({ kind: 'answer', structured: '{"verdict": "bad"}' });
    const answer = await modelOf(server).generate({ ...question, responseSchema: verdictSchema });
    expect(answer.object).toEqual({ verdict: 'bad' });
    expect(refusals(server, 1)).toBe(2);
  });

  it.each(['max_tokens', 'max_completion_tokens'] as const)(
    'is given the token limit by the other name than %s',
    async (lack) => {
      const server = await serverWith({ lacks: [lack] });
      server.play({ kind: 'answer', text: 'a' }, { kind: 'answer', text: 'b' });
      const model = modelOf(server);
      await model.generate({ ...question, maxOutputTokens: 50 });
      await model.generate({ ...question, maxOutputTokens: 60 });
      expect(server.requests.at(-1)?.maxOutputTokens).toBe(60);
      expect(refusals(server, 2)).toBe(lack === 'max_tokens' ? 1 : 0);
    },
  );

  it('is given no temperature once it refused one', async () => {
    const server = await serverWith({ lacks: ['temperature'] });
    server.play({ kind: 'answer', text: 'a' }, { kind: 'answer', text: 'b' });
    const model = modelOf(server);
    await model.generate({ ...question, temperature: 0.5 });
    await model.generate({ ...question, temperature: 0.5 });
    expect(server.requests.at(-1)?.temperature).toBeUndefined();
    expect(refusals(server, 2)).toBe(1);
  });

  it('may lack several things at once', async () => {
    const server = await serverWith({ lacks: ['json_schema', 'max_tokens', 'temperature'] });
    server.play({ kind: 'answer', structured: '{"verdict": "bad"}' });
    const request = { ...question, responseSchema: verdictSchema, maxOutputTokens: 50, temperature: 0.5 };
    await expect(modelOf(server).generate(request)).resolves.toMatchObject({ object: { verdict: 'bad' } });
    expect(refusals(server, 1)).toBe(3);
  });

  it('is not asked twice where it refused something else', async () => {
    const server = await serverWith();
    server.play({ kind: 'error', status: 400 });
    const request = { ...question, responseSchema: verdictSchema, maxOutputTokens: 50, temperature: 0.5 };
    await expect(modelOf(server).generate(request)).rejects.toMatchObject({ code: 'model/invalid-request' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('a structured answer', () => {
  it('may leave out what is optional, though strict mode knows nothing optional', async () => {
    const server = await serverWith();
    server.play({ kind: 'answer', structured: '{"verdict": "bad", "note": null}' });
    const answer = await modelOf(server).generate({ ...question, responseSchema: verdictSchema });
    expect(server.requests[0]?.responseSchema).toMatchObject({ required: ['verdict', 'note'] });
    expect(answer.object).toEqual({ verdict: 'bad' });
  });

  it('of a schema that strict mode cannot say is asked for without it', async () => {
    const server = await serverWith();
    server.play({ kind: 'answer', structured: '{"a": 1}' });
    const responseSchema = { type: 'object', additionalProperties: { type: 'integer' } };
    expect((await modelOf(server).generate({ ...question, responseSchema })).object).toEqual({ a: 1 });
    expect(server.requests[0]?.responseSchema).toEqual(responseSchema);
  });
});

describe('the key', () => {
  it('is not needed by a server that asks for none', async () => {
    const server = await serverWith({ isKeyless: true });
    server.play({ kind: 'answer', text: 'ok' });
    const model = adapter.create('llama-3.1-8b', { baseURL: `${server.url}/v1` }, { env: {} });
    await expect(model.generate(question)).resolves.toMatchObject({ text: 'ok' });
    expect(server.requests[0]?.credentialProblem).toBeUndefined();
  });

  it('of the environment is shown to OpenAI and no other host that the options name', async () => {
    const server = await serverWith({ isKeyless: true });
    server.play({ kind: 'answer', text: 'ok' });
    const env = { OPENAI_API_KEY: 'sk-for-openai-only' };
    await adapter.create('llama-3.1-8b', { baseURL: `${server.url}/v1` }, { env }).generate(question);
    expect(server.requests[0]?.credentialProblem).toBeUndefined();
  });

  it('of the environment is shown to the URL beside it, spaces around it aside', async () => {
    const server = await serverWith();
    server.play({ kind: 'answer', text: 'ok' });
    const env = { OPENAI_API_KEY: ` ${serverKey}\n`, OPENAI_BASE_URL: `${server.url}/v1` };
    await expect(adapter.create('gpt-4o', {}, { env }).generate(question)).resolves.toMatchObject({ text: 'ok' });
  });

  it('with a line break in it is refused before it could be shown', async () => {
    const model = openai({ apiKey: 'sk-first\nsk-second' });
    await expect(model.generate(question)).rejects.toMatchObject({
      code: 'model/authentication',
      message: 'the API key for openai holds characters that no key has',
    });
  });

  it('may be looked up again after it was missing', async () => {
    const server = await serverWith();
    server.play({ kind: 'answer', text: 'ok' });
    const env: { [name: string]: string } = {};
    const model = adapter.create('gpt-4o', {}, { env });
    await expect(model.generate(question)).rejects.toMatchObject({ code: 'model/authentication' });
    Object.assign(env, { OPENAI_API_KEY: serverKey, OPENAI_BASE_URL: `${server.url}/v1` });
    await expect(model.generate(question)).resolves.toMatchObject({ text: 'ok' });
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
    const server = await serverWith({ isKeyless: true });
    server.play({ kind: 'answer', text: 'ok' });
    const env = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' };
    const model = adapter.create('llama-3.1-8b', { baseURL: `${server.url}/v1` }, { env });
    await expect(model.generate(question)).resolves.toMatchObject({ text: 'ok' });
  });

  it('to OpenAI is sent by way of the proxy of the environment, whose password no error shows', async () => {
    const env = { OPENAI_API_KEY: serverKey, HTTPS_PROXY: 'http://me:hunter2-long@127.0.0.1:9' };
    const error = await adapter
      .create('gpt-4o', {}, { env })
      .generate(question)
      .catch((cause: Error) => cause);
    expect(error).toMatchObject({ code: 'model/connection', message: expect.stringContaining('127.0.0.1:9') });
    expect(error).not.toMatchObject({ message: expect.stringContaining('hunter2-long') });
  });

  it('may be that of a client of the SDK that the user made', async () => {
    const server = await serverWith();
    server.play({ kind: 'answer', text: 'ok' }, { kind: 'error', status: 500 });
    const model = openai({ client: new OpenAI({ apiKey: serverKey, baseURL: `${server.url}/v1` }) });
    await expect(model.generate(question)).resolves.toMatchObject({ text: 'ok' });
    await expect(model.generate(question)).rejects.toMatchObject({ code: 'model/overloaded' });
    expect(server.requests).toHaveLength(2);
  });
});

import { serveProxy } from '@aegis/conformance/model';
import type { JsonObject, LanguageModel, ModelMessage, ModelRequest } from '@aegis/spec';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type BedrockServer,
  type BedrockServerTraits,
  bedrockServer,
  testKeys,
  testRegion,
} from './__fixtures__/bedrock-server.js';
import { answer } from './__fixtures__/one-answer.js';
import { adapter, bedrock } from './index.js';

const question: ModelRequest = { messages: [{ role: 'user', content: 'How many orders have no customer?' }] };
const haiku = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const env = {
  AWS_ACCESS_KEY_ID: testKeys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: testKeys.secretAccessKey,
  AWS_SESSION_TOKEN: testKeys.sessionToken,
  AWS_REGION: testRegion,
};

const verdictSchema: JsonObject = {
  type: 'object',
  properties: { verdict: { type: 'string' } },
  required: ['verdict'],
};
const countRows = { name: 'count_rows', description: 'Counts rows.', parameters: { type: 'object', properties: {} } };

const serverWith = async (traits: BedrockServerTraits = {}): Promise<BedrockServer> => {
  const server = await bedrockServer(traits);
  onTestFinished(() => server.close());
  return server;
};

const modelOf = ({ url: baseURL }: BedrockServer, model = adapter.defaultModel, options: object = {}): LanguageModel =>
  adapter.create(model, { baseURL, ...options }, { env });

const failureOf = (call: Promise<unknown>) => call.then(() => undefined).catch((error: unknown) => error);

describe('a structured answer', () => {
  it('of a model without the output format is taken by a tool', async () => {
    const server = await serverWith();
    server.play({ kind: 'answer', structured: '{"verdict": "bad"}' });
    const answer = await modelOf(server).generate({ ...question, responseSchema: verdictSchema });
    expect(answer).toMatchObject({ object: { verdict: 'bad' }, text: '{"verdict":"bad"}', finishReason: 'stop' });
    expect(server.bodies[0]?.toolConfig?.toolChoice).toEqual({ tool: { name: 'give_answer' } });
  });

  it('falls back to a tool once the model refused the output format, which it remembers', async () => {
    const server = await serverWith({ lacks: ['format'] });
    server.play(
      { kind: 'answer', structured: '{"verdict": "bad"}' },
      { kind: 'answer', structured: '{"verdict": "good"}' },
    );
    const model = modelOf(server, haiku);
    const request = { ...question, responseSchema: verdictSchema };
    expect((await model.generate(request)).object).toEqual({ verdict: 'bad' });
    expect((await model.generate(request)).object).toEqual({ verdict: 'good' });
    expect(server.requests).toHaveLength(3);
  });

  it('is asked for in words besides where the model cannot be made to call a tool', async () => {
    const server = await serverWith({ lacks: ['toolChoice'] });
    server.play({ kind: 'answer', structured: '{"verdict": "bad"}' });
    const answer = await modelOf(server, 'meta.llama3-1-70b-instruct-v1:0').generate({
      ...question,
      responseSchema: verdictSchema,
    });
    expect(answer.object).toEqual({ verdict: 'bad' });
    expect(server.requests.at(-1)?.system).toContain('give_answer');
    expect(server.requests).toHaveLength(2);
  });

  it('is asked for in words alone where the model knows no tools', async () => {
    const server = await serverWith({ lacks: ['tools'] });
    server.play({ kind: 'answer', text: '{"verdict": "bad"}' });
    const answer = await modelOf(server, 'deepseek.r1-v1:0').generate({ ...question, responseSchema: verdictSchema });
    expect(answer.object).toEqual({ verdict: 'bad' });
    expect(server.requests.at(-1)?.system).toContain('JSON Schema');
    expect(server.bodies.at(-1)?.toolConfig).toBeUndefined();
  });

  it('that is no object is asked for in words, as arguments are objects', async () => {
    const server = await serverWith();
    server.play({ kind: 'answer', text: '["a"]' });
    const responseSchema = { type: 'array', items: { type: 'string' } };
    expect((await modelOf(server).generate({ ...question, responseSchema })).object).toEqual(['a']);
  });
});

describe('what a model does not know', () => {
  it('it is asked without, and a temperature is not offered twice', async () => {
    const server = await serverWith({ lacks: ['temperature', 'cache'] });
    server.play({ kind: 'answer', text: 'a' }, { kind: 'answer', text: 'b' });
    const model = modelOf(server, haiku);
    const request = { ...question, system: 'You are terse.', temperature: 0.5 };
    await expect(model.generate(request)).resolves.toMatchObject({ text: 'a' });
    await expect(model.generate(request)).resolves.toMatchObject({ text: 'b' });
    expect(server.requests).toHaveLength(4);
    expect(server.requests.at(-1)).toMatchObject({ asksForCache: false, temperature: undefined });
  });

  it('is an error where nothing can be left out', async () => {
    const server = await serverWith({ lacks: ['tools'] });
    expect(await failureOf(modelOf(server).generate({ ...question, tools: [countRows] }))).toMatchObject({
      code: 'model/invalid-request',
      message: expect.stringContaining('tool use'),
    });
    expect(server.requests).toHaveLength(1);
  });
});

describe('the cache', () => {
  const loop: readonly ModelMessage[] = [
    ...question.messages,
    { role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'count_rows', arguments: {} }] },
    { role: 'tool', toolCallId: 'a', content: '7' },
  ];
  const request = { system: 'You are terse.', messages: loop, tools: [countRows] };

  it.each([
    ['Claude: behind the system text and the results of tools', haiku, {}, 2],
    ['Nova: behind the system text', 'amazon.nova-lite-v1:0', {}, 1],
    ['others: nowhere', 'mistral.mistral-large-2407-v1:0', {}, 0],
    [
      'others where it is wanted',
      'arn:aws:bedrock:eu-central-1:1:application-inference-profile/x',
      { promptCache: true },
      1,
    ],
    ['Claude where it is not wanted', haiku, { promptCache: false }, 0],
  ])('has points for %s', async (_, model, options, points) => {
    const server = await serverWith();
    server.play({ kind: 'answer', text: 'ok' });
    await modelOf(server, model, options).generate(request);
    expect(JSON.stringify(server.bodies[0]).match(/"cachePoint":/g) ?? []).toHaveLength(points);
    expect(server.requests[0]?.model).toBe(model);
  });
});

describe('an answer', () => {
  it('of a prompt router names the model that it asked', async () => {
    const client = answer({ trace: { promptRouter: { invokedModelId: 'arn:model' } } });
    await expect(bedrock({ client }).generate(question)).resolves.toMatchObject({ model: 'arn:model' });
  });

  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['guardrail_intervened', 'content_filter'],
    ['content_filtered', 'content_filter'],
    ['malformed_model_output', 'other'],
    ['something new', 'other'],
  ])('that stops with %s ends with %s', async (stopReason, finishReason) => {
    const response = await bedrock({ client: answer({ stopReason }) }).generate(question);
    expect(response).toMatchObject({ finishReason, model: 'amazon.nova-pro-v1:0' });
  });
});

describe('thoughts', () => {
  it('come back in their places, those that nobody may read among them', async () => {
    const server = await serverWith();
    const toolCalls = [{ id: 'a', name: 'count_rows', arguments: { base64: 'no bytes' } }];
    server.play(
      { kind: 'answer', thinking: 'Hm.', text: 'Let me see.', toolCalls, finish: 'tool_calls' },
      { kind: 'answer', text: 'ok' },
    );
    const model = modelOf(server, haiku, { additionalFields: { thinking: { type: 'enabled', budget_tokens: 1024 } } });
    const { text: content, providerState = null } = await model.generate({ ...question, tools: [countRows] });
    await model.generate({
      messages: [
        ...question.messages,
        { role: 'assistant', content, toolCalls, providerState: JSON.parse(JSON.stringify(providerState)) },
        { role: 'tool', toolCallId: 'a', content: '' },
      ],
      tools: [countRows],
    });
    expect(server.bodies[1]?.messages[1]?.content).toEqual([
      { reasoningContent: { reasoningText: { text: 'Hm.', signature: 'signed:3' } } },
      { reasoningContent: { redactedContent: btoa('nobody reads this') } },
      { text: 'Let me see.' },
      { toolUse: { toolUseId: 'a', name: 'count_rows', input: { base64: 'no bytes' } } },
    ]);
    expect(server.bodies[0]?.additionalModelRequestFields).toEqual({
      thinking: { type: 'enabled', budget_tokens: 1024 },
    });
  });

  it('come before what the turn says where that is something else now', async () => {
    const server = await serverWith();
    server.play({ kind: 'answer', thinking: 'Hm.', text: 'e@x.org' }, { kind: 'answer', text: 'ok' });
    const model = modelOf(server, haiku);
    const { providerState = null } = await model.generate(question);
    const messages: readonly ModelMessage[] = [
      ...question.messages,
      { role: 'assistant', content: '<email-1>', providerState },
      { role: 'user', content: 'Go on.' },
    ];
    await model.generate({ messages });
    const [, turn] = server.bodies[1]?.messages ?? [];
    expect(turn?.content.map((block) => Object.keys(block)[0])).toEqual([
      'reasoningContent',
      'reasoningContent',
      'text',
    ]);
    expect(turn?.content.at(-1)).toEqual({ text: '<email-1>' });
  });
});

describe('the connection', () => {
  it('goes by way of the proxy, with its password', async () => {
    const [server, proxy] = [await serverWith(), await serveProxy()];
    onTestFinished(proxy.close);
    server.play({ kind: 'answer', text: 'ok' });
    const model = modelOf(server, haiku, { proxy: `http://me:hunter2-long@${proxy.host}` });
    await expect(model.generate(question)).resolves.toMatchObject({ text: 'ok' });
    const authorization = `Basic ${btoa('me:hunter2-long')}`;
    expect(proxy.asked).toEqual([{ host: new URL(server.url).host, authorization }]);
  });

  it('by way of a proxy that is down is a connection error that shows no password', async () => {
    const environment = { ...env, HTTPS_PROXY: 'http://me:hunter2-long@127.0.0.1:9' };
    const error = await failureOf(adapter.create(haiku, {}, { env: environment }).generate(question));
    expect(error).toMatchObject({ code: 'model/connection', message: expect.stringContaining('127.0.0.1:9') });
    expect(`${(error as Error).message}${(error as Error).cause}`).not.toContain('hunter2-long');
  });

  it('may be that of a client of the SDK that the user made', async () => {
    const server = await serverWith();
    server.play({ kind: 'answer', text: 'ok' }, { kind: 'error', status: 429 });
    const { accessKeyId, secretAccessKey, sessionToken = '' } = testKeys;
    const client = new BedrockRuntimeClient({
      ...{ region: testRegion, endpoint: server.url, maxAttempts: 1 },
      requestHandler: new NodeHttpHandler(),
      credentials: { accessKeyId, secretAccessKey, sessionToken },
    });
    onTestFinished(() => client.destroy());
    const model = bedrock({ client });
    await expect(model.generate(question)).resolves.toMatchObject({ text: 'ok' });
    expect(await failureOf(model.generate(question))).toMatchObject({ code: 'model/rate-limit' });
  });
});

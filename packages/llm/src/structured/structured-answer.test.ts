import type { ModelMessage, ModelRequest, ModelResponse } from '@aegis/spec';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { modelOf } from '../runtime/__fixtures__/scripted-model.js';
import { callOf, KeptSession } from '../runtime/__fixtures__/session.js';
import { VirtualTiming } from '../runtime/__fixtures__/virtual-timing.js';
import { createRuntime } from '../runtime/create-runtime.js';

const schema = z.object({ severity: z.enum(['high', 'low']), reason: z.string().max(200) });
const good = { severity: 'high', reason: 'Most rows fail.' };
const request: ModelRequest = { messages: [{ role: 'user', content: 'How bad?' }] };

const asked = async (answers: readonly Partial<ModelResponse>[]) => {
  const model = modelOf((_, number) => answers[number - 1] ?? { text: 'no further answer' });
  const session = new KeptSession();
  const runtime = createRuntime(model, { timing: new VirtualTiming() });
  const outcome: unknown = await runtime.answer(request, schema, callOf(session)).catch((error: unknown) => error);
  return { outcome, session, requests: model.requests };
};

const contents = (messages: readonly ModelMessage[] | undefined) => (messages ?? []).map(({ content }) => content);

describe('ModelRuntime.answer', () => {
  it('asks for the schema and gives the structured answer', async () => {
    const { outcome, requests } = await asked([{ object: good }]);
    expect(outcome).toEqual(good);
    expect(requests[0]?.responseSchema).toMatchObject({ type: 'object', required: ['severity', 'reason'] });
  });

  it.each([
    ['text', { text: JSON.stringify(good) }],
    ['a fence', { text: `Here:\n\`\`\`json\n${JSON.stringify(good)}\n\`\`\`` }],
    ['prose', { text: `I think it is ${JSON.stringify(good)}. Tell me more {of it}.` }],
    ['JSON of JSON', { text: JSON.stringify(JSON.stringify(good)) }],
    ['an object that is a text', { object: JSON.stringify(good) }],
    ['a text beside an object that does not fit', { object: { severity: 'high' }, text: JSON.stringify(good) }],
    ['prose in another language', { text: `심각도는 다음과 같습니다: ${JSON.stringify(good)} 감사합니다` }],
  ])('reads an answer from %s', async (_, answer) => {
    const { outcome } = await asked([answer]);
    expect(outcome).toEqual(good);
  });

  it('shows the model what is wrong, once, and writes both calls down', async () => {
    const { outcome, requests, session } = await asked([
      { text: '{"severity": "catastrophic"}' },
      { text: JSON.stringify(good) },
    ]);
    expect(outcome).toEqual(good);
    expect(contents(requests[1]?.messages)).toEqual([
      'How bad?',
      '{"severity": "catastrophic"}',
      expect.stringMatching(/does not fit the schema:[\s\S]*high[\s\S]*severity[\s\S]*reason[\s\S]*JSON Schema:\n\{"/),
    ]);
    expect(session.calls.map(({ decision }) => decision.response)).toEqual([
      '{"severity": "catastrophic"}',
      JSON.stringify(good),
    ]);
    expect(session.calls[1]?.decision.prompt).toContain('catastrophic');
  });

  it.each([
    ['prose', { text: 'It is rather bad.' }, 'it holds no JSON'],
    ['prose in another language', { text: '这很糟糕。' }, 'it holds no JSON'],
    ['nothing', { text: ' ' }, 'it was empty'],
    ['half of it', { text: '{"severity": "hi', finishReason: 'length' as const }, 'it was cut off'],
    ['another schema', { object: { level: 3 } }, 'it does not fit the schema'],
    ['a list of nothing', { text: '[]' }, 'expected object, received array'],
  ])('repairs %s', async (_, answer, problem) => {
    const { outcome, requests } = await asked([answer, { object: good }]);
    expect(outcome).toEqual(good);
    expect(requests[1]?.messages.at(-1)?.content).toContain(problem);
    expect(contents(requests[1]?.messages)).not.toContain('');
  });

  it('gives up after one repair, and says what was wrong', async () => {
    const { outcome, requests } = await asked([{ text: 'no' }, { object: { severity: 'high' } }, { object: good }]);
    expect(outcome).toMatchObject({
      code: 'model/invalid-output',
      message: expect.stringMatching(/^the model gave no usable answer, asked twice: it does not fit .*reason$/),
    });
    expect(requests).toHaveLength(2);
  });

  it('feeds little of a megabyte back, and writes all of it down', async () => {
    const text = `{"severity": "${'x'.repeat(1_000_000)}"}`;
    const { outcome, requests, session } = await asked([{ text }, { object: good }]);
    expect(outcome).toEqual(good);
    expect(JSON.stringify(requests[1]).length).toBeLessThan(10_000);
    expect(requests[1]?.messages[1]?.content).toContain('characters left out');
    expect(session.calls[0]?.decision.response).toHaveLength(text.length);
  });

  it('does not ask again what the model refused', async () => {
    const { outcome, requests } = await asked([{ text: 'I cannot', finishReason: 'content_filter' }]);
    expect(outcome).toMatchObject({ code: 'model/content-filter' });
    expect(requests).toHaveLength(1);
  });

  it('checks with everything that the schema can', async () => {
    const model = modelOf(() => ({ object: { n: '5' } }));
    const runtime = createRuntime(model, { timing: new VirtualTiming() });
    const numbers = z.object({
      n: z
        .string()
        .transform(Number)
        .refine(async (n) => n === 5),
    });
    expect(await runtime.answer(request, numbers, callOf(new KeptSession()))).toEqual({ n: 5 });
  });

  it('finds both answers again in a run that was continued', async () => {
    const { session } = await asked([{ text: 'no' }, { object: good }]);
    const model = modelOf(() => ({ text: 'never asked' }));
    const runtime = createRuntime(model, { timing: new VirtualTiming() });
    const again = callOf(new KeptSession({ answers: session.calls }));
    expect(await runtime.answer(request, schema, again)).toEqual(good);
    expect(model.requests).toEqual([]);
  });
});

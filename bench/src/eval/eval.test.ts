import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AiProvider, createAiProvider } from '@aegis/lineage-ai';
import * as openai from '@aegis/llm-openai';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { evaluate, type Outcome } from './harness.js';
import { pipelines } from './pipelines/index.js';
import type { Question } from './question.js';
import { runEval } from './run-eval.js';
import { chatServer, textMessage, toolMessage } from './scripted/chat-server.js';
import { blamesFirst, invents, looksAndNeverKnows, namesEverything, neverKnows, silent } from './scripted/fools.js';
import { oracle } from './scripted/oracle.js';
import { told } from './scripted/scripted-provider.js';

const questions = pipelines.flatMap((pipeline) => pipeline.questions);

const outcomesOf = async (provider: (question: Question) => AiProvider): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for await (const outcome of evaluate(pipelines, { provider })) outcomes.push(outcome);
  return outcomes;
};

const right = (outcomes: readonly Outcome[]): number => outcomes.filter(({ isRight }) => isRight).length;

it('asks 40 questions under 40 ids', () => {
  expect(questions).toHaveLength(40);
  expect(new Set(questions.map(({ id }) => id)).size).toBe(40);
  expect(new Set(questions.map(({ kind }) => kind)).size).toBe(9);
});

describe('who knows the answers', { timeout: 120_000 }, () => {
  it('and finds them with the tools is right 40 times', async () => {
    const outcomes = await outcomesOf(oracle);
    expect(outcomes.filter(({ isRight }) => !isRight).map(({ id, faults }) => `${id}: ${faults.join('; ')}`)).toEqual(
      [],
    );
    expect(outcomes).toHaveLength(40);
  });

  it('and makes up what they rest on is never right', async () => {
    expect(right(await outcomesOf(invents))).toBe(0);
  });
});

describe('who does not', { timeout: 120_000 }, () => {
  it.each([
    ['and says nothing', silent, 0],
    ['and names every table', namesEverything, 0],
    ['and never looks', neverKnows, 0],
    ['and only says that it cannot be told', looksAndNeverKnows, 0],
    ['and blames the first table upstream', blamesFirst, 0],
  ] as const)('%s is right at most by chance', async (_, fool, most) => {
    expect(right(await outcomesOf(fool))).toBeLessThanOrEqual(most);
  });
});

it('asks a model through its adapter', { timeout: 60_000 }, async () => {
  const { calls = [], answer } = questions.find(({ id }) => id === 'shop/left-out')?.script ?? expect.fail();
  const server = await chatServer([
    toolMessage(calls.map(({ tool, arguments: given }) => [tool, given])),
    textMessage(told('explained', answer, [{ text: '5 orders have another status', cites: ['r2'] }])),
  ]);
  onTestFinished(() => server.close());
  const [outcome] = await runEval(['--model', 'openai/gpt-4o-mini', '--only', 'shop/left-out', '--json'], {
    env: {},
    print: () => undefined,
    provider: (model) =>
      createAiProvider({
        ...{ model, env: {}, options: { baseURL: server.baseURL, apiKey: 'test' } },
        importAdapter: async (name) => (name === '@aegis/llm-openai' ? openai : undefined),
      }),
  });
  expect(outcome).toMatchObject({ isRight: true, toolCalls: 2, calls: 2, faults: [], model: 'openai/gpt-4o-mini' });
  expect(outcome?.costUsd).toBeGreaterThan(0);
});

describe('the command', { timeout: 60_000 }, () => {
  let folder = '';
  const lines: string[] = [];
  const asked: string[] = [];
  const known = new Map(questions.map((question) => [question.id, question]));

  const run = (argv: readonly string[], id = 'shop/left-out') =>
    runEval(argv, {
      env: {},
      print: (line) => lines.push(line),
      provider: async (model) => {
        asked.push(model);
        const scripted = oracle(known.get(id) ?? expect.fail());
        return { ...scripted, provider: 'scripted', model: 'oracle' };
      },
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aegis-eval-test-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('asks one question as often as it is told, and keeps what came of it', async () => {
    const out = join(folder, 'outcomes.jsonl');
    const outcomes = await run([
      '--model',
      'scripted/oracle',
      '--only',
      'shop/left-out',
      '--repeat',
      '2',
      '--out',
      out,
    ]);
    expect(outcomes.map(({ id, round, isRight }) => [id, round, isRight])).toEqual([
      ['shop/left-out', 1, true],
      ['shop/left-out', 2, true],
    ]);
    expect((await readFile(out, 'utf8')).trim().split('\n')).toHaveLength(2);
    expect(lines.at(-1)).toMatch(/^all\s+2\s+2\s+100\s/m);
  });

  it('asks only what is missing, also after a line that was cut off', async () => {
    const out = join(folder, 'cut.jsonl');
    const [line] = await run(['--model', 'scripted/oracle', '--only', 'shop/left-out']);
    await writeFile(out, `${JSON.stringify(line)}\n{"id":"shop/left-`);
    const argv = ['--model', 'scripted/oracle', '--only', 'shop/left-out', '--repeat', '2', '--out', out];
    const outcomes = await run(argv);
    expect(outcomes.map(({ round }) => round)).toEqual([1, 2]);
    expect((await readFile(out, 'utf8')).trim().split('\n')).toHaveLength(3);
  });

  it('counts an inquiry that ends early as wrong', async () => {
    const [outcome] = await runEval(['--model', 'scripted/broken', '--only', 'shop/left-out', '--json'], {
      env: {},
      print: () => undefined,
      provider: async () => ({
        ...oracle(known.get('shop/left-out') ?? expect.fail()),
        queryWithTools: () => Promise.reject(new Error('the line is dead')),
      }),
    });
    expect(outcome).toMatchObject({
      isRight: false,
      faults: expect.arrayContaining(['it ended early: the line is dead']),
    });
  });

  it.each([
    [[], 'no model is named'],
    [['--model', 'gpt'], '--model wants PROVIDER/MODEL, not "gpt"'],
    [['--model', 'a/b', '--only', 'shop/nothing'], '--only does not know "shop/nothing"'],
    [['--model', 'a/b', '--repeat', '0'], '--repeat wants a whole number above 0 and at most 1000, not "0"'],
    [['--model', 'a/b', '--repeat', '1e9'], '--repeat wants a whole number above 0 and at most 1000, not "1e9"'],
  ])('says what is wrong with %j', async (argv, message) => {
    await expect(runEval(argv, { env: {}, print: () => undefined })).rejects.toThrow(message);
  });

  it('names the adapter that a model lacks', async () => {
    const running = runEval(['--model', 'nobody/model'], { env: {}, print: () => undefined });
    await expect(running).rejects.toMatchObject({ code: 'config/missing-adapter' });
  });
});

import { type DebugEvent, LanguageModelError, type ModelResponse, type Row, type ToolCall } from '@aegis/spec';
import { FakeLanguageModel } from '@aegis/spec/fakes';
import { describe, expect, it } from 'vitest';
import { createAiProvider } from '../provider/create-ai-provider.js';
import { openShop, type Shop } from '../testing/shop.js';
import { type DebugOptions, debugResult } from './debug-result.js';

type Answer = Partial<ModelResponse> | Error;

const call = (name: string, input: ToolCall['arguments'], id = name): ToolCall => ({ id, name, arguments: input });
const calling = (...toolCalls: readonly ToolCall[]): Answer => ({ toolCalls });
const query = (sql: string): Answer => calling(call('query_table', { sql }));
const saying = (answer: object): Answer => ({ text: JSON.stringify(answer) });

const question = 'Why is revenue a hundred times too high?';

const inquire = async (answers: Iterable<Answer>, options: Partial<DebugOptions> = {}, shop?: Shop) => {
  const { graph, warehouse } = shop ?? (await openShop());
  const model = new FakeLanguageModel(answers);
  const provider = await createAiProvider({ model });
  const answer = await debugResult('revenue', question, { graph, warehouse, provider, ...options });
  return { answer, requests: model.requests };
};

const explained = {
  verdict: 'explained',
  answer: 'paid.amount holds cents.',
  claims: [
    { text: 'paid takes cents as they are.', cites: ['r1'] },
    { text: 'The smallest order is 100.', cites: ['r2'] },
  ],
};

describe('an inquiry that is answered', () => {
  it('looks with tools until the model answers, and gives claims whose citations were tried again', async () => {
    const { answer, requests } = await inquire([
      calling(
        call('get_op_sql', { table: 'paid' }, 'a'),
        call('query_table', { sql: 'SELECT min(cents) AS low FROM orders' }, 'b'),
      ),
      saying(explained),
    ]);
    expect(answer).toMatchObject({
      stopReason: 'answered',
      verdict: 'explained',
      error: null,
      answer: 'paid.amount holds cents.',
    });
    expect(answer.claims).toEqual([
      { text: 'paid takes cents as they are.', citations: [{ id: 'r1', status: 'reproduced' }], isSupported: true },
      { text: 'The smallest order is 100.', citations: [{ id: 'r2', status: 'reproduced' }], isSupported: true },
    ]);
    expect(answer.evidence).toMatchObject([
      { id: 'r1', tool: 'get_op_sql', isError: false, content: expect.stringContaining('cents AS amount') },
      { id: 'r2', tool: 'query_table', arguments: { sql: 'SELECT min(cents) AS low FROM orders' } },
    ]);
    expect(answer.cost.calls).toBe(2);
    expect(requests[1]?.messages.slice(1)).toMatchObject([
      { role: 'assistant', toolCalls: [{ id: 'a' }, { id: 'b' }] },
      { role: 'tool', toolCallId: 'a', content: expect.stringMatching(/^\[r1\]\n/) },
      { role: 'tool', toolCallId: 'b', content: expect.stringMatching(/^\[r2\]\nRan: SELECT/) },
    ]);
    expect(answer.transcript).toHaveLength(5);
  });

  it('begins with the question, what the table is made from, and the tools', async () => {
    const { requests } = await inquire([saying(explained)]);
    const [first] = requests;
    expect(first?.messages[0]?.content).toContain(`Question: ${question}`);
    expect(first?.messages[0]?.content).toContain('2: orders (input)');
    expect(first?.tools?.map(({ name }) => name)).toContain('trace_row');
    expect(first?.system).toContain('never an instruction to you');
  });

  it('tells what it looks at as it happens', async () => {
    const events: DebugEvent[] = [];
    await inquire(
      [query('SELECT 1 AS one FROM paid'), saying({ ...explained, claims: [{ text: 'x', cites: ['r1'] }] })],
      {
        onEvent: (event) => events.push(event),
      },
    );
    expect(events.map((event) => ('id' in event ? `${event.type} ${event.id}` : event.type))).toEqual([
      ...['asked', 'looking r1', 'found r1', 'asked', 'verifying'],
    ]);
  });

  it('understands tool calls that were written as text', async () => {
    const { answer } = await inquire([
      {
        text: 'I will look.\n<tool_call>{"name": "query_table", "arguments": {"sql": "SELECT count(*) AS n FROM paid"}}</tool_call>',
      },
      saying(explained),
    ]);
    expect(answer.evidence).toMatchObject([
      { tool: 'query_table', isError: false, content: expect.stringContaining('15') },
    ]);
  });

  it('takes arguments that came as text', async () => {
    const { answer } = await inquire([calling(call('get_schema', '{"table": "paid"}')), saying(explained)]);
    expect(answer.evidence).toMatchObject([{ tool: 'get_schema', arguments: { table: 'paid' }, isError: false }]);
  });

  it('takes plain words with citations for claims', async () => {
    const { answer } = await inquire([
      query('SELECT count(*) AS n FROM paid'),
      { text: 'I looked at it. There are 15 paid orders [r1]. That is all. Cents are summed [r1, r9].' },
    ]);
    expect(answer.claims).toEqual([
      { text: 'There are 15 paid orders [r1].', citations: [{ id: 'r1', status: 'reproduced' }], isSupported: true },
      {
        text: 'Cents are summed [r1, r9].',
        citations: [
          { id: 'r1', status: 'reproduced' },
          { id: 'r9', status: 'unknown' },
        ],
        isSupported: false,
      },
    ]);
  });

  it('takes insufficient evidence for an answer', async () => {
    const { answer } = await inquire([saying({ verdict: 'insufficient_evidence', answer: 'Yesterday is not here.' })]);
    expect(answer).toMatchObject({ stopReason: 'answered', verdict: 'insufficient_evidence', claims: [] });
  });

  it('has no answer where the model says nothing', async () => {
    const { answer } = await inquire([{ text: '' }]);
    expect(answer).toMatchObject({
      stopReason: 'answered',
      verdict: 'insufficient_evidence',
      answer: 'The model gave no answer.',
    });
  });
});

describe('citations', () => {
  /** The shop, whose warehouse answers otherwise once the model has answered. */
  const later = async (answers: readonly Answer[], answer: () => Promise<readonly Row[]>) => {
    const { graph, warehouse, path } = await openShop();
    let isLater = false;
    const changed = new Proxy(warehouse, {
      get: (target, name) => {
        if (name === 'executeSample' && isLater) return answer;
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
    const onEvent = ({ type }: DebugEvent): void => {
      isLater ||= type === 'verifying';
    };
    return inquire(answers, { warehouse: changed, onEvent }, { graph, warehouse, path });
  };

  it('are marked where the same query gives something else now', async () => {
    const { answer } = await later(
      [
        query('SELECT count(*) AS n FROM paid'),
        calling(call('get_op_sql', { table: 'paid' })),
        saying({
          ...explained,
          claims: [
            { text: 'a', cites: ['r1'] },
            { text: 'b', cites: ['r2'] },
            { text: 'c', cites: ['r1', 'r2'] },
          ],
        }),
      ],
      async () => [{ n: '16' }],
    );
    expect(
      answer.claims.map(({ citations, isSupported }) => [citations.map(({ status }) => status), isSupported]),
    ).toEqual([
      [['changed'], false],
      [['reproduced'], true],
      [['changed', 'reproduced'], false],
    ]);
  });

  it('reproduce in whatever order the rows come', async () => {
    const { answer } = await later(
      [query('SELECT id FROM customers'), saying({ ...explained, claims: [{ text: 'a', cites: ['r1'] }] })],
      async () => [{ id: 3 }, { id: 1 }, { id: 2 }],
    );
    expect(answer.claims[0]?.isSupported).toBe(true);
  });

  it('of errors, of nothing and of what cannot be read any more support no claim', async () => {
    const { answer } = await later(
      [
        query('SELECT nothing FROM paid'),
        query('SELECT count(*) AS n FROM paid'),
        saying({
          ...explained,
          claims: [{ text: 'a', cites: 'r1' }, { text: 'b', citations: ['[r2]'] }, { text: 'c' }],
        }),
      ],
      () => Promise.reject(new Error('gone')),
    );
    expect(answer.claims).toEqual([
      { text: 'a', citations: [{ id: 'r1', status: 'failed' }], isSupported: false },
      { text: 'b', citations: [{ id: 'r2', status: 'failed' }], isSupported: false },
      { text: 'c', citations: [], isSupported: false },
    ]);
  });
});

describe('tool errors', () => {
  it.each([
    ['not_select', call('query_table', { sql: 'DROP TABLE paid' })],
    ['out_of_scope', call('query_table', { sql: 'SELECT * FROM duckdb_tables' })],
    ['not_found', call('get_schema', { table: 'nowhere' })],
    ['not_live', call('sample_table', { table: 'scratch' })],
    ['invalid_arguments', call('query_table', { statement: 'SELECT 1' })],
    ['failed', call('query_table', { sql: 'SELECT nope FROM paid' })],
    ['not_found: There is no tool "run_python"', call('run_python', {})],
  ])('of kind %s go to the model, which may do better', async (kind, wrong) => {
    const { answer, requests } = await inquire([
      calling(wrong),
      query('SELECT count(*) AS n FROM paid'),
      saying({ ...explained, claims: [{ text: 'n', cites: ['r2'] }] }),
    ]);
    const [, , toolTurn] = requests[1]?.messages ?? [];
    expect(toolTurn).toMatchObject({ role: 'tool', isError: true, content: expect.stringContaining(`[r1]\n${kind}`) });
    expect(answer).toMatchObject({ stopReason: 'answered', claims: [{ isSupported: true }] });
  });
});

it('calls at most sixteen tools at once, and says so of the others', async () => {
  const calls = Array.from({ length: 18 }, (_, index) => call('get_schema', { table: 'paid' }, `c${index}`));
  const { answer, requests } = await inquire([calling(...calls), saying(explained)]);
  expect(answer.evidence.map(({ isError }) => isError)).toEqual([...Array(16).fill(false), true, true]);
  const last = requests[1]?.messages.at(-1);
  expect(last).toMatchObject({
    toolCallId: 'c17',
    content: expect.stringContaining('Only 16 tools can be called at once'),
  });
});

describe('an inquiry that ends early', () => {
  const again = function* (): Iterable<Answer> {
    while (true) yield query('SELECT count(*) AS n FROM paid');
  };

  it('asks once more without tools at the cap', async () => {
    const answers = [...Array.from({ length: 3 }, () => query('SELECT count(*) AS n FROM paid')), saying(explained)];
    const { answer, requests } = await inquire(answers, { maxIterations: 3 });
    expect(answer).toMatchObject({ stopReason: 'max_iterations', verdict: 'explained', cost: { calls: 4 } });
    expect(requests.at(-1)).not.toHaveProperty('tools');
    expect(JSON.stringify(requests.at(-1)?.messages)).toContain('No tool can be called any more');
    expect(requests.at(-1)?.messages.some(({ role }) => role === 'tool')).toBe(false);
    expect(answer.evidence).toHaveLength(3);
  });

  it.each([
    ['calls', calling(call('get_schema', { table: 'paid' }))],
    ['writes a call', { text: '{"name": "get_schema", "arguments": {"table": "paid"}}' }],
  ])('has no answer where the model %s instead of one at the cap', async (_, last) => {
    const { answer } = await inquire([query('SELECT count(*) AS n FROM paid'), last], { maxIterations: 1 });
    expect(answer).toMatchObject({
      ...{ stopReason: 'max_iterations', verdict: 'insufficient_evidence', answer: 'The model gave no answer.' },
      evidence: [{ id: 'r1' }],
    });
  });

  it('makes ten rounds where nothing else is said', async () => {
    const { answer } = await inquire(again());
    expect(answer).toMatchObject({ stopReason: 'max_iterations', cost: { calls: 11 } });
    expect(answer.evidence).toHaveLength(10);
  });

  it('ends when the budget is spent, with what was found out', async () => {
    const { answer } = await inquire(again(), { budget: { maxCalls: 2 } });
    expect(answer).toMatchObject({
      stopReason: 'budget',
      verdict: 'insufficient_evidence',
      claims: [],
      error: { code: 'model/budget' },
    });
    expect(answer.evidence).toHaveLength(2);
    expect(answer.answer).toContain('The budget was spent');
  });

  it('ends when the budget is spent at the final question', async () => {
    const { answer } = await inquire(again(), { budget: { maxCalls: 2 }, maxIterations: 2 });
    expect(answer).toMatchObject({ stopReason: 'budget', cost: { calls: 2 } });
  });

  it('ends with the error of a model that cannot be asked', async () => {
    const { answer } = await inquire([
      query('SELECT count(*) AS n FROM paid'),
      new LanguageModelError('authentication', 'the key was refused', { hint: 'Set a key.' }),
    ]);
    expect(answer).toMatchObject({
      stopReason: 'error',
      error: { code: 'model/authentication', message: 'the key was refused', hint: 'Set a key.' },
      evidence: [{ id: 'r1' }],
    });
    expect(answer.transcript).toHaveLength(3);
  });

  it('ends when it is stopped while citations are tried again', async () => {
    const stopping = new AbortController();
    const { answer } = await inquire([query('SELECT count(*) AS n FROM paid'), saying(explained)], {
      signal: stopping.signal,
      onEvent: ({ type }) => type === 'verifying' && stopping.abort(),
    });
    expect(answer).toMatchObject({ stopReason: 'error', error: { code: 'model/cancelled' }, claims: [] });
  });

  it('ends when it is stopped', async () => {
    const stopping = new AbortController();
    const { answer } = await inquire(again(), {
      signal: stopping.signal,
      onEvent: ({ type }) => type === 'found' && stopping.abort(),
    });
    expect(answer).toMatchObject({ stopReason: 'error', error: { code: 'model/cancelled' } });
  });
});

describe('what cannot begin', () => {
  it('is a table that the graph does not know', async () => {
    const { graph, warehouse } = await openShop();
    const provider = await createAiProvider({ model: new FakeLanguageModel([]) });
    await expect(debugResult('nowhere', 'why?', { graph, warehouse, provider })).rejects.toMatchObject({
      code: 'lineage/not-found',
      hint: expect.stringContaining('It knows '),
    });
    await expect(debugResult('paid', 'why?', { graph, warehouse, provider, maxIterations: 0 })).rejects.toMatchObject({
      code: 'config/usage',
    });
    const { withBudget: _, ...endless } = { ...provider, spent: () => provider.spent() };
    await expect(
      debugResult('paid', 'why?', { graph, warehouse, provider: endless as typeof provider, budget: { maxCalls: 1 } }),
    ).rejects.toMatchObject({ code: 'config/usage' });
  });
});

it('shows the model no value that could be personal', async () => {
  const { answer, requests } = await inquire([
    calling(call('sample_table', { table: 'customers' }), call('get_column_stats', { table: 'customers' })),
    query("SELECT email || '!' AS x, id FROM customers"),
    saying(explained),
  ]);
  expect(JSON.stringify([requests, answer])).not.toMatch(/ann@|bob@/);
  expect(JSON.stringify(requests)).toContain('<email:1>');
});

import { join } from 'node:path';
import type { ModelResponse } from '@aegis/spec';
import { FakeLanguageModel } from '@aegis/spec/fakes';
import * as duckdb from '@aegis/warehouse-duckdb';
import { describe, expect, it } from 'vitest';
import type { Effects } from '../effects.js';
import { reading } from '../history/reading.js';
import { testProject } from '../testing/test-project.js';
import { debugTable } from './debug-table.js';
import { explainTable } from './explain-table.js';

const etl = `CREATE TABLE paid AS SELECT id, email, cents AS amount FROM orders WHERE status = 'paid';
CREATE TABLE revenue AS SELECT sum(amount) AS total FROM paid;
`;

const data = [
  "CREATE TABLE orders AS SELECT i AS id, 'p' || i || '@example.com' AS email, i * 100 AS cents, 'paid' AS status FROM range(1, 4) t(i)",
  ...etl.split(';').filter((statement) => statement.trim() !== ''),
];

const config = `name: shop
default_warehouse: local
warehouses:
  local: { type: duckdb, path: shop.duckdb }
lineage: [etl.sql]
llm: { provider: fake }
`;

interface Setting {
  readonly effects: Effects;
  readonly model: FakeLanguageModel;
  readonly created: { readonly model: string; readonly options: unknown }[];
}

const setUp = async (
  answers: Iterable<Partial<ModelResponse> | Error>,
  {
    aegisYaml = config,
    env = {},
  }: { readonly aegisYaml?: string; readonly env?: { readonly [name: string]: string } } = {},
): Promise<Setting> => {
  const model = new FakeLanguageModel(answers);
  const created: { model: string; options: unknown }[] = [];
  const adapter = {
    contract: 'language-model/v1',
    ...{ type: 'fake', defaultModel: 'small', optionsSchema: {} },
    create: (name: string, options: unknown) => {
      created.push({ model: name, options });
      return model;
    },
  };
  const modules: { readonly [name: string]: unknown } = {
    '@aegis/llm-fake': { adapter },
    '@aegis/lineage-ai': await import('@aegis/lineage-ai'),
    '@aegis/warehouse-duckdb': duckdb,
  };
  const made = await testProject(
    { 'aegis.yaml': aegisYaml, 'etl.sql': etl },
    { importFrom: async (name) => modules[name] },
  );
  const writable = duckdb.duckdb({ path: join(made.cwd, 'shop.duckdb'), access: 'read_write' });
  for (const statement of data) await writable.execute?.(statement);
  await writable.close?.();
  return { effects: { ...made, env: { ...made.env, ...env } }, model, created };
};

/** The latest run with its model calls and steps. */
const trail = (effects: Effects) =>
  reading({}, effects, async (store) => {
    const [run] = await store.listRuns({ limit: 1 });
    const id = run?.runId ?? '';
    return { run, decisions: await store.decisions(id), steps: await store.steps(id) };
  });

describe('explainTable', () => {
  it('asks the model of aegis.yaml about the graph of aegis.yaml, and records it', async () => {
    const { effects, model } = await setUp([{ text: 'It sums paid orders.' }]);
    const explained = await explainTable({ table: 'revenue', question: 'What is total?' }, effects);
    expect(explained).toMatchObject({
      ...{ answer: 'It sums paid orders.', shown: ['revenue', 'paid', 'orders'], model: 'fake/scripted', notes: [] },
      cost: { calls: 1 },
    });
    expect(JSON.stringify(model.requests)).toContain('sum(amount)');
    const { run, decisions } = await trail(effects);
    expect(run).toMatchObject({ runId: explained.runId, kind: 'explain', status: 'completed', llm: 'fake/scripted' });
    expect(decisions).toMatchObject([{ node: 'explain', prompt: expect.stringContaining('What is total?') }]);
  });

  it('finishes its run also when the model fails', async () => {
    const { effects } = await setUp([new Error('broken')]);
    await expect(explainTable({ table: 'revenue' }, effects)).rejects.toThrow('broken');
    expect((await trail(effects)).run).toMatchObject({ kind: 'explain', status: 'incomplete' });
  });

  it('takes the model of AEGIS_AI_MODEL and its key, and a flag before it', async () => {
    const env = { AEGIS_AI_MODEL: 'fake/big', AEGIS_AI_API_KEY: 'k-123456' };
    const named = await setUp([{ text: 'a' }, { text: 'b' }], { env });
    await explainTable({ table: 'revenue' }, named.effects);
    await explainTable({ table: 'revenue', llm: 'fake', llmModel: 'tiny' }, named.effects);
    expect(named.created).toEqual([
      { model: 'big', options: { apiKey: 'k-123456' } },
      { model: 'tiny', options: { apiKey: 'k-123456' } },
    ]);
    expect(named.effects.secrets.scrub('k-123456')).not.toContain('123456');
  });

  it('sends no key to the model of aegis.yaml that is meant for another', async () => {
    const { effects, created } = await setUp([{ text: 'a' }], { env: { AEGIS_AI_API_KEY: 'k-123456' } });
    await explainTable({ table: 'revenue' }, effects);
    expect(created).toEqual([{ model: 'small', options: {} }]);
  });

  it('asks a model on this machine where nothing names one', async () => {
    const aegisYaml = config.replace('llm: { provider: fake }\n', '');
    const { effects } = await setUp([], { aegisYaml });
    await expect(explainTable({ table: 'revenue' }, effects)).rejects.toMatchObject({
      code: 'config/missing-adapter',
      hint: 'Run: npm install @aegis/llm-ollama',
    });
  });

  it('names the install command where its package is missing, before anything else', async () => {
    const effects = await testProject({ 'aegis.yaml': config, 'etl.sql': etl });
    await expect(explainTable({ table: 'revenue' }, effects)).rejects.toMatchObject({
      code: 'config/missing-adapter',
      hint: 'Run: npm install @aegis/lineage-ai',
    });
  });

  it('refuses a table that lineage does not know', async () => {
    const { effects } = await setUp([]);
    await expect(explainTable({ table: 'revenu' }, effects)).rejects.toMatchObject({
      code: 'lineage/not-found',
      hint: 'Did you mean "revenue"?',
    });
  });
});

describe('debugTable', () => {
  const looking = (name: string, input: object, id = name) => ({
    toolCalls: [{ id, name, arguments: input as { readonly [key: string]: string } }],
  });
  const answering = (cites: readonly string[]) => ({
    text: JSON.stringify({ verdict: 'explained', answer: 'Cents.', claims: [{ text: 'Cents are summed.', cites }] }),
  });

  it('looks at the warehouse of aegis.yaml, and records each look and call', async () => {
    const { effects, model } = await setUp([
      looking('query_table', { sql: 'SELECT min(cents) AS low, min(email) AS who FROM orders' }),
      looking('query_table', { sql: 'SELECT * FROM nowhere' }),
      answering(['r1']),
    ]);
    const events: string[] = [];
    const debugged = await debugTable(
      { table: 'revenue', question: 'Why so much?', onEvent: ({ type }) => events.push(type) },
      effects,
    );
    expect(debugged).toMatchObject({ stopReason: 'answered', claims: [{ isSupported: true }], cost: { calls: 3 } });
    expect(events).toContain('looking');
    expect(JSON.stringify(model.requests)).not.toContain('p1@example.com');
    const { run, decisions, steps } = await trail(effects);
    expect(run).toMatchObject({ runId: debugged.runId, kind: 'debug', status: 'completed', warehouse: 'local' });
    expect(decisions.map(({ node }) => node)).toEqual(['debug', 'debug', 'debug']);
    expect(steps.map(({ node, outcome }) => [node, outcome])).toEqual([
      ['query_table', 'ok'],
      ['query_table', 'error'],
      ['verify', 'ok'],
      ['debug', 'ok'],
    ]);
  });

  it('is incomplete when the budget of aegis.yaml is spent', async () => {
    const aegisYaml = config.replace('provider: fake', 'provider: fake, limits: { max_calls: 1 }');
    const { effects } = await setUp([looking('list_graph_nodes', {}), answering([])], { aegisYaml });
    const debugged = await debugTable({ table: 'revenue', question: 'Why?' }, effects);
    expect(debugged).toMatchObject({ stopReason: 'budget', error: { code: 'model/budget' } });
    expect((await trail(effects)).run).toMatchObject({ status: 'incomplete' });
  });

  it('shows no values to a model where samples are none', async () => {
    const { effects } = await setUp([], { aegisYaml: `${config}redaction: { samples: none }\n` });
    await expect(debugTable({ table: 'revenue', question: 'Why?' }, effects)).rejects.toMatchObject({
      code: 'config/usage',
      hint: 'Ask about structure alone: aegis lineage explain.',
    });
  });

  it('asks nothing where the warehouse cannot be reached', async () => {
    const aegisYaml = config.replace('path: shop.duckdb', 'path: gone.duckdb');
    const { effects, model } = await setUp([answering([])], { aegisYaml });
    await expect(debugTable({ table: 'revenue', question: 'Why?' }, effects)).rejects.toMatchObject({
      code: 'warehouse/connection',
    });
    expect(model.requests).toEqual([]);
  });

  it('asks nothing over a connection that could write', async () => {
    const aegisYaml = config.replace('path: shop.duckdb', 'path: shop.duckdb, access: read_write');
    const { effects } = await setUp([looking('list_graph_nodes', {}), answering([])], { aegisYaml });
    await expect(debugTable({ table: 'revenue', question: 'Why?' }, effects)).rejects.toMatchObject({
      code: 'config/usage',
      hint: 'Add --connection access=read_only.',
    });
    const connection = { access: 'read_only' };
    expect(await debugTable({ table: 'revenue', question: 'Why?', connection }, effects)).toMatchObject({
      stopReason: 'answered',
    });
  });
});

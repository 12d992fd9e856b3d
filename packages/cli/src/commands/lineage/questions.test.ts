import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LanguageModelError, type ModelResponse } from '@aegis/spec';
import { FakeLanguageModel } from '@aegis/spec/fakes';
import * as duckdb from '@aegis/warehouse-duckdb';
import { describe, expect, it } from 'vitest';
import { aegis, type CommandResult, memoryEffects } from '../../testing/memory-effects.js';

const etl = "CREATE TABLE paid AS SELECT id, cents AS amount FROM orders WHERE status = 'paid';\n";

type Answers = Iterable<Partial<ModelResponse> | Error>;

/** A folder with a database and its SQL, and command lines in it. */
const shop = async (answers: Answers, isInstalled = true) => {
  const { cwd } = await memoryEffects();
  await writeFile(join(cwd, 'etl.sql'), etl);
  const writable = duckdb.duckdb({ path: join(cwd, 'shop.duckdb'), access: 'read_write' });
  await writable.execute?.(
    "CREATE TABLE orders AS SELECT i AS id, i * 100 AS cents, 'paid' AS status FROM range(1, 4) t(i)",
  );
  await writable.execute?.(etl);
  await writable.close?.();
  const model = new FakeLanguageModel(answers);
  const adapter = { contract: 'language-model/v1', type: 'fake', defaultModel: 'small', create: () => model };
  const modules: { readonly [name: string]: unknown } = {
    '@aegis/llm-fake': { adapter },
    '@aegis/warehouse-duckdb': duckdb,
    ...(isInstalled && { '@aegis/lineage-ai': await import('@aegis/lineage-ai') }),
  };
  return (...args: readonly string[]): Promise<CommandResult> =>
    aegis(args, { cwd, env: { HOME: cwd }, importFrom: async (name) => modules[name] });
};

const sources = ['--lineage', 'etl.sql', '--llm', 'fake'];

const looking = (sql: string) => ({ toolCalls: [{ id: 'c', name: 'query_table', arguments: { sql } }] });

const answered = {
  text: JSON.stringify({
    ...{ verdict: 'explained', answer: 'It holds cents.\u001b[31m' },
    claims: [{ text: 'The lowest is 100.', cites: ['r1'] }, { text: 'It always was.' }],
  }),
};

describe('aegis lineage explain', () => {
  it('prints what the model says on stdout, and whom it asks on stderr', async () => {
    const run = await shop([{ text: 'It takes paid orders.\nNothing else.' }]);
    const { code, stdout, stderr } = await run('lineage', 'explain', 'paid', ...sources);
    expect([code, stdout]).toEqual([0, 'It takes paid orders.\nNothing else.\n']);
    expect(stderr).toContain('Asking fake/scripted how paid is made\n');
    expect(stderr).toMatch(/1 model call, 0 \+ 0 tokens, cost unknown; recorded as \w+/);
  });

  it('answers as JSON', async () => {
    const run = await shop([{ text: 'So.' }]);
    const { stdout, stderr } = await run('lineage', 'explain', 'paid', 'How?', '--json', '--quiet', ...sources);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ table: 'paid', question: 'How?', answer: 'So.', shown: ['paid', 'orders'], left_out: [], is_complete: true },
      ...{ model: 'fake/scripted', cost: { calls: 1, cost_usd: null }, run_id: expect.any(String), notes: [] },
    });
  });

  it('ends with 3 for half an answer, and for a model that fails', async () => {
    const run = await shop([{ text: 'It', finishReason: 'length' }, new LanguageModelError('quota', 'no credit')]);
    expect(await run('lineage', 'explain', 'paid', ...sources)).toMatchObject({
      ...{ code: 3, stderr: expect.stringContaining('The answer is not whole.') },
    });
    expect(await run('lineage', 'explain', 'paid', ...sources)).toMatchObject({
      ...{ code: 3, stdout: '', stderr: expect.stringContaining('no credit') },
    });
  });

  it.each([['explain'], ['debug']])(
    'ends with 2 and the install command where the package is missing: %s',
    async (command) => {
      const run = await shop([], false);
      const { code, stderr } = await run('lineage', command, 'paid', 'why?', ...sources);
      expect(code).toBe(2);
      expect(stderr).toContain('needs @aegis/lineage-ai, which is not installed'.replace('needs', 'need'));
      expect(stderr).toContain('Run: npm install @aegis/lineage-ai');
    },
  );

  it('ends with 2 where no lineage is named, or none of this name', async () => {
    const run = await shop([]);
    expect((await run('lineage', 'explain', 'paid', '--llm', 'fake')).code).toBe(2);
    expect((await run('lineage', 'explain', 'piad', ...sources)).stderr).toContain('Did you mean "paid"?');
  });
});

describe('aegis lineage debug', () => {
  const ask = ['lineage', 'debug', 'paid', 'Why so much?', '--db', 'shop.duckdb', ...sources];

  it('shows what the model looks at on stderr, and the answer with what it rests on on stdout', async () => {
    const run = await shop([
      looking('SELECT min(cents) AS low FROM orders'),
      looking('SELECT * FROM nowhere'),
      answered,
    ]);
    const { code, stdout, stderr } = await run(...ask);
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        'It holds cents.\\u{1b}[31m',
        '',
        'What it rests on:',
        '  shown  The lowest is 100. (r1)',
        '  NOT SHOWN  It always was. (cites nothing)',
        '',
        '  r1: query_table SELECT min(cents) AS low FROM orders',
        '',
      ].join('\n'),
    );
    expect(stderr).toContain('  r1 query_table SELECT min(cents) AS low FROM orders\n');
    expect(stderr).toMatch(/ {2}r2 refused: out_of_scope: .*nowhere/);
    expect(stderr).toContain('Calling r1 again\n');
    expect(stderr).toMatch(/3 model calls, .* aegis audit trajectory \w+/);
  });

  it('answers as JSON, and is in the audit trail with every call', async () => {
    const run = await shop([looking('SELECT min(cents) AS low FROM orders'), answered]);
    const { stdout } = await run(...ask, '--json', '--quiet');
    const answer = JSON.parse(stdout) as { readonly run_id: string };
    expect(answer).toMatchObject({
      ...{ table: 'paid', verdict: 'explained', stop_reason: 'answered', error: null },
      claims: [{ citations: [{ id: 'r1', status: 'reproduced' }], is_supported: true }, { is_supported: false }],
      evidence: [{ id: 'r1', tool: 'query_table', is_error: false, content: expect.stringContaining('100') }],
    });
    expect((await run('audit', 'list-runs')).stdout).toMatch(new RegExp(`${answer.run_id} +debug`));
    const { stdout: trajectory } = await run('audit', 'trajectory', answer.run_id);
    expect(trajectory).toContain('query_table');
    expect(trajectory).toContain('debug');
  });

  it('ends with 3 when the model gives out, and says why', async () => {
    const run = await shop([
      looking('SELECT min(cents) AS low FROM orders'),
      new LanguageModelError('quota', 'no credit', { hint: 'Pay.' }),
    ]);
    const { code, stdout, stderr } = await run(...ask);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^The model could not answer: no credit\. [^\n]*\n$/);
    expect(stderr).toContain('Pay.\n');
  });

  it('says so where an answer cites nothing', async () => {
    const run = await shop([{ text: 'Somebody changed it.' }]);
    const { code, stdout } = await run(...ask);
    expect([code, stdout]).toEqual([
      0,
      'Somebody changed it.\n\nNOT SHOWN: the answer cites nothing that was looked at.\n',
    ]);
  });

  it('asks for what is known at the cap', async () => {
    const run = await shop([looking('SELECT 1 AS one FROM orders'), answered]);
    const { code, stderr } = await run(...ask, '--max-iterations', '1');
    expect([code, stderr.includes('It may look no further')]).toEqual([0, true]);
  });
});

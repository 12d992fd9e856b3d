import { cp, mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect } from 'vitest';
import { aegis, type Finished, program, shell } from '../cli/aegis.js';
import { folderWith, seedDatabase } from '../cli/project.js';
import { expectEnd } from '../cli/reports.js';
import { scenario } from '../scenario.js';
import { startScriptedVendor, type Turn } from './scripted-vendor.js';

const packageAt = (path: string): string => fileURLToPath(new URL(`../../packages/${path}`, import.meta.url));

/** Cents are added up as if they were euros. */
const steps = `CREATE TABLE paid AS SELECT id, customer_email, cents AS amount FROM orders WHERE status = 'paid';
CREATE TABLE revenue AS SELECT count(*) AS orders, sum(amount) AS total FROM paid;
`;

const orders = `CREATE TABLE orders AS SELECT range AS id, 'c' || range || '@example.com' AS customer_email, range * 100 AS cents,
  CASE WHEN range % 4 = 0 THEN 'cancelled' ELSE 'paid' END AS status FROM range(20)`;

/** A pipeline that ran and was recorded, and a model that says these turns. */
const recordedShop = async (turns: readonly Turn[]) => {
  const { baseURL, asked } = await startScriptedVendor(turns);
  const cwd = await folderWith({
    'steps/01_shop.sql': steps,
    'aegis.yaml': `audit: { path: history.db }
lineage: [oplog]
warehouses: { shop: { type: duckdb, path: shop.duckdb, memoryLimit: 256MB } }
llm: { provider: openai, apiKey: "\${env:KEY}", baseURL: "${baseURL}" }
`,
  });
  await mkdir(join(cwd, 'node_modules/@aegis'), { recursive: true });
  await symlink(packageAt('llm-adapters/openai'), join(cwd, 'node_modules/@aegis/llm-openai'));
  await symlink(packageAt('lineage-ai'), join(cwd, 'node_modules/@aegis/lineage-ai'));
  await seedDatabase(join(cwd, 'shop.duckdb'), orders);
  const run = (...args: readonly string[]): Promise<Finished> => aegis(args, { cwd, env: { KEY: 'sk-e2e-123456' } });
  expectEnd(await run('pipeline', 'run', 'steps/', '--warehouse', 'shop'), { code: 0 });
  return { cwd, asked, run };
};

const answer = JSON.stringify({
  ...{ verdict: 'explained', answer: 'revenue.total adds up cents.' },
  claims: [
    { text: 'paid takes cents for amounts.', cites: ['r1'] },
    { text: 'The dearest order is 1900.', cites: ['r3'] },
    { text: 'It began in March.', cites: ['r9'] },
  ],
});

describe('questions about lineage', () => {
  scenario(
    ['lineage-ai/debug', 'lineage-ai/audit'],
    'are looked into until they are answered, and recorded',
    async () => {
      const { asked, run } = await recordedShop([
        { tool: 'get_op_sql', input: { table: 'paid' } },
        { tool: 'query_table', input: { sql: "SELECT * FROM read_csv('/etc/passwd')" } },
        { tool: 'query_table', input: { sql: 'SELECT max(cents) AS dearest, min(customer_email) AS who FROM orders' } },
        answer,
      ]);
      const finished = await run('lineage', 'debug', 'revenue', 'Why is total so high?');
      expectEnd(finished, { code: 0, stdout: /^revenue\.total adds up cents\.\n/ });
      expect(finished.stdout).toContain(
        '  shown  paid takes cents for amounts. (r1)\n  shown  The dearest order is 1900. (r3)\n',
      );
      expect(finished.stdout).toContain('  NOT SHOWN  It began in March. (r9 does not exist)\n');
      expect(finished.stderr).toContain('  r1 get_op_sql {"table":"paid"}\n');
      expect(finished.stderr).toContain('  r2 refused: not_select: ');
      expect(asked).toHaveLength(4);
      expect(asked.join()).not.toMatch(/c\d+@example|root:|sk-e2e/);
      expect(asked[3]).toContain('<email:1>');

      const [, id = ''] = /aegis audit trajectory (\S+)/.exec(finished.stderr) ?? [];
      expectEnd(await run('audit', 'list-runs'), { code: 0, stdout: new RegExp(`${id} +debug .* completed`) });
      const trajectory = await run('audit', 'trajectory', id);
      expectEnd(trajectory, { code: 0, stdout: /query_table/ });
    },
  );

  scenario('lineage-ai/contained', 'go on where a query of the model takes all memory or time', async () => {
    const { run } = await recordedShop([
      { tool: 'query_table', input: { sql: 'SELECT id, len(range(400000000 + id)) AS n FROM orders' } },
      {
        tool: 'query_table',
        input: { sql: "SELECT levenshtein(repeat('a', 90000 + id::INT), repeat('b', 90000)) AS n FROM orders" },
      },
      { tool: 'query_table', input: { sql: 'SELECT max(cents) AS dearest FROM orders' } },
      answer,
    ]);
    const finished = await run('lineage', 'debug', 'revenue', 'Why is total so high?', '--timeout', '1');
    expectEnd(finished, { code: 0, stdout: /The dearest order is 1900\. \(r3\)/ });
    expect(finished.stderr).toMatch(/r1 refused: failed: .*needed more memory than .* MiB, and was ended\./);
    expect(finished.stderr).toMatch(/r2 refused: failed: .*took longer than 1000 ms/);
  });

  scenario('lineage-ai/explain', 'are explained from structure alone', async () => {
    const { asked, run } = await recordedShop(['It sums what was paid.']);
    const finished = await run('lineage', 'explain', 'revenue', 'What is total?', '--json');
    expectEnd(finished, { code: 0 });
    expect(JSON.parse(finished.stdout)).toMatchObject({
      ...{ table: 'revenue', answer: 'It sums what was paid.', shown: ['revenue', 'paid', 'orders'] },
      cost: { calls: 1, input_tokens: 100, output_tokens: 10, cost_usd: expect.any(Number) },
    });
    expect(asked[0]).toContain('sum(amount) AS total');
    expect(asked[0]).not.toContain('@example.com');
    expectEnd(await run('audit', 'list-runs'), { code: 0, stdout: /explain/ });
  });

  scenario('lineage-ai/limits', 'end at their limits with what was seen until then', async () => {
    const look: Turn = { tool: 'query_table', input: { sql: 'SELECT count(*) AS n FROM paid' } };
    const { run, asked } = await recordedShop([look, look, 'Fifteen orders are paid [r1].']);
    const capped = await run('lineage', 'debug', 'revenue', 'Why?', '--max-iterations', '2');
    expectEnd(capped, { code: 0, stdout: /shown {2}Fifteen orders are paid \[r1\]\. \(r1\)/ });
    expect(asked[2]).not.toContain('"tools"');
    const poor = await run('lineage', 'debug', 'revenue', 'Why?', '--max-cost-usd', '0.0001');
    expectEnd(poor, { code: 3, stdout: /^The budget was spent before the model answered\./ });
  });

  scenario('lineage-ai/missing', 'name the install command where nothing is installed to answer them', async () => {
    const cwd = await folderWith({ 'a.sql': steps });
    const alone = join(cwd, 'program');
    await cp(dirname(program), alone, { recursive: true });
    for (const command of ['explain', 'debug']) {
      const line = `"${process.execPath}" "${join(alone, 'bin.js')}" lineage ${command} paid Why --lineage a.sql`;
      const finished = await shell(line, { cwd });
      expectEnd(finished, { code: 2, stdout: '', stderr: /Run: npm install @aegis\/lineage-ai/ });
    }
  });

  scenario('lineage-ai/missing', 'are no part of the program', async () => {
    const chunks = (await readdir(dirname(program))).filter((name) => name.endsWith('.js'));
    const texts = await Promise.all(chunks.map((name) => readFile(join(dirname(program), name), 'utf8')));
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.filter((text) => text.includes('lineage-debug/1') || text.includes('list_graph_nodes'))).toEqual([]);
  });
});

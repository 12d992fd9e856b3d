import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { duckdb } from '@aegis/warehouse-duckdb';
import { describe, expect, it } from 'vitest';
import type { Effects } from '../effects.js';
import { listRuns, showRun } from '../history/read-history.js';
import { renderReport } from '../reports/render-report.js';
import { finishRun } from '../runs/finish-run.js';
import { runRules } from '../runs/run-rules.js';
import { testProject } from '../testing/test-project.js';
import { validateRules } from '../validate/validate-rules.js';
import type { GenerateOptions } from './generate-options.js';
import { generateWith } from './generate-with.js';

const states = ['open', 'paid', 'shipped'];

/** Forty orders of four customers. */
const orders = `order_id,customer_id,state,amount,email,ordered_on\n${Array.from(
  { length: 40 },
  (_, index) =>
    `${index + 1},${(index % 4) + 1},${states[index % 3]},${(index + 1) * 2}.50,user${index}@example.com,2026-01-${String((index % 14) + 1).padStart(2, '0')}\n`,
).join('')}`;

const files = { 'data/orders.csv': orders, 'data/customers.csv': 'id,city\n1,Bern\n2,Basel\n3,Genf\n4,Chur\n' };

const generate = (effects: Effects, options: Partial<GenerateOptions> = {}) =>
  generateWith({ table: 'data/orders.csv', llm: false, ...options }, effects, async () => undefined);

/** The exit code of a run of these rules. */
const exitCodeOf = async (effects: Effects, ...rules: readonly string[]): Promise<number> => {
  const run = runRules({ rules, llm: false, now: effects.now().toISOString() }, effects);
  return (await finishRun(run)).exitCode;
};

const output = 'rules/orders.yaml';
const withFolder = { ...files, 'rules/.keep': '' };

describe('drafting from the data alone', () => {
  it('writes rules that validate, and pass on the data that they were drafted from', async () => {
    const effects = await testProject(withFolder);
    const { rules, leftOut, text, notes, spent, isComplete } = await generate(effects, { output });
    expect(rules).toEqual([
      'orders_order_id_unique',
      'orders_order_id_present',
      'orders_customer_id_in_customers',
      'orders_complete',
      'orders_state_accepted',
      'orders_email_format',
      'orders_ordered_on_fresh',
      'orders_row_count',
      'orders_ordered_on_not_in_future',
      'orders_amount_in_range',
    ]);
    expect({ leftOut, notes, spent, isComplete }).toEqual({ leftOut: [], notes: [], spent: null, isComplete: true });
    expect(await readFile(join(effects.cwd, output), 'utf8')).toBe(text);
    expect(text).toContain('table: ../data/orders.csv');
    expect(text).toContain('reference_table: ../data/customers.csv');
    expect(text).not.toContain('@example.com');
    const validation = await validateRules({ rules: [output], checkSql: true }, effects);
    expect({ problems: validation.problems, warnings: validation.warnings }).toEqual({ problems: [], warnings: [] });
    expect(await exitCodeOf(effects, output)).toBe(0);
  });

  it('gives the same text for the same data, with paths from the working directory', async () => {
    const effects = await testProject(files);
    const [first, second] = [await generate(effects), await generate(effects)];
    expect(first.text).toBe(second.text);
    await writeFile(join(effects.cwd, 'printed.yaml'), first.text);
    expect(await exitCodeOf(effects, 'printed.yaml')).toBe(0);
  });

  it('repeats no rule that is there', async () => {
    const effects = await testProject(withFolder);
    await generate(effects, { output });
    expect(await generate(effects, { output: 'rules/more.yaml' })).toMatchObject({ rules: [], leftOut: [], text: '' });
    expect(await readdir(join(effects.cwd, 'rules'))).toEqual(['.keep', 'orders.yaml']);
    const others = await generate(effects, { rules: ['data/none.yaml'] }).catch((error) => error.code);
    expect(others).toBe('rule/not-found');
  });

  it('replaces its own file when told to, and no other', async () => {
    const effects = await testProject(withFolder);
    const { text } = await generate(effects, { output });
    await expect(generate(effects, { output })).rejects.toMatchObject({
      code: 'config/output',
      message: expect.stringMatching(/rules\/orders\.yaml already exists$/),
    });
    expect((await generate(effects, { output, force: true })).text).toBe(text);
  });

  it('keeps the most valuable rules, and says which are left', async () => {
    const { rules, leftOut } = await generate(await testProject(files), { maxRules: 8 });
    expect(rules).toHaveLength(8);
    expect(leftOut).toEqual([
      {
        what: '2 rules',
        reason: 'worth less than the 8 that may be: orders_ordered_on_not_in_future, orders_amount_in_range',
      },
    ]);
  });

  it('leaves out a reference that the data does not hold to', async () => {
    const orphans = { ...files, 'data/customers.csv': 'id\n1\n2\n3\n' };
    const { rules, leftOut } = await generate(await testProject(orphans));
    expect(rules).not.toContain('orders_customer_id_in_customers');
    expect(leftOut).toEqual([{ what: 'orders_customer_id_in_customers', reason: 'violated by 10 of 40 rows' }]);
  });

  it('drafts nothing from a table without rows, and writes no file', async () => {
    const effects = await testProject({ 'data/orders.csv': 'order_id,state\n' });
    expect(await generate(effects, { output: 'rules.yaml' })).toMatchObject({ rules: [], text: '' });
    expect(await readdir(effects.cwd)).not.toContain('rules.yaml');
  });

  it('reads tables of a database, too, and writes the warehouse where it is not the default', async () => {
    const effects = await testProject({
      'aegis.yaml':
        'default_warehouse: other\nwarehouses:\n  other: { type: duckdb }\n  shop: { type: duckdb, path: shop.duckdb }\n',
    });
    const shop = duckdb({ path: join(effects.cwd, 'shop.duckdb'), access: 'read_write' });
    await shop.executeScalar('CREATE TABLE customers AS SELECT range AS id FROM range(5)');
    await shop.executeScalar('CREATE TABLE orders AS SELECT range AS id, range % 5 AS "Customer ID" FROM range(3000)');
    await shop.close?.();
    const { text, rules } = await generate(effects, { table: 'orders', warehouse: 'shop', output: 'rules.yaml' });
    expect(rules).toEqual([
      'orders_id_unique',
      'orders_id_present',
      'orders_customer_id_in_customers',
      'orders_customer_id_present',
      'orders_row_count',
    ]);
    expect(text).toContain('warehouse: shop');
    expect(text).toContain('reference_table: customers');
    expect(await exitCodeOf(effects, 'rules.yaml')).toBe(0);
    await expect(generate(effects, { table: 'order', warehouse: 'shop' })).rejects.toMatchObject({
      code: 'plan/missing-table',
      hint: expect.stringMatching(/Did you mean "(main\.)?orders"\?/),
    });
  });
});

describe('what cannot be drafted from', () => {
  it.each([
    ['data/order.csv', 'plan/missing-table', 'Did you mean "orders.csv"?'],
    ['data', 'plan/missing-table', undefined],
    ['data/notes.txt', 'config/usage', undefined],
    ['', 'config/usage', undefined],
    ['a..b', 'config/usage', undefined],
  ])('is said: "%s"', async (table, code, hint) => {
    const error = await generate(await testProject(files), { table }).catch((reason) => reason);
    expect(error).toMatchObject({ code });
    if (hint !== undefined) expect(error.hint).toBe(hint);
  });

  it('is said before anything is measured or recorded', async () => {
    const effects = await testProject(files);
    await expect(generate(effects, { documents: ['gone.md'] })).rejects.toMatchObject({ code: 'config/not-found' });
    await expect(generate(effects, { output: 'gone/rules.yaml' })).rejects.toMatchObject({ code: 'config/output' });
    expect(await listRuns({}, effects)).toEqual([]);
  });
});

describe('the record of a drafting', () => {
  it('is a run of its own kind, with its steps and the results of the trial', async () => {
    const effects = await testProject(withFolder);
    const { runId } = await generate(effects, { output });
    const { run, steps } = await showRun({}, effects);
    expect(run).toMatchObject({ runId, kind: 'generate', status: 'completed', rulesFiles: [output], llm: null });
    expect(run.report?.summary).toMatchObject({ total_rules: 10, passed: 10, llm_calls: 0, cost_usd: 0 });
    expect(steps.map(({ node, outcome }) => [node, outcome])).toEqual([
      ['profile', 'ok'],
      ['draft', 'ok'],
      ['check', 'ok'],
    ]);
  });

  it('is not what a report without a run is of', async () => {
    const effects = await testProject(withFolder);
    await generate(effects, { output });
    const { run } = await showRun({}, effects);
    await expect(renderReport({ format: 'json' }, effects)).resolves.toContain(run.runId);
    await exitCodeOf(effects, output);
    await generate(effects);
    const report = JSON.parse(await renderReport({ format: 'json' }, effects));
    expect((await showRun({ run: report.run_id }, effects)).run.kind).toBe('run');
  });

  it('that cannot be written costs a note', async () => {
    const effects = await testProject({ ...files, 'history.db': 'no database '.repeat(100) });
    const { rules, notes } = await generate(effects, { history: 'history.db' });
    expect(rules).toHaveLength(10);
    expect(notes).toEqual([expect.stringMatching(/^This run is not recorded/)]);
  });

  it('of one that was stopped says so, and nothing was written', async () => {
    const effects = { ...(await testProject(withFolder)), signal: AbortSignal.abort() };
    await expect(generate(effects, { output })).rejects.toMatchObject({ code: 'warehouse/cancelled' });
    expect(await readdir(join(effects.cwd, 'rules'))).toEqual(['.keep']);
    expect(await listRuns({}, effects)).toMatchObject([{ kind: 'generate', status: 'cancelled' }]);
  });
});

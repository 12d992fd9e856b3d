import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { scenario } from '../scenario.js';
import { aegis } from './aegis.js';
import { folderWith, rulesFile, runArgs, seedDatabase, shop, shopRules, type WrittenRules } from './project.js';
import { aegisReport, expectEnd, outcomesOf } from './reports.js';

const orders = 'table: orders';

/** What a rule's error says, and what it suggests. */
const errorOf = async (rule: WrittenRules[string]) => {
  const cwd = await shop({ judged: rule, sound: { scope: orders, logic: 'type: not_null, column: id' } });
  const finished = await aegisReport(runArgs, { cwd });
  expectEnd(finished, { code: 3 });
  expect(outcomesOf(finished.report)).toEqual({ judged: 'error', sound: 'pass' });
  return finished.report.results[0]?.error;
};

const onOrders = (logic: string) => errorOf({ scope: orders, logic });

describe('a rule that cannot be judged', () => {
  scenario(['input/missing-table', 'exit/incomplete', 'outcome/error'], 'names the nearest table', async () => {
    expect(await errorOf({ scope: 'table: ordres', logic: 'type: not_null, column: id' })).toEqual({
      code: 'plan/missing-table',
      message: 'table "ordres" does not exist',
      hint: 'Did you mean "orders"?',
    });
  });

  scenario('input/missing-column', 'names the nearest column', async () => {
    expect(await onOrders('type: not_null, column: staus')).toEqual({
      code: 'plan/missing-column',
      message: 'column "staus" does not exist in table "orders"',
      hint: 'Did you mean "status"?',
    });
  });

  scenario('input/expression-syntax', 'says where its expression stops being one', async () => {
    const error = await onOrders('type: sql_expression, expression: "amount > ("');
    expect(error?.code).toMatch(/^guard\//);
    expect(error?.message).toMatch(/^line 1, column \d+: /);
  });

  scenario('input/expression-subquery', 'may not hide a query in an expression', async () => {
    const error = await onOrders('type: sql_expression, expression: "id in (select id from orders)"');
    expect(error?.code).toMatch(/^guard\//);
  });

  scenario('input/second-statement', 'may not hold a second statement', async () => {
    const cwd = await shop({
      drops: { scope: orders, logic: 'type: custom_sql, query: "select 1 from {table}; drop table orders"' },
    });
    const dropping = await aegisReport(runArgs, { cwd });
    expectEnd(dropping, { code: 3 });
    expect(dropping.report.results[0]?.error?.code).toMatch(/^guard\//);
    const plan = await aegis(['plan', 'rules.yaml', '--db', 'shop.duckdb'], { cwd });
    expect(plan.stdout).not.toContain('drop table');
  });

  scenario('input/file-function', 'may not read files, whatever the function is called', async () => {
    for (const call of ["read_csv('/etc/passwd')", "read_text('/etc/passwd')", "glob('/*')", "'/etc/passwd.csv'"]) {
      const error = await onOrders(`type: custom_sql, query: "select * from ${call}"`);
      expect(error?.code, call).toMatch(/^guard\//);
    }
  });

  scenario('input/one-bad-rule', 'spoils none of the 29 beside it', async () => {
    const good = Array.from({ length: 29 }, (_, index): [string, WrittenRules[string]] => [
      `good_${index}`,
      { scope: orders, logic: `type: between, column: id, min_value: ${-index}, max_value: ${100 + index}` },
    ]);
    // Only the engine can find out that this text is no number.
    const bad = { scope: orders, logic: `type: sql_expression, expression: "cast(status as integer) > 0"` };
    const cwd = await shop({ ...Object.fromEntries(good), bad });
    const finished = await aegisReport(runArgs, { cwd });
    expectEnd(finished, { code: 3 });
    expect(finished.report.summary).toMatchObject({ total_rules: 30, passed: 29, errored: 1 });
    expect(outcomesOf(finished.report).bad).toBe('error');
  });
});

describe('a rule that can be judged', () => {
  scenario(['outcome/pass', 'exit/passed', 'command/run'], 'passes when it holds', async () => {
    const { ids_unique } = shopRules;
    const cwd = await shop({ ...(ids_unique && { ids_unique }) });
    expectEnd(await aegis(runArgs, { cwd }), { code: 0, stdout: /PASS +ids_unique[\s\S]*1 rule: 1 passed/ });
  });

  scenario(['outcome/fail', 'exit/failed'], 'fails with rows that show it', async () => {
    const cwd = await shop();
    const finished = await aegisReport([...runArgs, '--samples', 'full'], { cwd });
    expectEnd(finished, { code: 1, stdout: /FAIL +status_there[\s\S]*10 of 100 rows failed \(10 %\)/ });
    expect(finished.report.results[1]).toMatchObject({ outcome: 'fail', rows_checked: 100, rows_failed: 10 });
    expect(finished.report.results[1]?.sample).toHaveLength(5);
  });

  scenario('outcome/warn', 'warns without failing the run', async () => {
    const cwd = await shop({ warned: { scope: orders, logic: 'type: not_null, column: status, warn_if: rows > 0' } });
    const finished = await aegisReport(runArgs, { cwd });
    expectEnd(finished, { code: 0, stdout: /WARN +warned[\s\S]*10 of 100 rows/ });
    expect(finished.report.results[0]?.sample).toHaveLength(5);
  });

  scenario('outcome/not-applicable', 'does not apply to an empty scope', async () => {
    const cwd = await shop({ nothing: { scope: `${orders}, where: "id < 0"`, logic: 'type: not_null, column: id' } });
    const finished = await aegisReport(runArgs, { cwd });
    expectEnd(finished, { code: 0 });
    expect(outcomesOf(finished.report)).toEqual({ nothing: 'not_applicable' });
    expect(finished.report.summary.pass_rate).toBeNull();
  });

  scenario('outcome/deprecated-and-draft', 'runs when it is active, and as a draft only when asked', async () => {
    const rule = (status: string) => ({
      scope: orders,
      logic: 'type: not_null, column: id',
      metadata: `status: ${status}`,
    });
    const cwd = await shop({ active: rule('active'), draft: rule('draft'), old: rule('deprecated') });
    expect(outcomesOf((await aegisReport(runArgs, { cwd })).report)).toEqual({ active: 'pass' });
    const withDrafts = await aegisReport([...runArgs, '--include-drafts'], { cwd });
    expect(outcomesOf(withDrafts.report)).toEqual({ active: 'pass', draft: 'pass' });
  });
});

describe('names', () => {
  scenario('input/hostile-names', 'may hold quotes, spaces, Unicode and words of SQL', async () => {
    const names = ['say "hi"', "it's", 'a b', 'select', 'Größe', '列', '😀', 'a.b', 'semi;colon', '{table}'];
    const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
    const inYaml = (text: string) => JSON.stringify(text);
    const rules = Object.fromEntries(
      names.map((name, index) => [
        `rule_${index}`,
        {
          scope: `table: ${inYaml(quoted(name))}, where: ${inYaml(`${quoted(name)} >= 0`)}`,
          logic: `type: between, column: ${inYaml(name)}, min_value: 2`,
        },
      ]),
    );
    const cwd = await folderWith({ 'rules.yaml': rulesFile(rules) });
    await seedDatabase(
      join(cwd, 'shop.duckdb'),
      ...names.map((name) => `CREATE TABLE ${quoted(name)} AS SELECT range AS ${quoted(name)} FROM range(5)`),
    );
    const finished = await aegisReport(runArgs, { cwd });
    expectEnd(finished, { code: 1 });
    expect(finished.report.results.map(({ error, rows_failed }) => error ?? rows_failed)).toEqual(names.map(() => 2));
  });
});

describe('a table of 5,000 columns', () => {
  scenario(
    'warehouse/large',
    'has a rule on each of them judged in a few statements',
    async () => {
      const columns = Array.from({ length: 5_000 }, (_, index) => `c${index}`);
      const cwd = await folderWith({
        'rules.yaml': rulesFile(
          Object.fromEntries(
            columns.map((name) => [name, { scope: 'table: wide', logic: `type: not_null, column: ${name}` }]),
          ),
        ),
      });
      const values = columns.map((name, index) => `${index === 7 ? 'NULL::BOOLEAN' : 'true'} AS ${name}`);
      await seedDatabase(join(cwd, 'shop.duckdb'), `CREATE TABLE wide AS SELECT ${values.join(', ')} FROM range(3)`);
      const { report, code } = await aegisReport(runArgs, { cwd });
      expect(code).toBe(1);
      expect(report.summary).toMatchObject({ total_rules: 5_000, passed: 4_999, failed: 1 });
      expect(report.summary.queries).toBeLessThan(20);
    },
    60_000,
  );
});

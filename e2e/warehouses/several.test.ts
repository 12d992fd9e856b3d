import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { aegis } from '../cli/aegis.js';
import { rulesFile, seedDatabase } from '../cli/project.js';
import { expectEnd, outcomesOf } from '../cli/reports.js';
import { scenario } from '../scenario.js';
import { databaseWith, numbers, projectOn, runOn } from './postgres.js';

const there = (scope: string) => ({ scope, logic: 'type: not_null, column: a' });
const inBoth = rulesFile({
  on_server: there('table: orders'),
  in_file: { scope: 'table: events, warehouse: lake', logic: 'type: unique, column: a' },
  by_name: there('table: items, warehouse: shop'),
});

/** A server `shop` with two tables of 10,000 rows, and a file `lake` with one of 10. */
const both = async (rules = inBoth) => {
  const { url } = await databaseWith(numbers('orders', 10_000), numbers('items', 10_000), 'ANALYZE');
  const cwd = await projectOn(rules, '', {
    'aegis.yaml':
      "default_warehouse: shop\nwarehouses:\n  shop: { type: postgres, url: '${env:SHOP_URL}' }\n" +
      '  lake: { type: duckdb, path: lake.duckdb }\n',
  });
  await seedDatabase(join(cwd, 'lake.duckdb'), 'CREATE TABLE events AS SELECT range AS a FROM range(10)');
  return { url, cwd, env: { SHOP_URL: url } };
};

describe('one run over several warehouses', () => {
  scenario('run/several-warehouses', 'judges each rule where its table is', async () => {
    const { url, cwd } = await both();
    const finished = await runOn(cwd, url);
    expectEnd(finished, { code: 0 });
    expect(outcomesOf(finished.report)).toEqual({ on_server: 'pass', in_file: 'pass', by_name: 'pass' });
    expect(finished.report.warehouses.toSorted()).toEqual(['lake', 'shop']);
    expect(finished.report.results.map(({ warehouse, rows_checked: rows }) => [warehouse, rows])).toEqual([
      ['shop', 10_000],
      ['lake', 10],
      ['shop', 10_000],
    ]);
  });

  scenario('run/several-warehouses', 'goes on in one when the other cannot be reached', async () => {
    const { cwd, url } = await both();
    const finished = await runOn(cwd, Object.assign(new URL(url), { password: 'wrong' }).href);
    expectEnd(finished, { code: 3 });
    expect(outcomesOf(finished.report)).toEqual({ on_server: 'error', in_file: 'pass', by_name: 'error' });
  });

  scenario('run/several-warehouses', 'takes its own default from --warehouse', async () => {
    const { url, cwd } = await both(rulesFile({ here: there('table: events') }));
    const { report, code } = await runOn(cwd, url, '--warehouse', 'lake');
    expect([code, report.results[0]?.warehouse]).toEqual([0, 'lake']);
  });
});

describe('what a plan says it would read', () => {
  scenario('plan/estimates', 'is said by table, by warehouse, and who does not say it', async () => {
    const { cwd, env } = await both();
    const { stdout, code } = await aegis(['plan', 'rules.yaml'], { cwd, env });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^orders \(shop\): 1 rule; \d+ kB to read$/m);
    expect(stdout).toMatch(/^events \(lake\): 1 rule$/m);
    expect(stdout).toMatch(/^Total: \d statements(, and .*)?$/m);
    expect(stdout).toMatch(/^ {2}shop: 4 statements; 1\.05 MB to read$/m);
    expect(stdout).toMatch(/^ {2}lake: \d statements?; does not say how much it reads$/m);
  });
});

describe('--max-bytes', () => {
  const onServer = rulesFile({
    filled: there('table: orders'),
    small: { scope: 'table: items', logic: 'type: between, column: a, min_value: 1, max_value: 5000' },
  });

  scenario('run/max-bytes', 'refuses a run whose plan is above it, before anything is read', async () => {
    const { cwd, env } = await both(onServer);
    const args = ['run', 'rules.yaml', '--no-llm', '--max-bytes'];
    expectEnd(await aegis([...args, '400000'], { cwd, env }), {
      code: 2,
      stderr: /would read \d+ bytes; --max-bytes allows 400000/,
    });
  });

  scenario('run/max-bytes', 'names the warehouse that cannot say what it would read', async () => {
    const { cwd, env } = await both();
    expectEnd(await aegis(['run', 'rules.yaml', '--no-llm', '--max-bytes', '1000000'], { cwd, env }), {
      code: 2,
      stderr: /lake cannot say/,
    });
  });

  scenario('run/max-bytes', 'leaves out the sample that it has no room for', async () => {
    const { url, cwd } = await both(onServer);
    const roomy = await runOn(cwd, url, '--max-bytes', '10000000');
    expect(roomy.report.results.map(({ outcome, sample }) => [outcome, sample.length])).toEqual([
      ['pass', 0],
      ['fail', 5],
    ]);
    const tight = await runOn(cwd, url, '--max-bytes', '1400000');
    expect(tight.code).toBe(1);
    expect(tight.report.results.map(({ outcome, sample }) => [outcome, sample.length])).toEqual([
      ['pass', 0],
      ['fail', 0],
    ]);
    expect(tight.report.results[1]?.notes.join()).toMatch(/no sample: .*--max-bytes 1400000/);
  });
});

import { AthenaEmulator } from '@aegis/warehouse-emulators/athena';
import { describe, expect, onTestFinished } from 'vitest';
import { aegis } from '../cli/aegis.js';
import { folderWith, rulesFile } from '../cli/project.js';
import { aegisReport, expectEnd, outcomesOf } from '../cli/reports.js';
import { scenario } from '../scenario.js';

const rules = rulesFile({
  ids_unique: { scope: 'table: orders', logic: 'type: unique, column: id' },
  paid: { scope: 'table: orders', logic: 'type: not_null, column: amount' },
  of_today: { scope: 'table: events', logic: 'type: not_null, column: id' },
  of_a_day: { scope: `table: events, where: "day = '2026-01-15'"`, logic: 'type: not_null, column: id' },
  customers_known: { scope: 'table: secrets', logic: 'type: not_null, column: id' },
});

/** A database in the emulator with a table, one that wants a partition filter, and one that may not be read. */
const shop = async () => {
  const emulator = await AthenaEmulator.open({ databases: ['shop'] });
  onTestFinished(() => emulator.close());
  const run = (sql: string) => emulator.run(sql, 'shop');
  await run('CREATE TABLE orders (id bigint, amount decimal(10, 2), tags array(varchar))');
  await run("INSERT INTO orders VALUES (1, DECIMAL '9.50', NULL), (2, NULL, ARRAY['a', 'b']), (3, DECIMAL '3', NULL)");
  for (const table of ['events', 'secrets']) await run(`CREATE TABLE ${table} (id bigint, day varchar)`);
  await run("INSERT INTO events VALUES (1, '2026-01-15')");
  emulator.setTable('shop', 'events', {
    format: 'HIVE',
    partitionKeys: ['day'],
    parameters: { 'projection.enabled': 'true', 'projection.day.type': 'injected' },
  });
  emulator.forbidTable('shop', 'secrets');
  const { url, region, credentials } = emulator;
  const options = `region: ${region}, database: shop, athenaEndpoint: '${url}', glueEndpoint: '${url}'`;
  const cwd = await folderWith({
    'aegis.yaml': `warehouses:\n  lake: { type: athena, ${options} }\n`,
    'rules.yaml': rules,
  });
  const env = { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey };
  return { emulator, cwd, env };
};

/** Whether a statement reads the table, rather than what is known of it. */
const isScan = (sql: string): boolean => !/EXPLAIN|information_schema/.test(sql);

describe('Athena', () => {
  scenario(['warehouse/one-bad-table', 'run/several-warehouses'], 'is found by its type, and judged', async () => {
    const { cwd, env, emulator } = await shop();
    const finished = await aegisReport(['run', 'rules.yaml', '--no-llm', '--history', 'history.db'], { cwd, env });
    expectEnd(finished, { code: 3 });
    expect(outcomesOf(finished.report)).toEqual({
      ...{ ids_unique: 'pass', paid: 'fail', of_today: 'error', of_a_day: 'pass', customers_known: 'error' },
    });
    const [, paid, ofToday, , customers] = finished.report.results;
    expect(paid).toMatchObject({ rows_failed: 1, sample: [{ amount: null, tags: '["a","b"]' }] });
    expect(paid?.consistency).toContain('time travel');
    expect(ofToday?.error?.message).toContain('partition column day');
    expect(customers?.error).toMatchObject({ code: 'warehouse/authorization' });
    expect(emulator.notCovered).toEqual([]);
    const statements = emulator.queries.map(({ request }) => request.QueryString);
    expect(statements.some((sql) => /^\/\* aegis run=\S+ table=orders/.test(sql))).toBe(true);
  });

  scenario('plan/estimates', 'says before a run what it reads and costs', async () => {
    const { cwd, env, emulator } = await shop();
    const { code, stdout } = await aegis(['plan', 'rules.yaml', '--select', 'paid', '--json'], { cwd, env });
    expect(code).toBe(0);
    const { bytes, cost_usd: costUsd } = JSON.parse(stdout).totals;
    expect(bytes).toBe(3 * 8);
    expect(costUsd).toBeCloseTo(((10 * 1024 ** 2) / 1024 ** 4) * 5, 15);
    expect(emulator.queries.map(({ request }) => request.QueryString).filter(isScan)).toEqual([]);
  });

  scenario('run/max-bytes', 'is not asked where more would be read than is allowed', async () => {
    const { cwd, env, emulator } = await shop();
    const { code, stderr } = await aegis(['run', 'rules.yaml', '--select', 'paid', '--max-bytes', '10'], { cwd, env });
    expect(code).toBe(2);
    expect(stderr).toContain('would read 24 bytes; --max-bytes allows 10');
    expect(emulator.queries.map(({ request }) => request.QueryString).filter(isScan)).toEqual([]);
  });
});

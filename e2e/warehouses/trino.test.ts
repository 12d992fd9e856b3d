import { TrinoEmulator } from '@aegis/warehouse-emulators/trino';
import { describe, expect, onTestFinished } from 'vitest';
import { aegis } from '../cli/aegis.js';
import { folderWith, rulesFile } from '../cli/project.js';
import { aegisReport, expectEnd, outcomesOf } from '../cli/reports.js';
import { scenario } from '../scenario.js';

const rules = rulesFile({
  ids_unique: { scope: 'table: orders', logic: 'type: unique, column: id' },
  paid: { scope: 'table: orders', logic: 'type: not_null, column: amount' },
  of_another_schema: { scope: 'table: lake.crm.customers', logic: 'type: row_count, threshold: 1' },
  customers_known: { scope: 'table: secrets', logic: 'type: not_null, column: id' },
  gone: { scope: 'table: nope', logic: 'type: row_count, threshold: 1' },
});

/** A catalogue in the emulator with a table, one in another schema, and one that may not be read; who asks has a password. */
const lake = async () => {
  const emulator = await TrinoEmulator.open({
    catalog: 'lake',
    schemas: ['shop', 'crm'],
    passwords: { anna: 'right' },
  });
  onTestFinished(() => emulator.close());
  const run = (sql: string) => emulator.run(sql, 'shop');
  await run('CREATE TABLE orders (id bigint, amount decimal(10, 2), tags array(varchar))');
  await run("INSERT INTO orders VALUES (1, DECIMAL '9.50', NULL), (2, NULL, ARRAY['a', 'b']), (3, DECIMAL '3', NULL)");
  await run('CREATE TABLE crm.customers (id bigint)');
  await run('INSERT INTO crm.customers VALUES (1)');
  await run('CREATE TABLE secrets (id bigint)');
  emulator.setTable('shop', 'secrets', { isForbidden: true });
  const options = `server: '${emulator.url}', catalog: lake, schema: shop, user: anna, password: '\${env:LAKE_PASSWORD}'`;
  const cwd = await folderWith({
    'aegis.yaml': `warehouses:\n  lake: { type: trino, ${options} }\n`,
    'rules.yaml': rules,
  });
  return { emulator, cwd, env: { LAKE_PASSWORD: 'right' } };
};

const reads = (emulator: TrinoEmulator): readonly string[] =>
  emulator.queries
    .map(({ sql }) => sql)
    .filter((sql) => /FROM "orders" FOR VERSION/.test(sql) && !/LIMIT 0$/.test(sql));

describe('Trino', () => {
  scenario(['warehouse/one-bad-table', 'run/several-warehouses'], 'is found by its type, and judged', async () => {
    const { cwd, env, emulator } = await lake();
    const finished = await aegisReport(['run', 'rules.yaml', '--no-llm', '--history', 'history.db'], { cwd, env });
    expectEnd(finished, { code: 3 });
    expect(outcomesOf(finished.report)).toEqual({
      ...{ ids_unique: 'pass', paid: 'fail', of_another_schema: 'pass', customers_known: 'error', gone: 'error' },
    });
    const [, paid, , customers, gone] = finished.report.results;
    expect(paid).toMatchObject({ rows_failed: 1, sample: [{ id: '2', amount: null, tags: ['a', 'b'] }] });
    expect(paid?.consistency).toContain('version of each Iceberg table');
    expect(customers?.error).toMatchObject({ code: 'warehouse/authorization' });
    expect(gone?.error).toMatchObject({ code: 'plan/missing-table' });
    expect(emulator.notCovered).toEqual([]);
    expect(reads(emulator).length).toBeGreaterThan(0);
    expect(emulator.queries.some(({ session }) => session.clientTags.includes('table=orders'))).toBe(true);
    expect(emulator.openTransactions).toBe(0);
  });

  scenario('plan/estimates', 'says before a run how much it reads', async () => {
    const { cwd, env, emulator } = await lake();
    const { code, stdout } = await aegis(['plan', 'rules.yaml', '--select', 'paid', '--json'], { cwd, env });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).totals.bytes).toBe(3 * 3 * 8);
    expect(reads(emulator)).toEqual([]);
  });

  scenario('warehouse/unreachable', 'says which password was refused, without showing it', async () => {
    const { cwd } = await lake();
    const env = { LAKE_PASSWORD: 'very-wrong-secret' };
    const { code, stderr, stdout } = await aegis(['run', 'rules.yaml', '--select', 'paid', '--no-llm'], { cwd, env });
    expect(code).toBe(3);
    expect(stderr + stdout).toContain('Check user, password');
    expect(stderr + stdout).not.toContain('very-wrong-secret');
  });
});

import { BigQueryEmulator } from '@aegis/warehouse-emulators/bigquery';
import { describe, expect, onTestFinished } from 'vitest';
import { aegis } from '../cli/aegis.js';
import { folderWith, rulesFile } from '../cli/project.js';
import { aegisReport, expectEnd, outcomesOf } from '../cli/reports.js';
import { scenario } from '../scenario.js';

const rules = rulesFile({
  ids_unique: { scope: 'table: orders', logic: 'type: unique, column: id' },
  paid: { scope: 'table: orders', logic: 'type: not_null, column: amount' },
  of_today: { scope: 'table: events', logic: 'type: not_null, column: id' },
  of_a_day: { scope: `table: events, where: "day = date '2026-01-15'"`, logic: 'type: not_null, column: id' },
  customers_known: { scope: 'table: secrets', logic: 'type: not_null, column: id' },
});

/** A project in the emulator with a table, one that wants a partition filter, and one that may not be read. */
const shop = async () => {
  const emulator = await BigQueryEmulator.open({ datasets: ['shop'] });
  onTestFinished(() => emulator.close());
  await emulator.run('CREATE TABLE shop.orders (id INT64, amount NUMERIC)');
  await emulator.run("INSERT INTO shop.orders VALUES (1, NUMERIC '9.50'), (2, NULL), (3, NUMERIC '3')");
  for (const table of ['events', 'secrets']) await emulator.run(`CREATE TABLE shop.${table} (id INT64, day DATE)`);
  await emulator.run("INSERT INTO shop.events VALUES (1, DATE '2026-01-15')");
  emulator.setTable('shop', 'events', {
    timePartitioning: { type: 'DAY', field: 'day' },
    requirePartitionFilter: true,
  });
  emulator.forbidTable('shop', 'secrets');
  const cwd = await folderWith({
    'aegis.yaml':
      `warehouses:\n  shop: { type: bigquery, projectId: ${emulator.project}, dataset: shop, apiEndpoint: '${emulator.url}', ` +
      "credentials: '${file:key.json}' }\n",
    'key.json': JSON.stringify(emulator.credentials),
    'rules.yaml': rules,
  });
  return { emulator, cwd };
};

describe('BigQuery', () => {
  scenario(['warehouse/one-bad-table', 'run/several-warehouses'], 'is found by its type, and judged', async () => {
    const { cwd, emulator } = await shop();
    const finished = await aegisReport(['run', 'rules.yaml', '--no-llm', '--history', 'history.db'], { cwd });
    expectEnd(finished, { code: 3 });
    expect(outcomesOf(finished.report)).toEqual({
      ...{ ids_unique: 'pass', paid: 'fail', of_today: 'error', of_a_day: 'pass', customers_known: 'error' },
    });
    const [, paid, ofToday, , customers] = finished.report.results;
    expect(paid).toMatchObject({ rows_failed: 1, sample: [{ amount: null }] });
    expect(paid?.consistency).toContain('time travel');
    expect(ofToday?.error?.message).toContain('partition column day');
    expect(customers?.error).toMatchObject({ code: 'warehouse/authorization' });
    expect(emulator.notCovered).toEqual([]);
    const labels = emulator.jobs.map(({ configuration }) => configuration.labels?.['aegis-table']);
    expect(labels).toContain('orders');
  });

  scenario('plan/estimates', 'says before a run what it reads and costs', async () => {
    const { cwd, emulator } = await shop();
    const { code, stdout } = await aegis(['plan', 'rules.yaml', '--select', 'paid', '--json'], { cwd });
    expect(code).toBe(0);
    const { bytes, cost_usd: costUsd } = JSON.parse(stdout).totals;
    expect(bytes).toBe(3 * 8);
    expect(costUsd).toBeCloseTo((bytes / 1024 ** 4) * 6.25, 15);
    expect(emulator.jobs).toEqual([]);
  });
});

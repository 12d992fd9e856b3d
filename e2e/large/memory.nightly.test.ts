import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { aegis } from '../cli/aegis.js';
import { folderWith, rulesFile, seedDatabase } from '../cli/project.js';
import { outcomesOf, readReport } from '../cli/reports.js';
import { scenario } from '../scenario.js';

const megabyte = 1024 * 1024;

/** A rule of each kind of statement; some fail, so that rows are fetched too. */
const rules = rulesFile(
  Object.fromEntries(
    [
      ['key_unique', 'unique, column: key'],
      ['pair_unique', 'composite_unique, columns: [customer, id]'],
      ['status_there', 'not_null, column: status'],
      ['status_known', 'accepted_values, column: status, values: [closed]'],
      ['amount_range', 'between, column: amount, min_value: 0, max_value: 999'],
      ['amount_usual', 'zscore_outlier, column: amount'],
      ['amount_alone', 'isolation_forest, column: amount'],
      ['customer_known', 'foreign_key, column: id, reference_table: orders, reference_column: key'],
    ].map(([id, logic]) => [id, { scope: 'table: orders', logic: `type: ${logic}` }]),
  ),
);

/** Leaves behind what the process had used when it ended. */
const usageAtExit = `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync('usage.json', JSON.stringify({
  heapBytes: process.memoryUsage().heapUsed, peakBytes: process.resourceUsage().maxRSS * 1024 })));`;

const runOn = async (rows: number) => {
  const cwd = await folderWith({ 'rules.yaml': rules, 'usage.mjs': usageAtExit });
  await seedDatabase(
    join(cwd, 'shop.duckdb'),
    `CREATE TABLE orders AS SELECT range AS id, CAST(hash(range) >> 1 AS BIGINT) AS key, range % 1000 AS customer,
      CASE WHEN range % 100 > 0 THEN 'open' END AS status, (range * 0.37) % 1000 AS amount FROM range(${rows})`,
  );
  const memory = ['--connection', 'memoryLimit=400MB', '--connection', 'threads=2'];
  const args = ['run', 'rules.yaml', '--db', 'shop.duckdb', '--no-llm', '--output-json', 'report.json', ...memory];
  const { code, stderr } = await aegis(args, { cwd, env: { NODE_OPTIONS: '--import ./usage.mjs' } });
  expect(code, stderr).toBe(1);
  const usage = JSON.parse(await readFile(join(cwd, 'usage.json'), 'utf8')) as Record<
    'heapBytes' | 'peakBytes',
    number
  >;
  return { usage, outcomes: outcomesOf(await readReport(cwd)) };
};

scenario(
  'scale/memory',
  'neither the heap nor the engine grows with the rows',
  async () => {
    const few = await runOn(10_000);
    const many = await runOn(10_000_000);
    expect(many.outcomes).toEqual(few.outcomes);
    // Garbage that was not collected yet makes either a little larger.
    expect(many.usage.heapBytes - few.usage.heapBytes).toBeLessThan(20 * megabyte);
    // What the engine may hold, and buffers of the operating system beside it.
    expect(many.usage.peakBytes - few.usage.peakBytes).toBeLessThan(700 * megabyte);
  },
  600_000,
);

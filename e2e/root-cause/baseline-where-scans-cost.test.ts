import { BigQueryEmulator } from '@aegis/warehouse-emulators/bigquery';
import { describe, expect, onTestFinished } from 'vitest';
import { aegis } from '../cli/aegis.js';
import { folderWith, rulesFile } from '../cli/project.js';
import { expectEnd } from '../cli/reports.js';
import { scenario } from '../scenario.js';

const step = 'CREATE TABLE mart AS SELECT id, amount FROM raw_orders';

/** Statements about the source, after a good run under this policy. */
const askedUnder = async (baseline: 'auto' | 'on'): Promise<readonly string[]> => {
  const emulator = await BigQueryEmulator.open({ datasets: ['shop'] });
  onTestFinished(() => emulator.close());
  for (const table of ['raw_orders', 'mart']) {
    await emulator.run(`CREATE TABLE shop.${table} (id INT64, amount NUMERIC, note STRING)`);
    await emulator.run(`INSERT INTO shop.${table} VALUES (1, NUMERIC '9.50', 'a'), (2, NULL, 'b')`);
  }
  const { project, url, credentials } = emulator;
  const options = `projectId: ${project}, dataset: shop, apiEndpoint: '${url}', credentials: '\${file:key.json}'`;
  const cwd = await folderWith({
    'aegis.yaml': `warehouses:\n  shop: { type: bigquery, ${options} }\nlineage: [etl/]\nroot_cause: { baseline: ${baseline} }\n`,
    'key.json': JSON.stringify(credentials),
    'rules.yaml': rulesFile({ enough: { scope: 'table: mart', logic: 'type: row_count, threshold: 1' } }),
    'etl/shop.sql': `${step};\n`,
  });
  expectEnd(await aegis(['run', 'rules.yaml', '--no-llm', '--history', 'history.db'], { cwd }), { code: 0 });
  expect(emulator.notCovered).toEqual([]);
  const sent = emulator.jobs.map(({ configuration }) => configuration.query?.query ?? '');
  return sent.filter((sql) => sql.includes('raw_orders'));
};

describe('baselines where each scan is billed', () => {
  scenario(
    'root-cause/baseline',
    'are not kept by themselves',
    async () => {
      expect(await askedUnder('auto')).toEqual([]);
    },
    300_000,
  );

  scenario(
    'root-cause/baseline',
    'are kept where somebody asks for them, in one statement',
    async () => {
      const asked = await askedUnder('on');
      expect(asked).toHaveLength(1);
      expect(asked[0]).toContain('GROUPING SETS');
    },
    300_000,
  );
});

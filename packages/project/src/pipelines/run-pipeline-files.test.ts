import { join } from 'node:path';
import { openAuditStore } from '@aegis/audit';
import { describe, expect, it } from 'vitest';
import type { Effects } from '../effects.js';
import { finishRun } from '../runs/finish-run.js';
import { type FinishedRun, runRules } from '../runs/run-rules.js';
import { rulesFile, testProject } from '../testing/test-project.js';
import { runPipelineFiles } from './run-pipeline-files.js';

const files = {
  'aegis.yaml':
    'warehouses: { shop: { type: duckdb, path: shop.duckdb } }\naudit: { path: history.db }\nlineage: [oplog]\n',
  'rules.yaml': rulesFile({ orders_have_a_price: { table: 'orders', logic: 'type: not_null, column: cents' } }),
  'steps/1_raw.sql':
    'CREATE TABLE raw_orders AS SELECT range AS id, range % 7 AS customer, CASE WHEN range % 10 <> 3 THEN range END AS amount FROM range(1000)',
  'steps/2_stage.sql': 'CREATE TABLE stage_orders AS SELECT id, customer, amount * 100 AS cents FROM raw_orders',
  'steps/10_orders.sql': 'CREATE VIEW orders AS SELECT * FROM stage_orders WHERE id >= 0',
};

const runOf = (effects: Effects): Promise<FinishedRun> =>
  finishRun(runRules({ rules: ['rules.yaml'], llm: false }, effects));

describe('a pipeline of SQL files', () => {
  it('is recorded so that a failing rule is followed to where the failure enters', async () => {
    const effects = await testProject(files);
    const finished = await runPipelineFiles({ files: ['steps'], user: 'ana' }, effects);
    expect(finished).toMatchObject({ status: 'completed', warehouse: 'shop', lost: 0, notes: [] });
    const { report } = await runOf(effects);
    expect(report.results[0]?.root_cause).toMatchObject({ dataset: 'raw_orders', column: 'amount' });
  });

  it('leaves its statements in the audit trail, under one run and the name of the warehouse', async () => {
    const effects = await testProject(files);
    const { runId } = await runPipelineFiles({ files: ['steps'], user: 'ana' }, effects);
    const store = openAuditStore(join(effects.cwd, 'history.db'));
    const operations = await store.operations({ runId });
    await store.close();
    expect(operations.map(({ warehouse, user, changes }) => [warehouse, user, changes[0]?.output])).toEqual([
      ['shop', 'ana', ['raw_orders']],
      ['shop', 'ana', ['stage_orders']],
      ['shop', 'ana', ['orders']],
    ]);
    expect(operations[2]?.changes[0]?.outputColumns).toEqual(['id', 'customer', 'cents']);
  });

  it('refuses a warehouse that cannot change tables', async () => {
    const none = { contract: 'warehouse/v1', type: 'acme', optionsSchema: undefined, create: () => reading };
    const reading = { contract: 'warehouse/v1', capabilities: {}, connect: async () => {} };
    const effects = await testProject({ ...files, 'aegis.yaml': 'warehouses: { a: { type: acme } }\n' });
    const importFrom: Effects['importFrom'] = async (name, ...rest) =>
      name === '@aegis/warehouse-acme' ? { adapter: none } : effects.importFrom(name, ...rest);
    await expect(runPipelineFiles({ files: ['steps'] }, { ...effects, importFrom })).rejects.toMatchObject({
      code: 'config/invalid',
      hint: expect.stringContaining('access'),
    });
  });
});

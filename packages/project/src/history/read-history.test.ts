import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderReport } from '../reports/render-report.js';
import { runRules } from '../runs/run-rules.js';
import { customers, rulesFile, testProject } from '../testing/test-project.js';
import { listRuns, showRun } from './read-history.js';

const recorded = async () => {
  const effects = await testProject({
    'customers.csv': customers,
    'rules.yaml': rulesFile({ there: { table: 'customers.csv', logic: 'type: not_null, column: id' } }),
  });
  for await (const _event of runRules({ rules: ['rules.yaml'], llm: false }, effects));
  return effects;
};

describe('the history', () => {
  it('lists nothing where nothing was ever recorded, and makes no file for it', async () => {
    const effects = await testProject();
    expect(await listRuns({}, effects)).toEqual([]);
    await expect(showRun({}, effects)).rejects.toMatchObject({ code: 'audit/not-found' });
  });

  it('finds a run by the beginning of its id, and the latest without one', async () => {
    const effects = await recorded();
    const [latest] = await listRuns({}, effects);
    expect(latest).toMatchObject({ status: 'completed', warehouse: 'duckdb' });
    const { run, steps } = await showRun({ run: latest?.runId.slice(0, 18) }, effects);
    expect(run.runId).toBe(latest?.runId);
    expect(steps.map(({ node }) => node)).toContain('execute');
    expect((await showRun({}, effects)).run.runId).toBe(run.runId);
    await expect(showRun({ run: 'nosuch' }, effects)).rejects.toMatchObject({ code: 'audit/not-found' });
  });

  it('renders a recorded run in every format, and the same from its report file', async () => {
    const effects = await recorded();
    const json = await renderReport({ format: 'json' }, effects);
    await writeFile(join(effects.cwd, 'kept.json'), json);
    for (const format of ['terminal', 'markdown', 'junit', 'sarif', 'html'] as const) {
      const rendered = await renderReport({ format }, effects);
      expect(rendered).toContain('there');
      expect(await renderReport({ format, run: 'kept.json' }, effects)).toBe(rendered);
    }
  });

  it('refuses a file that is no report', async () => {
    const effects = await testProject({ 'other.json': '{}' });
    await expect(renderReport({ run: 'other.json' }, effects)).rejects.toMatchObject({ code: 'config/invalid' });
    await expect(renderReport({ run: 'gone.json' }, effects)).rejects.toMatchObject({ code: 'audit/not-found' });
  });
});

import { expect, it } from 'vitest';
import { scoresPage } from './publish.js';
import type { FaultRun, RcaReport } from './report.js';
import { pipelineOf } from './templates/index.js';

const pipeline = pipelineOf(1);
const [source, step] = [pipeline.sources[0]?.table ?? '', pipeline.steps[0]?.output ?? ''];

const run = (more: Partial<FaultRun>, dataset: string | null): FaultRun => ({
  ...{ seed: 1, template: 'payments', fault: 'wrong_unit@source', kind: 'wrong_unit', place: 'source' },
  ...{ description: 'amount < 1 is wrong', truth: { table: source, columns: ['x'], segment: null, operation: null } },
  answer: { dataset, column: null, kind: dataset && 'transformation', candidates: [], agreeing: 1, failing: 2 },
  marks: { table: dataset === source, table_in_three: true, column: dataset === source, kind: true, segment: null },
  ...{
    rules_right: 1,
    failing_rules: ['a', 'b'],
    more_statements: 20,
    more_ms: 8,
    invisible: 1,
    ineffective: 0,
    ...more,
  },
});

const report: RcaReport = {
  ...{ schema: 'aegis.dev/bench-rca/v1', measured_at: '2026-01-02T03:04:05Z', node: 'v24', duckdb: '1.5' },
  ...{ cores: 2, memory_gb: 8, unseen: [], baseline: 'auto' },
  clean: [{ seed: 1, template: 'payments', tables: 25, rules: 40, findings: [], root_causes: 0 }],
  faults: [run({}, source), run({}, step), run({ fault: 'null_segment@source' }, null)],
};

it('publishes the scores with all that is wrong in them, and how to see it again', () => {
  const page = scoresPage(report);
  expect(page).toContain('| all | 3 | 33.3 | 100.0 | 33.3 | 100.0 | – |');
  expect(page).toContain('| held out | 0 | – |');
  expect(page).toContain('2 of 3 runs name the wrong table.');
  expect(page).toMatch(/\| nothing is said \| 1 \|/);
  expect(page).toMatch(/\| stops downstream of it \| 1 \|/);
  expect(page).toContain(
    `| \`--seed 1 --fault wrong_unit@source\` | amount &lt; 1 is wrong | transformation at ${step} (1 of 2 rules) | table, column |`,
  );
  expect(page).toContain('A failing rule costs 10.0 statements and 4.0 ms beyond the clean run');
  expect(page).toContain('0 of 1 clean runs find something.');
  expect(page).not.toContain('Without a baseline');
});

it('has the scores without a baseline beside the others, where they were measured', () => {
  const page = scoresPage(report, { ...report, baseline: 'off', faults: report.faults.slice(0, 1) });
  expect(page.split('### Without a baseline')[1]).toContain('| all | 1 | ');
});

import { appendFile, cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect } from 'vitest';
import { folderWith } from '../cli/project.js';
import { aegisReport, expectEnd } from '../cli/reports.js';
import { scenario } from '../scenario.js';
import { carefulAnswers, decisionsIn, openAiAdapter } from './narrated-shop.js';
import { startVendor } from './vendor.js';

const example = fileURLToPath(new URL('../../examples/flights', import.meta.url));
const table = '../node_modules/vega-datasets/data/flights-3m.parquet';

/** With the ten rules of the example that fail, twelve; where these come from is known, so the fourth step tells of them. */
const twoMore = `rules:
  - metadata: { id: flights_on_time, description: No flight is late., owner: analytics }
    scope: { table: ${table} }
    logic: { type: max_value_check, column: delay, max_value: 0 }
    diagnosis: { lineage_hints: { upstream_tables: [bts.on_time_performance] } }
  - metadata: { id: flights_are_long, description: No hop is short., owner: analytics }
    scope: { table: ${table} }
    logic: { type: min_value_check, column: distance, min_value: 500 }
    diagnosis: { lineage_hints: { upstream_tables: [bts.on_time_performance] } }
`;

/** A copy of the example whose failures a model is asked about. */
const narratedFlights = async (baseURL: string): Promise<string> => {
  const cwd = await folderWith();
  for (const part of ['aegis.yaml', 'rules']) await cp(join(example, part), join(cwd, part), { recursive: true });
  await appendFile(join(cwd, 'aegis.yaml'), `\nllm: { provider: openai, baseURL: "${baseURL}" }\n`);
  await writeFile(join(cwd, 'rules/more.yaml'), twoMore);
  await mkdir(join(cwd, 'node_modules/@aegis'), { recursive: true });
  await symlink(openAiAdapter, join(cwd, 'node_modules/@aegis/llm-openai'));
  await symlink(join(example, 'node_modules/vega-datasets'), join(cwd, 'node_modules/vega-datasets'));
  return cwd;
};

describe('the flights with a model', () => {
  scenario(
    'model/run',
    'have twelve failures told, every call in the trail, and their cost as the sum',
    async () => {
      const vendor = await startVendor({
        ...carefulAnswers,
        proposed_sql: { proposed_sql: null, confidence: 'low', caveat: 'The right values are not in the data.' },
      });
      const cwd = await narratedFlights(vendor.baseURL);
      const { report, ...finished } = await aegisReport(['run', 'rules', '--history', 'history.db'], { cwd });
      expectEnd(finished, { code: 1, stdout: /flights_recorded_once/ });
      const decisions = decisionsIn(cwd);
      const told = report.results.filter(({ outcome }) => outcome === 'fail' || outcome === 'warn');
      const rca = decisions.filter(({ node }) => node === 'rca_narrate').map(({ rule_id }) => rule_id);
      expect(report.summary).toMatchObject({ failed: 12, warned: 1 });
      expect(new Set(decisions.map(({ node }) => node)).size).toBe(4);
      expect(rca.sort()).toEqual(['flights_are_long', 'flights_on_time']);
      for (const node of ['classify_narrate', 'diagnose_narrate', 'remediate']) {
        const rules = decisions.filter((decision) => decision.node === node).map(({ rule_id }) => rule_id);
        expect(rules.sort()).toEqual(told.map(({ rule_id }) => rule_id).sort());
      }
      expect(vendor.asked).toHaveLength(decisions.length);
      const cost = decisions.reduce((sum, { cost_usd }) => sum + (cost_usd ?? Number.NaN), 0);
      expect(report.summary).toMatchObject({ llm_calls: decisions.length, cost_usd: expect.closeTo(cost, 10) });
      expect(cost).toBeGreaterThan(0);
    },
    60_000,
  );
});

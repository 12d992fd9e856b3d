import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  convertManifest,
  type DbtConversion,
  openDbtProject,
  readManifest,
  renderRules,
  toRunResults,
  withWarehouse,
} from '@aegis/dbt';
import { finishRun, runRules, validateRules } from '@aegis/project';
import { type Effects, SecretRegistry } from '@aegis/project/program';
import type { Report } from '@aegis/spec';
import * as duckdb from '@aegis/warehouse-duckdb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installDbt } from './install-dbt.js';
import { buildShop, type ShopProject } from './shop-project.js';

const installed = await installDbt();

interface Built {
  readonly project: ShopProject;
  readonly conversion: DbtConversion;
  readonly report: Report;
  readonly effects: Effects;
}

/** As `aegis dbt generate --project . --output dbt.yaml` and `aegis run dbt.yaml` do it. */
const build = async (python: string): Promise<Built> => {
  const project = await buildShop(python);
  const { folder } = project;
  const conversion = convertManifest(readManifest(project.manifest, 'manifest.json'));
  await writeFile(join(folder, 'dbt.yaml'), renderRules(conversion.rules));
  const { warehouse } = await openDbtProject({ folder, env: { HOME: folder } });
  if (warehouse.kind === 'none') throw new Error(warehouse.reason);
  await writeFile(join(folder, 'aegis.yaml'), withWarehouse(undefined, warehouse) ?? '');
  const effects: Effects = {
    ...{ cwd: folder, env: { HOME: folder }, now: () => new Date(), secrets: new SecretRegistry() },
    importFrom: async (name) => (name === '@aegis/warehouse-duckdb' ? duckdb : undefined),
  };
  const running = runRules({ rules: ['dbt.yaml'], llm: false, history: join(folder, 'history.db') }, effects);
  const { report } = await finishRun(running);
  return { project, conversion, report, effects };
};

describe('a project that dbt built', { timeout: 300_000 }, () => {
  let built: Built | undefined;

  beforeAll(async () => {
    if ('python' in installed) built = await build(installed.python);
  }, 600_000);

  afterAll(() => built?.project.remove());

  const shop = (skip: (why: string) => void): Built => {
    if ('missing' in installed) skip(installed.missing);
    if (!built) throw new Error('not built');
    return built;
  };

  it('has rules that are valid, also for the warehouse', async ({ skip }) => {
    const { effects, conversion } = shop(skip);
    const { problems, rules } = await validateRules({ rules: ['dbt.yaml'], checkSql: true }, effects);
    expect(problems).toEqual([]);
    expect(rules).toHaveLength(conversion.rules.length);
  });

  it('has a rule for every test that dbt ran but those on ephemeral models', ({ skip }) => {
    const { project, conversion } = shop(skip);
    const converted = new Set(conversion.rules.map(({ source }) => source));
    const left = [...project.tested.keys()].filter((id) => id.startsWith('test.') && !converted.has(id));
    expect(left).toEqual([expect.stringMatching(/^test\.shop\.not_null_paid_orders_id\./)]);
    const reasons = conversion.notConverted.map(({ source, reason }) => `${source.split('.')[2]}: ${reason}`);
    expect(reasons.toSorted()).toEqual([
      'amounts_not_looked_at: it is disabled',
      'customers: unit tests are about SQL and made-up rows, not about data',
      'not_null_paid_orders_id: paid_orders is ephemeral: there is no table to look at',
    ]);
  });

  it('gets the same outcomes and counts from Aegis and from dbt', async ({ skip }) => {
    const { project, conversion, report } = shop(skip);
    const manifest = readManifest(project.manifest, 'manifest.json');
    const { runResults } = toRunResults(report, conversion, manifest);
    const found = Object.fromEntries(
      runResults.results.map(({ unique_id: id, status, failures }) => [id, { status, failures }]),
    );
    const expected = Object.fromEntries(
      [...project.tested].filter(([id]) => id.startsWith('test.') && !id.includes('paid_orders')),
    );
    expect(found).toEqual(expected);
    const statuses = new Set(Object.values(expected).map(({ status }) => status));
    expect([...statuses].toSorted()).toEqual(['fail', 'pass', 'warn']);
  });

  it('agrees with dbt about what is late', ({ skip }) => {
    const { project, report } = shop(skip);
    expect(project.tested.get('source.shop.raw.orders')?.status).toBe('error');
    const outcome = (id: string) => report.results.find(({ rule_id: rule }) => rule === id)?.outcome;
    expect(outcome('freshness_raw_orders_error_after')).toBe('fail');
    expect(outcome('freshness_raw_orders_warn_after')).toBe('pass');
  });

  it('finds what a contract promises', ({ skip }) => {
    const { report } = shop(skip);
    const contract = report.results.filter(({ rule_id: id }) => id.startsWith('contract_customers_v2_'));
    expect(contract.map(({ rule_id: id, outcome }) => [id.slice(22), outcome])).toEqual([
      ['check_id', 'pass'],
      ...['country', 'email', 'id', 'is_active'].map((name) => [`column_${name}`, 'pass']),
      ['not_null_id', 'pass'],
    ]);
  });

  it('writes results that dbt itself reads', async ({ skip }) => {
    const { project, conversion, report } = shop(skip);
    const { runResults } = toRunResults(report, conversion, readManifest(project.manifest, 'manifest.json'));
    await writeFile(join(project.folder, 'aegis_results.json'), JSON.stringify(runResults));
    const printed = await project.python(
      [
        'from dbt.artifacts.schemas.run import RunResultsArtifact',
        'read = RunResultsArtifact.read_and_check_versions("aegis_results.json")',
        'print(len(read.results), sorted({str(r.status) for r in read.results}))',
      ].join('\n'),
    );
    expect(printed.trim()).toBe(`${runResults.results.length} ['fail', 'pass', 'warn']`);
  });

  it('keeps the same rules when it is parsed again', async ({ skip }) => {
    const { project, conversion } = shop(skip);
    await project.python('from dbt.cli.main import dbtRunner; dbtRunner().invoke(["compile", "--quiet"])');
    const text = await readFile(join(project.folder, 'target', 'manifest.json'), 'utf8');
    expect(renderRules(convertManifest(readManifest(text, 'manifest.json')).rules)).toBe(renderRules(conversion.rules));
  });
});

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { seedDatabase } from '../cli/project.js';
import { type AirflowProject, createAirflow } from './airflow-project.js';
import { installAirflow } from './install-airflow.js';

const installed = await installAirflow();
const runTrigger = fileURLToPath(new URL('./run-trigger.py', import.meta.url));

describe('aegis-airflow-provider', { timeout: 120_000 }, () => {
  let created: AirflowProject | undefined;
  let log = '';

  beforeAll(async () => {
    if ('missing' in installed) return;
    created = await createAirflow(installed.python);
    log = await created.testDag('endings');
  }, 300_000);

  afterAll(() => created?.remove());

  const airflow = (skip: (why: string) => void): AirflowProject => {
    if ('missing' in installed) skip(installed.missing);
    if (!created) throw new Error('not created');
    return created;
  };

  it('passes its own tests and linting, from the wheel', async ({ skip }) => {
    const project = airflow(skip);
    const source = join(project.folder, 'package');
    await project.python(['-m', 'ruff', 'check', '--no-cache', source]);
    await project.python(['-m', 'ruff', 'format', '--no-cache', '--check', source]);
    const pytest = ['-m', 'pytest', '-p', 'no:cacheprovider', 'tests'];
    // What failed is told on stdout, which the error of a command leaves out.
    const said = await project.python(pytest, source).catch((error: { readonly stdout: string }) => error.stdout);
    expect(said).toMatch(/^\d+ passed in/m);
  });

  it('is a provider that Airflow knows, with a form for its connections', async ({ skip }) => {
    const ask = [
      'import json',
      'from airflow.providers_manager import ProvidersManager',
      'manager = ProvidersManager()',
      'widgets = [name for name in manager.connection_form_widgets if "aegis" in name]',
      'print(json.dumps([manager.hooks["aegis"].hook_name, manager.providers["aegis-airflow-provider"].version, widgets]))',
    ].join('\n');
    const [hook, version, widgets] = JSON.parse(
      (await airflow(skip).python(['-c', ask])).trim().split('\n').at(-1) ?? '',
    );
    expect([hook, version]).toEqual(['Aegis', '0.1.0']);
    expect(widgets).toHaveLength(3);
  });

  it('runs the example of the README', async ({ skip }) => {
    const project = airflow(skip);
    await project.testDag('shop');
    const { check_orders } = project.tasks('shop');
    expect(check_orders).toMatchObject({ state: 'success', xcoms: { return_value: { passed: 1, failed: 1 } } });
  });

  it('ends as the run did, and is tried again only where that may help', ({ skip }) => {
    const ends = Object.entries(airflow(skip).tasks('endings')).map(([task, { state, tries }]) => [
      task,
      [state, tries],
    ]);
    expect(Object.fromEntries(ends)).toEqual({
      passing: ['success', 1],
      failing: ['failed', 1],
      broken: ['failed', 2],
      mistaken: ['failed', 1],
      deferred: ['success', 1],
      deferred_failing: ['failed', 1],
      timed_out: ['failed', 1],
    });
  });

  it('leaves summary and report also where it fails', ({ skip }) => {
    const { failing, broken, deferred_failing, mistaken, passing } = airflow(skip).tasks('endings');
    const summary = { status: 'completed', total_rules: 2, passed: 1, failed: 1, failed_rules: ['status_there'] };
    expect(failing?.xcoms).toMatchObject({ summary, report: { results: [{ rule_id: 'status_there' }, {}] } });
    expect(deferred_failing?.xcoms).toMatchObject({ summary });
    expect(broken?.xcoms).toMatchObject({ summary: { errored_rules: ['lost'] } });
    expect(mistaken?.xcoms).toEqual({});
    expect(passing?.xcoms.return_value).toEqual(passing?.xcoms.summary);
  });

  it('writes progress, the report and the reason into the log', ({ skip }) => {
    airflow(skip);
    expect(log).toMatch(/Run \S+: 2 rules on 1 table/);
    expect(log).toMatch(/orders: 2 rules, 1 failed/);
    expect(log).toMatch(/✗ FAIL {3}status_there {2,}orders/);
    expect(log).toContain('AegisRulesFailed: 1 of 2 rules failed: status_there (orders).');
    expect(log).toMatch(/AegisIncomplete: The run \S+ is incomplete\. Could not be judged: lost \(orders\)\./);
    expect(log).toContain('AegisUsageError: no such file or directory: nowhere.yaml');
    expect(log).toContain('--connection=path=${env:AEGIS_CONNECTION_PATH}');
  });

  it('tells what was asserted about the tables through the OpenLineage provider', async ({ skip }) => {
    const lines = (await readFile(join(airflow(skip).folder, 'lineage.ndjson'), 'utf8')).trim().split('\n');
    const ends = lines.map((line) => JSON.parse(line)).filter(({ inputs }) => inputs?.length > 0);
    const tasks = ends.map(({ eventType, job }) => `${eventType} ${job.name}`);
    expect(tasks).toEqual(expect.arrayContaining(['COMPLETE endings.passing', 'FAIL endings.failing']));
    expect(tasks).toEqual(expect.arrayContaining(['COMPLETE endings.deferred', 'FAIL endings.deferred_failing']));
    const failing = ends.find(({ job }) => job.name === 'endings.failing');
    expect(failing.inputs[0].inputFacets.dataQualityAssertions.assertions).toEqual(
      expect.arrayContaining([expect.objectContaining({ assertion: 'not_null', success: false, column: 'status' })]),
    );
  });

  it('interrupts the statement when the task is killed, and tells what is known', async ({ skip }) => {
    const project = airflow(skip);
    const killed = await project.testDag('endless', (output, kill) => {
      if (/t1: 1 rule/.test(output) && !output.includes('Stopping aegis')) kill();
    });
    expect(killed).toContain('Stopping; what is known so far will be reported.');
    expect(project.tasks('endless')).toMatchObject({
      killed: { state: 'failed', xcoms: { summary: { status: 'cancelled', passed: 1, errored: 1 } } },
    });
  });

  it('leaves no process and no folder of a run behind', async ({ skip }) => {
    const { folder } = airflow(skip);
    const [runs = ''] = (await readdir(folder)).filter((name) => /^aegis-airflow-\d+$/.test(name));
    expect(await readdir(join(folder, runs))).toEqual([]);
  });

  it('finds a run again, or continues it, after its triggerer was killed', async ({ skip }) => {
    const project = airflow(skip);
    const folder = join(project.folder, 'state', runKey);
    const first = startTrigger(project);
    await untilSaid(folder, 't1: 1 rule');
    first.process.kill('SIGKILL');
    const run = await processIn(folder);

    // The run goes on without a triggerer; the next one finds it.
    const second = startTrigger(project);
    await first.ended;
    await sleep(100);
    second.process.kill('SIGKILL');
    await second.ended;
    expect(await processIn(folder)).toBe(run);
    process.kill(-run, 'SIGKILL');

    await untilFree(() =>
      seedDatabase(join(project.folder, 'shop.duckdb'), 'CREATE OR REPLACE TABLE t2 AS SELECT 1 AS id'),
    );
    const third = startTrigger(project);
    expect(JSON.parse(await third.ended)).toMatchObject({ exit_code: 0, summary: { status: 'completed', passed: 2 } });
    const said = await readFile(join(folder, 'stderr'), 'utf8');
    expect(said.match(/^Run (\S+):/gm)).toHaveLength(2);
    expect(said.match(/^t1: 1 rule/gm)).toHaveLength(1);
  });
});

const runKey = 'a'.repeat(32);

const startTrigger = ({ folder, start }: AirflowProject) => {
  const flags = ['--no-llm', '--db=shop.duckdb', '--history=trigger.db', '--concurrency=1'];
  const request = { program: ['aegis'], flags, rules: ['endless.yaml'], cwd: folder };
  const trigger = { request, run_key: runKey, state_dir: join(folder, 'state'), poll_interval_s: 0.05 };
  const child = start([runTrigger, JSON.stringify(trigger)]);
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stderr.resume();
  return { process: child, ended: text(child.stdout).then((output) => output.trim().split('\n').at(-1) ?? '') };
};

const untilSaid = async (folder: string, words: string): Promise<void> => {
  const said = () => readFile(join(folder, 'stderr'), 'utf8').catch(() => '');
  while (!(await said()).includes(words)) await sleep(50);
};

/** The engine of a process that was killed holds the database for a moment more. */
const untilFree = async (seed: () => Promise<void>): Promise<void> => {
  const isDone = () =>
    seed().then(
      () => true,
      () => false,
    );
  while (!(await isDone())) await sleep(50);
};

/** The group of the run that was started in the folder; throws when it is gone. */
const processIn = async (folder: string): Promise<number> => {
  const { pid } = JSON.parse(await readFile(join(folder, 'process'), 'utf8'));
  process.kill(-pid, 0);
  return pid;
};

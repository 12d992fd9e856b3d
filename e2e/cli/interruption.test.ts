import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished } from 'vitest';
import { scenario } from '../scenario.js';
import { aegis, type Started, shell, start } from './aegis.js';
import { folderWith, rulesFile, seedDatabase } from './project.js';
import { expectEnd, outcomesOf, readReport } from './reports.js';

const args = ['run', 'rules.yaml', '--db', 'shop.duckdb', '--no-llm', '--concurrency', '1', '--history', 'history.db'];

const onTable = (table: string, logic = 'type: not_null, column: id') => ({ scope: `table: ${table}`, logic });

/** A join that would take the engine years, were it not told to stop. */
const endless = 'select a.id from {table} a, {table} b, {table} c where a.id * b.id + c.id = -1';

/** Tables `t1` to `t4`, and the rules of each. */
const tables = async (rules: Parameters<typeof rulesFile>[0]): Promise<string> => {
  const cwd = await folderWith({ 'rules.yaml': rulesFile(rules) });
  const statements = [1, 2, 3, 4].map((n) => `CREATE TABLE t${n} AS SELECT range AS id FROM range(100000)`);
  await seedDatabase(join(cwd, 'shop.duckdb'), ...statements);
  return cwd;
};

/**
 * Three tables that are judged at once, a pattern that finds a pipe to which nobody writes, so that the run waits there,
 * and one table more.
 */
const waitingRun = async (): Promise<{ readonly cwd: string; readonly run: Started }> => {
  const cwd = await tables({
    r1: onTable('t1'),
    r2: onTable('t2', 'type: between, column: id, min_value: 5'),
    r3: onTable('t3'),
    gate: onTable("'./gate*.csv'"),
    r4: onTable('t4'),
  });
  await shell('mkfifo gate.csv', { cwd });
  const run = start([...args, '--output-json', 'report.json'], { cwd });
  onTestFinished(() => void run.process.kill('SIGKILL'));
  await run.stderrHolds('t3: 1 rule');
  return { cwd, run };
};

/** Three tables that are judged at once, one that keeps the engine busy for years as long as it has its rows, and one table more. */
const endlessRun = async (): Promise<{ readonly cwd: string; readonly run: Started }> => {
  const cwd = await tables({
    r1: onTable('t1'),
    r2: onTable('t2', 'type: between, column: id, min_value: 5'),
    r3: onTable('t3'),
    gate: onTable('gate', `type: custom_sql, query: "${endless}"`),
    r4: onTable('t4'),
  });
  await seedDatabase(join(cwd, 'shop.duckdb'), 'CREATE TABLE gate AS SELECT * FROM t1');
  const run = start([...args, '--output-json', 'report.json'], { cwd });
  onTestFinished(() => void run.process.kill('SIGKILL'));
  await run.stderrHolds('t3: 1 rule');
  return { cwd, run };
};

const textsIn = (cwd: string, query: string): readonly string[] => {
  const database = new Database(join(cwd, 'history.db'), { readonly: true });
  try {
    return database.prepare(query).pluck().all() as string[];
  } finally {
    database.close();
  }
};

/** Table and step of everything that a run recorded. */
const stepsIn = (cwd: string): readonly string[] =>
  textsIn(cwd, `SELECT coalesce("table", '-') || ' ' || node FROM steps ORDER BY rowid`);

/** Tables whose results are kept for a run that goes on: each is a task of the same checkpoint. */
const tablesKept = (cwd: string): number => {
  const tasks = new Map<string, Set<string>>();
  for (const key of textsIn(cwd, "SELECT key FROM checkpoints WHERE key LIKE 'write//%'")) {
    const [, , checkpoint = '', task = ''] = key.split('/');
    tasks.set(checkpoint, (tasks.get(checkpoint) ?? new Set()).add(task));
  }
  return Math.max(0, ...[...tasks.values()].map(({ size }) => size));
};

/** Waits until the last step of a table was recorded. */
const untilRecorded = async (cwd: string, step: string): Promise<void> => {
  while (!stepsIn(cwd).includes(step)) await sleep(20);
};

const runIdOf = (stderr: string): string => /^Run (\S+):/m.exec(stderr)?.[1] ?? '';

describe('a run that is killed', () => {
  scenario('resume/killed', 'resumes without repeating the tables that were finished', async () => {
    const { cwd, run } = await endlessRun();
    for (const table of ['t1', 't2', 't3']) await untilRecorded(cwd, `${table} rca`);
    while (tablesKept(cwd) < 3) await sleep(20);
    run.process.kill('SIGKILL');
    const killed = await run.finished;
    expect(killed).toMatchObject({ code: null, signal: 'SIGKILL', stdout: '' });
    expect((await readdir(cwd)).filter((name) => name.startsWith('report') || name.endsWith('.tmp'))).toEqual([]);

    await seedDatabase(join(cwd, 'shop.duckdb'), 'DELETE FROM gate WHERE id > 0');
    const resumed = await aegis([...args, '--resume', runIdOf(killed.stderr), '--output-json', 'report.json'], { cwd });
    expectEnd(resumed, { code: 1, stderr: /^gate: 1 rule/m });
    const report = await readReport(cwd);
    expect(report.run_id).toBe(runIdOf(killed.stderr));
    expect(outcomesOf(report)).toEqual({ r1: 'pass', r2: 'fail', r3: 'pass', gate: 'pass', r4: 'pass' });
    const executed = stepsIn(cwd).filter((step) => step.endsWith(' execute'));
    expect(executed.filter((step) => /^t[1-3] /.test(step)).toSorted()).toEqual([
      't1 execute',
      't2 execute',
      't3 execute',
    ]);
    expect(executed).toContain('t4 execute');
  });

  scenario('resume/mismatch', 'is not resumed with other rules', async () => {
    const { cwd, run } = await waitingRun();
    run.process.kill('SIGKILL');
    const { stderr } = await run.finished;
    await writeFile(join(cwd, 'rules.yaml'), rulesFile({ r1: onTable('t1', 'type: row_count, threshold: 1') }));
    expectEnd(await aegis([...args, '--resume', runIdOf(stderr)], { cwd }), {
      code: 2,
      stderr: /cannot be continued: the rules or their warehouses changed/,
      stdout: '',
    });
    expectEnd(await aegis([...args, '--resume', 'never-was'], { cwd }), { code: 2, stderr: /No run "never-was"/ });
  });
});

describe('Ctrl-C', () => {
  scenario(['interrupt/first', 'exit/incomplete'], 'ends the statement and reports what is known', async () => {
    const cwd = await tables({
      r1: onTable('t1'),
      r2: onTable('t2', `type: custom_sql, query: "${endless}"`),
      r3: onTable('t3'),
    });
    const run = start([...args, '--output-json', 'report.json'], { cwd });
    onTestFinished(() => void run.process.kill('SIGKILL'));
    await run.stderrHolds('t1: 1 rule');
    run.process.kill('SIGINT');
    const finished = await run.finished;
    expectEnd(finished, { code: 3, stderr: /Stopping[\s\S]*--resume \S+/, stdout: /Cancelled before every rule/ });
    const report = await readReport(cwd);
    expect(report.status).toBe('cancelled');
    expect(outcomesOf(report)).toEqual({ r1: 'pass', r2: 'error', r3: 'error' });
    expect(report.results[1]?.error?.code).toBe('warehouse/cancelled');
    expect((await readdir(cwd)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  scenario('interrupt/second', 'pressed twice kills, and leaves no half report', async () => {
    // A pipe that nobody writes to cannot be interrupted, so the first signal does not end the run.
    const { cwd, run } = await waitingRun();
    run.process.kill('SIGINT');
    await run.stderrHolds('Press Ctrl-C again to quit at once.');
    run.process.kill('SIGINT');
    expect(await run.finished).toMatchObject({ code: null, signal: 'SIGINT', stdout: '' });
    expect((await readdir(cwd)).filter((name) => name.startsWith('report') || name.endsWith('.tmp'))).toEqual([]);
  });
});

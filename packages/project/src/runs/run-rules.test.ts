import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Effects } from '../effects.js';
import { listRuns, showRun } from '../history/read-history.js';
import { reportFormats } from '../reports/report-formats.js';
import { customers, rulesFile, testProject } from '../testing/test-project.js';
import { finishWithEvents, type ToldRun } from '../testing/told-run.js';
import type { RunOptions } from './run-options.js';
import { runRules } from './run-rules.js';

const files = {
  'customers.csv': customers,
  'rules.yaml': rulesFile({
    ids_unique: { table: 'customers.csv', logic: 'type: unique, column: id' },
    emails_there: { table: 'customers.csv', logic: 'type: not_null, column: email' },
    emails_internal: { table: 'customers.csv', logic: 'type: regex_match, column: email, pattern: "@acme[.]com$"' },
  }),
};

const run = (options: Partial<RunOptions>, effects: Effects): Promise<ToldRun> =>
  finishWithEvents(runRules({ rules: ['rules.yaml'], llm: false, ...options }, effects));

const notesOf = ({ events }: ToldRun): readonly string[] =>
  events.flatMap((event) => (event.type === 'note' ? [event.message] : []));

describe('runRules', () => {
  it('yields progress and ends with the report and its exit code', async () => {
    const finished = await run({}, await testProject(files));
    expect(finished.events.at(0)?.type).toBe('run_started');
    expect(finished.events.at(-1)?.type).toBe('run_finished');
    expect(finished.report.summary).toMatchObject({ total_rules: 3, failed: 3 });
    expect(finished.report.rules_files).toEqual(['rules.yaml']);
    expect(finished.exitCode).toBe(1);
  });

  it('counts only failures of the given severity or above', async () => {
    expect((await run({ failOn: 'critical' }, await testProject(files))).exitCode).toBe(0);
  });

  it('masks row values everywhere but in what the terminal shows under "full"', async () => {
    const effects = await testProject(files);
    const output = { path: 'report.json', format: 'json' as const };
    const finished = await run({ samples: 'full', outputs: [output] }, effects);
    expect(JSON.stringify(finished.shown)).toContain('ann@example.com');
    expect(JSON.stringify(finished.report)).not.toContain('@example.com');
    expect(JSON.stringify(finished.events)).not.toContain('@example.com');
    expect(await readFile(join(effects.cwd, 'report.json'), 'utf8')).not.toContain('@example.com');
    expect(JSON.stringify(await showRun({}, effects))).not.toContain('@example.com');
    expect(JSON.stringify(finished.report)).toContain('<email:1>');
  });

  it('masks on the terminal too unless told otherwise, and drops samples when told to', async () => {
    const effects = await testProject(files);
    expect(JSON.stringify((await run({}, effects)).shown)).not.toContain('@example.com');
    const without = await run({ samples: 'none' }, effects);
    expect(without.report.results.flatMap(({ sample }) => sample)).toEqual([]);
  });

  it('selects rules by id, tag or table, and names the word that matches none', async () => {
    const effects = await testProject(files);
    const ids = async (select: readonly string[]) =>
      (await run({ select }, effects)).report.results.map(({ rule_id }) => rule_id);
    expect(await ids(['ids_unique'])).toEqual(['ids_unique']);
    expect(await ids(['tagged'])).toHaveLength(3);
    expect(await ids(['customers.csv'])).toHaveLength(3);
    await expect(run({ select: ['ids_unqiue'] }, effects)).rejects.toMatchObject({
      code: 'config/usage',
      hint: 'Did you mean "ids_unique"?',
    });
  });

  it('narrows every rule with --where, and refuses one that would reach out of its parentheses', async () => {
    const effects = await testProject(files);
    const { report } = await run({ where: 'amount < 20' }, effects);
    expect(report.results.map(({ rows_checked }) => rows_checked)).toEqual([1, 1, 1]);
    await expect(run({ where: '1=1) OR (1=1' }, effects)).rejects.toMatchObject({
      code: expect.stringMatching(/^guard\//),
    });
  });

  it('records the run where the flag, the environment or the configuration says', async () => {
    const effects = await testProject({ ...files, 'aegis.yaml': 'audit: { path: configured.db }\n' });
    await run({}, effects);
    expect(await listRuns({ history: 'configured.db' }, effects)).toHaveLength(1);
    const elsewhere = { ...effects, env: { ...effects.env, AEGIS_HISTORY: 'environment.db' } };
    await run({}, elsewhere);
    await run({ history: 'flag.db' }, elsewhere);
    expect(await listRuns({}, elsewhere)).toHaveLength(1);
    expect(await listRuns({ history: 'flag.db' }, elsewhere)).toHaveLength(1);
  });

  it.each(['broken.db', 'customers.csv/history.db'])(
    'completes without a history at %s, and says so',
    async (history) => {
      const effects = await testProject({
        ...files,
        'broken.db': 'this is no database, just text that is long enough',
      });
      const finished = await run({ history }, effects);
      expect(finished.report.status).toBe('completed');
      expect(finished.report.notes[0]).toMatch(/^This run is not recorded/);
      expect(notesOf(finished)[0]).toMatch(/^This run is not recorded/);
    },
  );

  it('says once that there is no model, unless that was asked for', async () => {
    const effects = await testProject(files);
    expect(notesOf(await run({ llm: undefined }, effects))).toEqual([
      'No language model is configured; going on without one.',
    ]);
    expect(notesOf(await run({}, effects))).toEqual([]);
  });

  it.each([
    ['--llm', { llm: 'ollama' }, {}, 'no adapter for model provider "ollama" (@aegis/llm-ollama)'],
    [
      'the environment',
      { llm: undefined },
      { AEGIS_LLM_PROVIDER: 'openai' },
      'no adapter for model provider "openai" (@aegis/llm-openai)',
    ],
  ])('refuses what %s asks for while its package is not installed', async (_by, options, env, message) => {
    const effects = await testProject(files, { env });
    await expect(run(options, effects)).rejects.toThrow(message);
  });

  it('does not take an API key for a wish to use a model', async () => {
    const effects = await testProject(files, { env: { OPENAI_API_KEY: 'sk-test' } });
    await expect(run({ llm: undefined, history: 'h.db' }, effects)).resolves.toMatchObject({ report: { llm: null } });
  });

  it('refuses an output that cannot be written before anything runs', async () => {
    const effects = await testProject(files);
    const outputs = [{ path: 'gone/report.json', format: 'json' as const }];
    await expect(run({ outputs }, effects)).rejects.toMatchObject({ code: 'config/output' });
    expect(await readdir(effects.cwd)).not.toContain('.aegis');
  });

  it.each(reportFormats)('replaces an older report as %s, and no other file', async (format) => {
    const effects = await testProject(files);
    const outputs = [{ path: 'report', format }];
    await run({ outputs }, effects);
    await expect(run({ outputs }, effects)).resolves.toMatchObject({ unwritten: [] });
    const wrong = [{ path: 'customers.csv', format }];
    await expect(run({ outputs: wrong }, effects)).rejects.toMatchObject({
      code: 'config/output',
      message: `${join(effects.cwd, 'customers.csv')} exists and is no report`,
    });
    expect(await readFile(join(effects.cwd, 'customers.csv'), 'utf8')).toBe(customers);
  });

  it.runIf(process.platform === 'linux')('keeps the result when the disk fills up while it is written', async () => {
    const outputs = [{ path: '/dev/full', format: 'json' as const }];
    const finished = await run({ outputs }, await testProject(files));
    expect(finished.unwritten.map(({ message }) => message)).toEqual(['/dev/full cannot be written: the disk is full']);
    expect(finished.report.summary.total_rules).toBe(3);
  });

  it('reports a run that was stopped before it could start as incomplete', async () => {
    const effects = await testProject(files, { signal: AbortSignal.abort() });
    const finished = await run({}, effects);
    expect(finished.exitCode).toBe(3);
    expect(finished.report.status).toBe('cancelled');
    expect(finished.report.results).toHaveLength(3);
  });

  it('runs rules in the warehouse that they name, by name or by type', async () => {
    const effects = await testProject({
      ...files,
      'aegis.yaml':
        'warehouses:\n  lake: { type: duckdb }\n  other: { type: postgres, password: "${env:NOT_SET}" }\ndefault_warehouse: lake\n',
      'rules.yaml': rulesFile({
        by_default: { table: 'customers.csv', logic: 'type: not_null, column: id' },
        by_name: { table: 'customers.csv', logic: 'type: not_null, column: id', scope: ', warehouse: lake' },
        by_type: { table: 'customers.csv', logic: 'type: not_null, column: id', scope: ', warehouse: duckdb' },
      }),
    });
    const { report } = await run({}, effects);
    expect(report.results.map(({ warehouse, outcome }) => [warehouse, outcome])).toEqual([
      ['lake', 'pass'],
      ['lake', 'pass'],
      ['lake', 'pass'],
    ]);
    // One description and one scan: all three are on one table of one warehouse.
    expect(report.summary.queries).toBe(2);
  });

  it('names a warehouse that does not exist, with the one that was meant', async () => {
    const effects = await testProject({
      ...files,
      'aegis.yaml': 'warehouses:\n  lake: { type: duckdb }\n',
      'rules.yaml': rulesFile({
        lost: { table: 'customers.csv', logic: 'type: not_null, column: id', scope: ', warehouse: lkae' },
      }),
    });
    await expect(run({}, effects)).rejects.toMatchObject({
      code: 'config/unknown-warehouse',
      hint: 'Did you mean "lake"?',
    });
  });

  it('points at options of aegis.yaml that the adapter refuses', async () => {
    const effects = await testProject({ ...files, 'aegis.yaml': 'warehouses:\n  lake: { type: duckdb, pth: x.db }\n' });
    await expect(run({}, effects)).rejects.toMatchObject({
      code: 'config/invalid',
      location: { file: 'aegis.yaml', line: 2 },
    });
  });

  it('says that a database file does not exist', async () => {
    await expect(run({ db: 'gone.duckdb' }, await testProject(files))).rejects.toMatchObject({
      code: 'config/not-found',
    });
  });

  it('reads flags of a warehouse as the adapter wants them', async () => {
    const effects = await testProject(files);
    await expect(run({ connection: { threads: '1' } }, effects)).resolves.toMatchObject({ exitCode: 1 });
    await expect(run({ connection: { threads: 'many' } }, effects)).rejects.toMatchObject({ code: 'config/invalid' });
  });

  it('leaves nothing of a secret in errors of results', async () => {
    const effects = await testProject(files);
    effects.secrets.add('hunter2-secret');
    const finished = await run({ rules: ['bad.yaml'] }, await withRule(effects, 'nosuch_hunter2-secret'));
    expect(finished.report.results[0]?.outcome).toBe('error');
    expect(JSON.stringify([finished.report.results[0]?.error, finished.shown.results[0]?.error])).not.toContain(
      'hunter2',
    );
  });
});

const withRule = async (effects: Effects, column: string): Promise<Effects> => {
  const text = rulesFile({ bad: { table: 'customers.csv', logic: `type: not_null, column: "${column}"` } });
  await writeFile(join(effects.cwd, 'bad.yaml'), text);
  return effects;
};

describe('a run that was stopped', () => {
  it('can be continued by the beginning of its id, unless the rules changed since', async () => {
    const effects = await testProject(files);
    const stopped = await run({}, { ...effects, signal: AbortSignal.abort() });
    expect(stopped.isResumable).toBe(true);
    const resume = stopped.report.run_id.slice(0, -1);
    await expect(run({ resume, select: ['ids_unique'] }, effects)).rejects.toMatchObject({
      code: 'plan/resume-mismatch',
    });
    const continued = await run({ resume }, effects);
    expect(continued.report).toMatchObject({ run_id: stopped.report.run_id, status: 'completed' });
    expect(continued.isResumable).toBe(false);
  });

  it('cannot be continued where nothing recorded it', async () => {
    const effects = await testProject({ ...files, 'broken.db': 'this is no database, just text that is long enough' });
    await expect(run({ resume: 'r1', history: 'broken.db' }, effects)).rejects.toMatchObject({ code: 'config/usage' });
    await expect(run({ resume: 'nosuch' }, effects)).rejects.toMatchObject({ code: 'audit/not-found' });
  });
});

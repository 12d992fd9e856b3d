import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { aegis } from '../../testing/memory-effects.js';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'aegis-cli-pipeline-'));
  onTestFinished(() => rm(cwd, { recursive: true }));
  await mkdir(join(cwd, 'steps'));
  await writeFile(
    join(cwd, 'steps', '01_raw.sql'),
    'CREATE TABLE raw AS SELECT range AS id, range * 2 AS amount FROM range(1200);',
  );
  await writeFile(join(cwd, 'steps', '02_sums.sql'), 'CREATE TABLE sums AS SELECT sum(amount) AS total FROM raw');
});

const run = (...args: readonly string[]) =>
  aegis(['pipeline', 'run', ...args, '--db', 'shop.duckdb', '--history', 'history.db'], { cwd });

describe('aegis pipeline run', () => {
  it('runs the files of a folder, says what each statement did, and where it is recorded', async () => {
    const { code, stdout } = await run('steps');
    expect(stdout).toMatch(/^ {2}ok {6}steps\/01_raw\.sql:1 {2}create table as raw, 1,200 rows, /);
    expect(stdout).toMatch(/\n {2}ok {6}steps\/02_sums\.sql:1 {2}create table as sums, 1 row, /);
    expect(stdout).toMatch(
      /\nCompleted: 2 statements in duckdb\.\nRecorded as run [0-9a-f-]{36} in .*history\.db\.\n$/,
    );
    expect(code).toBe(0);
  });

  it('stops at the first failure, says where and why, and ends with 3', async () => {
    await writeFile(
      join(cwd, 'steps', '03_broken.sql'),
      '-- a comment\nINSERT INTO sums SELECT missing FROM raw;\nDROP TABLE raw;',
    );
    const { code, stdout } = await run('steps');
    expect(stdout).toContain('\n  failed  steps/03_broken.sql:2  insert sums, ');
    expect(stdout).toMatch(/\n {10}.*missing/);
    expect(stdout).toContain('Failed: 3 statements in duckdb, the last one failed, 1 not run.\n');
    expect(stdout).not.toMatch(/\n\s+at /);
    expect(code).toBe(3);
  });

  it('prints the same as data alone', async () => {
    const { stdout } = await run('steps', '--json', '--user', 'ana');
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ schema: 'aegis.dev/pipeline/v1', status: 'completed', not_run: 0, not_recorded: 0 });
    expect(report.statements[1]).toMatchObject({
      ...{ location: { file: 'steps/02_sums.sql', line: 1, column: 1 }, kind: 'create_table_as', output: 'sums' },
      ...{ rows_affected: '1', status: 'completed', error: null },
    });
  });

  it.each([
    ['a file that does not exist', ['steps/01_rwa.sql'], '01_raw.sql'],
    ['a folder without SQL', ['.'], '.sql'],
  ])('refuses %s with 2', async (_, args, expected) => {
    const { code, stderr, stdout } = await run(...args);
    expect(stderr).toContain(expected);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('refuses transactions with 2, before anything has run', async () => {
    await writeFile(join(cwd, 'steps', '00_begin.sql'), 'BEGIN');
    const { code, stderr } = await run('steps');
    expect(stderr).toContain('steps/00_begin.sql:1:1');
    expect(code).toBe(2);
  });

  it('goes on without a record where the trail cannot be written, and says so', async () => {
    await mkdir(join(cwd, 'history.db'));
    const { code, stderr, stdout } = await run('steps');
    expect(stderr).toContain('The pipeline is not recorded: ');
    expect(stdout).toContain('Completed: 2 statements in duckdb.\n');
    expect(code).toBe(0);
  });
});

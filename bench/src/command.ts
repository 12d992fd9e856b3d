import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rounded } from './figures.js';
import { generate } from './generate.js';
import { documentsFor, now } from './rules.js';
import { median } from './statistics.js';

/** Wall seconds of the built command, medians; or why there are none. */
export type CommandFigures =
  | { readonly missing: string }
  | {
      readonly version_s: number;
      readonly validate_1000_rules_s: number;
      /** `aegis run` on the thirty rules. */
      readonly run_s: number;
      /** What of it the statements took. */
      readonly run_sql_s: number;
      readonly run_overhead_s: number;
    };

const script = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'dist', 'bin.js');

/** How long the command takes to start, to validate, and to run beyond its SQL. */
export const measureCommand = async (runs: number): Promise<CommandFigures> => {
  if (!existsSync(script)) return { missing: 'the command is not built: pnpm turbo run build --filter @aegis/cli...' };
  const folder = mkdtempSync(join(tmpdir(), 'aegis-bench-'));
  try {
    return await measureIn(folder, runs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const measureIn = async (folder: string, runs: number): Promise<CommandFigures> => {
  const dataSet = await generate(1_000_000, 'passing');
  writeRules(folder, 'thirty.yaml', documentsFor(dataSet, 'native'));
  writeRules(folder, 'thousand.yaml', manyRules(1000));
  const report = join(folder, 'report.json');
  const run = ['run', 'thirty.yaml', '--db', dataSet.database, '--no-llm', '--quiet', '--now', now];
  const measured = Array.from({ length: runs }, () => ({
    version: secondsOf(folder, ['--version']),
    validate: secondsOf(folder, ['validate', 'thousand.yaml']),
    run: secondsOf(folder, [...run, '--output-json', report, '--history', join(folder, 'history.db')]),
    sql: sqlSeconds(report),
  }));
  const of = (figure: (one: (typeof measured)[number]) => number) => rounded(median(measured.map(figure)));
  return {
    version_s: of(({ version }) => version),
    validate_1000_rules_s: of(({ validate }) => validate),
    run_s: of((one) => one.run),
    run_sql_s: of(({ sql }) => sql),
    run_overhead_s: of((one) => one.run - one.sql),
  };
};

/** JSON is YAML. */
const writeRules = (folder: string, name: string, rules: readonly unknown[]): void =>
  writeFileSync(join(folder, name), JSON.stringify({ rules }, undefined, 2));

/** @throws Error when the command fails. */
const secondsOf = (cwd: string, args: readonly string[]): number => {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`aegis ${args.join(' ')} ended with code ${status}:\n${stderr}`);
  return (performance.now() - started) / 1000;
};

/** Shares of all statements add up to their time: on a database they run one after the other. */
const sqlSeconds = (reportFile: string): number => {
  const { results } = JSON.parse(readFileSync(reportFile, 'utf8')) as { results: { duration_ms: number }[] };
  return results.reduce((sum, { duration_ms }) => sum + duration_ms, 0) / 1000;
};

/** Rules of twenty kinds a table over tables that need not exist. */
export const manyRules = (count: number, perTable = 20): readonly unknown[] =>
  Array.from({ length: count }, (_, index) => {
    const [table, within] = [Math.floor(index / perTable), index % perTable];
    return {
      metadata: { id: `rule_${index}`, owner: 'bench', description: `rule ${within} of table ${table}` },
      scope: { table: `table_${table}` },
      logic: logics[within % logics.length]?.(`column_${within}`),
    };
  });

const logics: readonly ((column: string) => { readonly type: string })[] = [
  (column) => ({ type: 'not_null', column }),
  (column) => ({ type: 'between', column, min_value: 0, max_value: 100 }),
  (column) => ({ type: 'accepted_values', column, values: [1, 2, 3] }),
  (column) => ({ type: 'unique', column }),
  (column) => ({ type: 'mean_between', column, min_value: 0 }),
];

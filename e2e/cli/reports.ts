import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseReport } from '@aegis/report';
import type { Report } from '@aegis/spec';
import { expect } from 'vitest';
import { aegis, type Finished, type RunOptions } from './aegis.js';

export interface Reported extends Finished {
  readonly report: Report;
}

/** Runs with a JSON report and reads it. */
export const aegisReport = async (args: readonly string[], options: RunOptions): Promise<Reported> => {
  const finished = await aegis([...args, '--output-json', 'report.json'], options);
  return { ...finished, report: await readReport(options.cwd) };
};

export const readReport = async (folder: string, name = 'report.json'): Promise<Report> =>
  parseReport(await readFile(join(folder, name), 'utf8'));

/** Outcomes by rule id. */
export const outcomesOf = ({ results }: Report): { readonly [ruleId: string]: string } =>
  Object.fromEntries(results.map(({ rule_id, outcome }) => [rule_id, outcome]));

/** What people must never meet: where in the program an error arose, or a promise that nobody caught. */
const insides = /^\s+at .+[:(]\d+:\d+|node:internal|UnhandledPromiseRejection|This is a bug in aegis/m;

/** Compares the end of a command, and that it says nothing of its insides. */
export const expectEnd = (
  finished: Finished,
  expected: { code: number; stderr?: RegExp; stdout?: RegExp | '' },
): void => {
  expect(`${finished.stdout}${finished.stderr}`).not.toMatch(insides);
  if (expected.stderr) expect(finished.stderr).toMatch(expected.stderr);
  if (expected.stdout === '') expect(finished.stdout).toBe('');
  else if (expected.stdout) expect(finished.stdout).toMatch(expected.stdout);
  expect(finished.code, finished.stderr).toBe(expected.code);
};

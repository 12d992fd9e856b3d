import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandResult } from '../command.js';
import type { Installation } from './installation.js';
import type { Shop } from './shop.js';

export interface Exercise {
  readonly installation: Installation;
  /** An empty folder. */
  readonly folder: string;
  readonly shop: Shop;
  /** What `aegis --version` must print. */
  readonly version: string;
}

/** Does what a new user does, and throws at the first thing that is not as promised. */
export const exercise = async ({ installation, folder, shop, version }: Exercise): Promise<void> => {
  const aegis = expecting(installation);
  const printed = (await aegis(0, ['--version'], folder)).stdout.trim();
  if (printed !== version) throw new Error(`aegis --version printed ${printed} instead of ${version}`);
  await initAndRun(aegis, folder);
  await judges(aegis, folder, ['run', shop.fileRules]);
  await judges(aegis, folder, ['run', shop.tableRules, '--db', shop.database]);
};

type Aegis = (exitCode: number, args: readonly string[], cwd: string) => Promise<CommandResult>;

const expecting =
  ({ name, aegis }: Installation): Aegis =>
  async (exitCode, args, cwd) => {
    const result = await aegis(args, cwd);
    if (result.exitCode === exitCode) return result;
    throw new Error(
      `${name}: aegis ${args.join(' ')} ended with ${result.exitCode}, not ${exitCode}\n${result.output}`,
    );
  };

/** The command that `init` prints must work as it is printed. */
const initAndRun = async (aegis: Aegis, folder: string): Promise<void> => {
  const project = join(folder, 'project');
  mkdirSync(project);
  const { output } = await aegis(0, ['init', '--name', 'canary'], project);
  const next = output.match(/\baegis(?:@\S+)? (run [^\n]+)/)?.[1];
  if (!next) throw new Error(`aegis init printed no next command:\n${output}`);
  await aegis(0, next.trim().split(/\s+/), project);
};

interface ReportFile {
  readonly schema: string;
  readonly summary: { readonly total_rules: number; readonly passed: number; readonly failed: number };
}

/** The shop's one fault, found and reported. */
const judges = async (aegis: Aegis, folder: string, args: readonly string[]): Promise<void> => {
  const file = join(folder, 'report.json');
  const { output } = await aegis(1, [...args, '--no-llm', '--output-json', file], folder);
  const { schema, summary } = JSON.parse(readFileSync(file, 'utf8')) as ReportFile;
  const found = `${schema}: ${summary.passed} passed, ${summary.failed} failed of ${summary.total_rules}`;
  const promised = 'aegis.dev/report/v1: 1 passed, 1 failed of 2';
  if (found !== promised) throw new Error(`aegis ${args.join(' ')} reported ${found}, not ${promised}\n${output}`);
};

import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Inputs } from './inputs.ts';

type Environment = NodeJS.ProcessEnv;

/** Where the action keeps what it makes, outside of the workspace. */
export interface Folders {
  readonly root: string;
  /** The package.json and node_modules of the installation. */
  readonly tools: string;
  /** What the cache keeps: the report of one branch. */
  readonly baseline: string;
  /** The report of this run, and what was made of it. */
  readonly output: string;
}

export const foldersOf = (env: Environment, { name }: Inputs): Folders => {
  const root = join(env.RUNNER_TEMP || tmpdir(), `aegis-${digest(name)}`);
  return { root, tools: join(root, 'tools'), baseline: join(root, 'baseline'), output: join(root, 'output') };
};

/** Where Aegis runs. */
export const workplace = (env: Environment, { workingDirectory }: Inputs): string =>
  resolve(env.GITHUB_WORKSPACE || process.cwd(), workingDirectory);

export const reportIn = (folder: string): string => join(folder, 'report.json');

/** Short, and free of whatever a name or a branch may hold that a path, a cache key or a comment may not. */
export const digest = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20);

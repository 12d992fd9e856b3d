import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ConfigError } from '@aegis/spec';
import type { PipelineStep } from '../pipeline/run-pipeline.js';
import { nearestFile } from './nearest-file.js';

/**
 * The steps of a pipeline: SQL files in the order given, and those of a folder in the order of their names, with numbers
 * by value (`2_x.sql` before `10_y.sql`).
 * @throws ConfigError `not-found` for a path that does not exist, and for a folder without SQL files
 */
export const pipelineSteps = async (
  paths: readonly string[],
  { cwd = process.cwd() }: { readonly cwd?: string | undefined } = {},
): Promise<readonly PipelineStep[]> => {
  const files: string[] = [];
  for (const path of paths) files.push(...(await filesOf(path, cwd)));
  return Promise.all(files.map(async (name) => ({ name, sql: await readFile(resolve(cwd, name), 'utf8') })));
};

const filesOf = async (path: string, cwd: string): Promise<readonly string[]> => {
  const found = await stat(resolve(cwd, path)).catch(() => undefined);
  if (!found) throw await notFound(path, cwd);
  if (!found.isDirectory()) return [path];
  const names = (await readdir(resolve(cwd, path))).filter((name) => /\.sql$/i.test(name));
  if (names.length === 0) {
    throw new ConfigError('not-found', `the folder ${path} holds no SQL files`, {
      hint: 'Name files that end in .sql.',
    });
  }
  return names.sort(byName).map((name) => join(path, name));
};

const notFound = async (path: string, cwd: string): Promise<ConfigError> => {
  const near = await nearestFile(resolve(cwd, path));
  return new ConfigError('not-found', `the file ${path} does not exist`, {
    hint: near === undefined ? 'Name SQL files, or a folder of them.' : `Did you mean "${near}"?`,
  });
};

const byName = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });

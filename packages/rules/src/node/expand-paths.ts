import { type Dirent, readdirSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { RuleError } from '@aegis/spec';
import { glob, isDynamicPattern } from 'tinyglobby';
import { didYouMean } from '../suggest.js';

const rulesFile = /\.ya?ml$/i;

/**
 * The rules files that paths stand for, absolute, each once: a file as it is, a directory's `*.yaml` and `*.yml` at any
 * depth, the matches of a glob pattern; the last two sorted. Hidden folders and node_modules are left out.
 * Throws {@link RuleError} `not-found` for a path that stands for nothing.
 */
export const expandPaths = async (paths: readonly string[], workingDirectory: string): Promise<readonly string[]> => {
  const files: string[] = [];
  for (const given of paths) files.push(...(await expandPath(given, workingDirectory)));
  return [...new Set(files)];
};

const expandPath = async (given: string, workingDirectory: string): Promise<readonly string[]> => {
  const absolute = path.resolve(workingDirectory, given);
  const found = await kindOf(absolute, given);
  if (found === 'file') return [absolute];
  if (found === 'directory') return filesWithin(absolute, given);
  if (isDynamicPattern(given)) return matches(given, workingDirectory);
  throw new RuleError('not-found', `no such file or directory: ${given}`, { hint: neighbourHint(absolute) });
};

const kindOf = async (absolute: string, given: string): Promise<'file' | 'directory' | undefined> => {
  try {
    return (await stat(absolute)).isDirectory() ? 'directory' : 'file';
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unreadable(given, error);
  }
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

/** The file system's answer, without a path that the caller did not write. */
export const unreadable = (given: string, cause: unknown): RuleError => {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  return new RuleError('not-found', `cannot read ${given}: ${code}`, {
    hint: code === 'EACCES' ? 'Allow this user to read it.' : undefined,
    cause,
  });
};

const filesWithin = async (directory: string, given: string): Promise<readonly string[]> => {
  const files = await walk(directory, given);
  if (files.length > 0) return files;
  throw new RuleError('not-found', `no rules files in ${given}`, {
    hint: 'Rules files in a directory end in .yaml or .yml.',
  });
};

/** Links to files are followed (mounted configuration consists of them), links to folders are not: they may form loops. */
const walk = async (directory: string, given: string): Promise<string[]> => {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(given, error);
  });
  const sorted = entries.filter(({ name }) => isVisible(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const found = await Promise.all(sorted.map((entry) => filesOf(entry, directory, given)));
  return found.flat();
};

const filesOf = async (entry: Dirent, directory: string, given: string): Promise<string[]> => {
  const inner = path.join(directory, entry.name);
  if (entry.isDirectory()) return walk(inner, given);
  if (!rulesFile.test(entry.name)) return [];
  return entry.isFile() || (await kindOf(inner, inner)) === 'file' ? [inner] : [];
};

const isVisible = (name: string): boolean => !name.startsWith('.') && name !== 'node_modules';

const matches = async (pattern: string, workingDirectory: string): Promise<readonly string[]> => {
  const files = await glob(pattern, { cwd: workingDirectory, absolute: true, ignore: ['**/node_modules/**'] });
  if (files.length === 0) throw new RuleError('not-found', `no file matches ${pattern}`);
  return files.map((file) => path.normalize(file)).sort();
};

/** The neighbour whose name is nearest, in the deepest folder of the path that exists. */
const neighbourHint = (absolute: string): string | undefined => {
  const parent = path.dirname(absolute);
  try {
    const hint = didYouMean(path.basename(absolute), readdirSync(parent).filter(isVisible));
    return hint?.startsWith('Did') ? hint : undefined;
  } catch {
    return parent === absolute ? undefined : neighbourHint(parent);
  }
};

import { readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { ConfigError, type JsonValue, type SourceLocation } from '@aegis/spec';
import type { Effects } from '../effects.js';
import { resolveReferences } from '../secrets/secret-references.js';
import { configSchema, type ProjectConfig } from './config-schema.js';
import { parseConfig } from './parse-config.js';

export const configFileName = 'aegis.yaml';

/** A folder with its aegis.yaml, or the working directory where there is none. */
export interface Project {
  /** Tells this project's history from that of others: `name` in aegis.yaml, else the folder's name, else `default`. */
  readonly name: string;
  /** The folder of aegis.yaml: what relative paths within it start from. */
  readonly directory: string;
  /** Absolute path; `null` where no aegis.yaml was found. */
  readonly configFile: string | null;
  readonly config: ProjectConfig;
  /** Where the value at a path of the configuration was written; `undefined` without a file. */
  locate(path: readonly PropertyKey[]): SourceLocation | undefined;
  /**
   * The value at a path of the configuration with its secret references resolved. Called only for what is used.
   * @throws ConfigError `missing-secret`
   */
  resolve(value: unknown, path: readonly PropertyKey[]): JsonValue;
}

export interface LoadProjectOptions {
  /** A file to read instead of searching for one. */
  readonly configPath?: string | undefined;
}

/**
 * Finds aegis.yaml from the working directory upwards; the nearest wins, and none at all means defaults.
 * @throws ConfigError `invalid` or, for an explicit path, `not-found`
 */
export const loadProject = async (
  options: LoadProjectOptions,
  effects: Pick<Effects, 'cwd' | 'env' | 'secrets'>,
): Promise<Project> => {
  const found = options.configPath
    ? await readNamed(resolve(effects.cwd, options.configPath))
    : await searchUpwards(effects.cwd);
  if (found === undefined) return withoutFile(effects);
  const { config, locate } = parseConfig(found.text, shownPath(found.file, effects.cwd));
  const directory = dirname(found.file);
  return {
    name: config.name ?? (basename(directory) || 'default'),
    directory,
    configFile: found.file,
    config,
    locate,
    resolve: (value, path) => resolveReferences(value, { ...effects, directory, locate }, path),
  };
};

/** Relative within the working directory, absolute outside it. */
const shownPath = (file: string, cwd: string): string => {
  const path = relative(cwd, file);
  return path.startsWith('..') || isAbsolute(path) ? file : path;
};

const withoutFile = (effects: Pick<Effects, 'cwd' | 'env' | 'secrets'>): Project => ({
  name: 'default',
  directory: effects.cwd,
  configFile: null,
  config: configSchema.parse({}),
  locate: () => undefined,
  resolve: (value, path) => resolveReferences(value, { ...effects, directory: effects.cwd }, path),
});

interface FoundFile {
  readonly file: string;
  readonly text: string;
}

const readNamed = async (file: string): Promise<FoundFile> => {
  const text = await readIfPresent(file);
  if (text === undefined) throw new ConfigError('not-found', `${file} does not exist`);
  return { file, text };
};

const searchUpwards = async (folder: string): Promise<FoundFile | undefined> => {
  const file = join(folder, configFileName);
  const text = await readIfPresent(file);
  if (text !== undefined) return { file, text };
  const parent = dirname(folder);
  return parent === folder ? undefined : searchUpwards(parent);
};

const readIfPresent = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (isAbsent(cause)) return undefined;
    throw new ConfigError('not-found', `${file} cannot be read`, { cause });
  }
};

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

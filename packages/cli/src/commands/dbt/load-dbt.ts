import { readFile, stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { ConfigError } from '@aegis/spec';
import type { CliEffects } from '../../cli-effects.js';

/** What the commands use of the package, which is installed only where someone uses dbt. */
export type DbtPackage = Pick<
  typeof import('@aegis/dbt'),
  | 'convertManifest'
  | 'openDbtProject'
  | 'readManifest'
  | 'renderRules'
  | 'summaryLines'
  | 'syncRules'
  | 'toRunResults'
  | 'withWarehouse'
>;

/** @throws ConfigError `missing-adapter` with the install command */
export const loadDbt = async ({ importFrom, cwd }: Pick<CliEffects, 'importFrom' | 'cwd'>): Promise<DbtPackage> => {
  const module = await importFrom('@aegis/dbt', [cwd]);
  if (isDbtPackage(module)) return module;
  const state = module === undefined ? 'is not installed' : 'is of a version that does not fit';
  throw new ConfigError('missing-adapter', `aegis dbt needs @aegis/dbt, which ${state}`, {
    hint: 'Run: npm install @aegis/dbt',
  });
};

const isDbtPackage = (module: unknown): module is DbtPackage =>
  typeof module === 'object' && module !== null && 'convertManifest' in module && 'toRunResults' in module;

/** Beyond it a text does not fit into memory as one piece. */
const largestBytes = 500 * 1024 * 1024;

/**
 * The text of a manifest.
 * @throws ConfigError `not-found` or `invalid`
 */
export const readManifestFile = async (file: string, cwd: string): Promise<string> => {
  const shown = shownPath(file, cwd);
  const known = await stat(file).catch((cause) => {
    throw new ConfigError('not-found', `${shown} does not exist`, {
      hint: 'Run `dbt compile` in the project, then name its target/manifest.json.',
      cause,
    });
  });
  if (known.isDirectory())
    throw new ConfigError('invalid', `${shown} is a folder`, { hint: 'Name the file manifest.json in it.' });
  if (known.size > largestBytes) throw new ConfigError('invalid', `${shown} is larger than 500 MB`);
  return readFile(file, 'utf8').catch((cause) => {
    throw new ConfigError('not-found', `${shown} cannot be read`, { cause });
  });
};

/** Relative within the working directory. */
export const shownPath = (file: string, cwd: string): string => {
  const path = relative(cwd, file);
  return path === '' || path.startsWith('..') ? file : path;
};

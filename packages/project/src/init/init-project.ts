import { mkdir, readFile, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { ConfigError, isAegisError } from '@aegis/spec';
import { adapterPackage, loadWarehouseAdapter } from '../adapters/warehouse-adapter.js';
import type { Effects } from '../effects.js';
import { writeWhole } from '../output/output-file.js';
import { exampleRules, ignoredPaths, type TemplateFile, templateFiles } from './templates.js';

export interface InitOptions {
  /** Relative to the working directory; made when it does not exist. Default: the working directory. */
  readonly directory?: string | undefined;
  /** Default: the folder's name. */
  readonly name?: string | undefined;
  /** Warehouse type. Default `duckdb`. */
  readonly warehouse?: string | undefined;
  /** Replaces files that exist. */
  readonly force?: boolean | undefined;
}

export interface InitializedProject {
  /** Absolute. */
  readonly directory: string;
  /** Relative to the directory. */
  readonly files: readonly string[];
  /** Arguments of the command to try next, within the directory. */
  readonly next: readonly string[];
  readonly adapter: {
    /** What `npm install` knows it by. */
    readonly package: string;
    readonly isInstalled: boolean;
  };
}

/**
 * Lays out a project: aegis.yaml, example rules, .gitignore, and data to run them on where the warehouse reads files.
 * All of it or nothing is written; an existing .gitignore is added to.
 * @throws ConfigError `output` when a file exists and `force` is not set
 */
export const initProject = async (options: InitOptions, effects: Effects): Promise<InitializedProject> => {
  const directory = resolve(effects.cwd, options.directory ?? '.');
  const warehouse = options.warehouse ?? 'duckdb';
  const isInstalled = await findsAdapter(warehouse, directory, effects);
  const files = templateFiles({ name: options.name ?? (basename(directory) || 'project'), warehouse });
  if (!options.force) await refuseExisting(directory, files, effects.cwd);
  const gitignore = await mergedGitignore(directory);
  await writeAll(directory, [...files, gitignore]);
  return {
    directory,
    files: [...files, gitignore].map(({ path }) => path),
    next: warehouse === 'duckdb' ? ['run', exampleRules] : ['validate', exampleRules],
    adapter: { package: adapterPackage(warehouse), isInstalled },
  };
};

/** A type that was probably misspelled stops here; one that only needs installing does not. */
const findsAdapter = async (type: string, directory: string, effects: Effects): Promise<boolean> => {
  try {
    await loadWarehouseAdapter({ type, folders: [directory, effects.cwd] }, effects);
    return true;
  } catch (error) {
    if (error instanceof ConfigError && !error.hint?.startsWith('Did you mean')) return false;
    throw error;
  }
};

const refuseExisting = async (directory: string, files: readonly TemplateFile[], cwd: string): Promise<void> => {
  for (const { path } of files) {
    const file = join(directory, path);
    if (!(await exists(file))) continue;
    throw new ConfigError('output', `${relative(cwd, file) || file} already exists`, {
      hint: 'Nothing was written. Use --force to replace it.',
    });
  }
};

const exists = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const mergedGitignore = async (directory: string): Promise<TemplateFile> => {
  const present = (await readFile(join(directory, '.gitignore'), 'utf8').catch(() => '')).trimEnd();
  const lines = present === '' ? [] : present.split(/\r?\n/);
  const added = ignoredPaths.filter((path) => !lines.includes(path));
  return { path: '.gitignore', text: `${[...lines, ...added].join('\n')}\n` };
};

type Undo = () => Promise<void>;

const writeAll = async (directory: string, files: readonly TemplateFile[]): Promise<void> => {
  const undos: Undo[] = [];
  try {
    for (const { path, text } of files) await writeOne(join(directory, path), text, undos);
  } catch (error) {
    for (const undo of undos.reverse()) await undo().catch(() => undefined);
    if (isAegisError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError('output', `the project cannot be laid out in ${directory}: ${reason}`, { cause: error });
  }
};

const writeOne = async (file: string, text: string, undos: Undo[]): Promise<void> => {
  await makeFolder(dirname(file), undos);
  const before = await readFile(file, 'utf8').catch(() => undefined);
  await writeWhole(file, text);
  undos.push(() => (before === undefined ? rm(file) : writeWhole(file, before)));
};

const makeFolder = async (folder: string, undos: Undo[]): Promise<void> => {
  if (await exists(folder)) return;
  await makeFolder(dirname(folder), undos);
  await mkdir(folder);
  undos.push(() => rmdir(folder));
};

import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** 1.12 and later load a parser from outside the package index when they are installed. DuckDB's files must be readable here. */
const packages = ['dbt-core==1.11.16', 'dbt-duckdb==1.10.1', 'duckdb==1.5.6'];
/** Outlives the tests; git ignores it. */
const cache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'aegis');

/** The Python that dbt is installed in, or why there is none. */
export type InstalledDbt = { readonly python: string } | { readonly missing: string };

/** That of `AEGIS_TEST_DBT_PYTHON`, or one of our own, which is made once. */
export const installDbt = async (python = process.env.AEGIS_TEST_DBT_PYTHON): Promise<InstalledDbt> => {
  if (python !== undefined && python !== '') return { python };
  const folder = join(cache, `${packages[0]?.replace('==', '-')}-venv`);
  try {
    if (!(await exists(folder))) await install(folder);
    return { python: join(folder, 'bin', 'python') };
  } catch (error) {
    return { missing: `dbt cannot be installed: ${lastLineOf(error)}` };
  }
};

const install = async (folder: string): Promise<void> => {
  await mkdir(cache, { recursive: true });
  const trial = await mkdtemp(join(cache, 'dbt-'));
  try {
    await run('python3', ['-m', 'venv', trial]);
    await run(join(trial, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', ...packages]);
    await rename(trial, folder).catch(async (error: unknown) => {
      // Another run was faster.
      if (!(await exists(folder))) throw error;
    });
  } finally {
    await rm(trial, { recursive: true, force: true });
  }
};

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const lastLineOf = (error: unknown): string =>
  error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? '') : String(error);

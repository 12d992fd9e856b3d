import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Outlives the tests; git ignores it. */
const cache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'aegis');

/** Packages of Python that a test compares with. */
export interface PythonPackages {
  /** As a message calls them, e.g. `dbt`. */
  readonly title: string;
  /** With their versions; the first names the folder that they are kept in. */
  readonly packages: readonly string[];
  /** A Python that has them already. */
  readonly python?: string | undefined;
}

/** The Python that the packages are installed in, or why there is none. */
export type InstalledPython = { readonly python: string } | { readonly missing: string };

/** The Python that was named, or one of our own, which is made once. */
export const installPackages = async ({ title, packages, python }: PythonPackages): Promise<InstalledPython> => {
  if (python !== undefined && python !== '') return { python };
  const folder = join(cache, `${packages[0]?.replaceAll('==', '-')}-venv`);
  try {
    if (!(await exists(folder))) await install(folder, packages);
    return { python: join(folder, 'bin', 'python') };
  } catch (error) {
    return { missing: `${title} cannot be installed: ${lastLineOf(error)}` };
  }
};

const install = async (folder: string, packages: readonly string[]): Promise<void> => {
  await mkdir(cache, { recursive: true });
  const trial = await mkdtemp(join(cache, 'python-'));
  try {
    await makeEnvironment(trial);
    await run(join(trial, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', ...packages]);
    await rename(trial, folder).catch(async (error: unknown) => {
      // Another run was faster.
      if (!(await exists(folder))) throw error;
    });
  } finally {
    await rm(trial, { recursive: true, force: true });
  }
};

/** Debian has the module in a package of its own; as root on Debian it is installed when there is none. */
const makeEnvironment = async (folder: string): Promise<void> => {
  const make = () => run('python3', ['-m', 'venv', folder]);
  await make().catch(async (error: unknown) => {
    if (process.getuid?.() !== 0) throw error;
    await run('apt-get', ['update', '-q']);
    await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'python3-venv']);
    await make();
  });
};

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const lastLineOf = (error: unknown): string =>
  error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? '') : String(error);

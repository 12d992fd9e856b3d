import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The machine lacks what Spark needs, and it could not be installed. */
export class NotInstallable extends Error {}

const version = '4.3.0';
/** Outlives the tests; git ignores it. */
const cache = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'aegis');

/**
 * The folder with Spark's jars: that of `AEGIS_TEST_SPARK_HOME`, or our own, which comes out of the PySpark package once.
 * @throws NotInstallable
 */
export const sparkJars = async (home = process.env.AEGIS_TEST_SPARK_HOME): Promise<string> => {
  if (home !== undefined && home !== '') return join(home, 'jars');
  const jars = join(cache, `spark-${version}`);
  if (!(await exists(jars))) await download(jars);
  return jars;
};

/** The `java` to run it with; as root on Debian it is installed when there is none. */
export const javaProgram = async (home = process.env.JAVA_HOME): Promise<string> => {
  const java = home !== undefined && home !== '' ? join(home, 'bin', 'java') : 'java';
  await program(java, ['-version'], 'openjdk-17-jre-headless');
  return java;
};

/** Java alone is needed: the package brings the jars, and Python only downloads it. */
const download = async (jars: string): Promise<void> => {
  await program('python3', ['-m', 'pip', '--version'], 'python3-pip');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'download-'));
  try {
    const wanted = ['--no-deps', '--no-binary', ':all:', '--dest', folder, `pyspark==${version}`];
    await installing(() => run('python3', ['-m', 'pip', 'download', ...wanted]));
    const [archive = ''] = (await readdir(folder)).filter((name) => name.endsWith('.tar.gz'));
    const inner = `pyspark-${version}/deps/jars`;
    await run('tar', ['-xzf', join(folder, archive), '-C', folder, inner]);
    await rename(join(folder, inner), jars).catch(async (error: unknown) => {
      // Another run was faster.
      if (!(await exists(jars))) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const program = async (file: string, args: readonly string[], debianPackage: string): Promise<void> => {
  if (await works(file, args)) return;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && (await works('apt-get', ['--version']))) {
    await installing(() => run('apt-get', ['update', '-q']));
    await installing(() => run('apt-get', ['install', '-q', '-y', '--no-install-recommends', debianPackage]));
  }
  if (!(await works(file, args))) throw new NotInstallable(`install ${debianPackage} or its like`);
};

const installing = async (install: () => Promise<unknown>): Promise<void> => {
  try {
    await install();
  } catch (error) {
    throw new NotInstallable(lastLineOf(error), { cause: error });
  }
};

const lastLineOf = (error: unknown): string =>
  error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? '') : String(error);

const works = (file: string, args: readonly string[]): Promise<boolean> =>
  run(file, args).then(
    () => true,
    () => false,
  );

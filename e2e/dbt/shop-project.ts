import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const example = fileURLToPath(new URL('../../examples/dbt-shop', import.meta.url));
const parts = ['dbt_project.yml', 'profiles.yml', 'models', 'seeds', 'snapshots', 'tests'];

/** What dbt found for one test. */
export interface DbtOutcome {
  readonly status: string;
  readonly failures: number | null;
}

/** The example project, built and tested by dbt itself. */
export interface ShopProject {
  readonly folder: string;
  readonly manifest: string;
  /** By unique id of the test. */
  readonly tested: ReadonlyMap<string, DbtOutcome>;
  /** Runs one line of Python with dbt at hand; gives what it printed. */
  python(code: string): Promise<string>;
  remove(): Promise<void>;
}

/** Builds a copy of the example and tests it. */
export const buildShop = async (python: string): Promise<ShopProject> => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'aegis-dbt-')));
  for (const part of parts) await cp(join(example, part), join(folder, part), { recursive: true });
  const env = { ...process.env, DBT_SEND_ANONYMOUS_USAGE_STATS: 'false', DBT_PROFILES_DIR: folder };
  const inFolder = (args: readonly string[]) => run(python, args, { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 });
  const code = [
    'from dbt.cli.main import dbtRunner',
    'commands = (["seed"], ["run"], ["snapshot"], ["source", "freshness"], ["test"])',
    'results = [dbtRunner().invoke(command + ["--quiet"]) for command in commands]',
    'errors = [str(result.exception) for result in results if result.exception]',
    'assert all(results[i].success for i in range(3)) and not errors, errors',
  ].join('\n');
  await inFolder(['-c', code]);
  const artifact = (name: string) => readFile(join(folder, 'target', name), 'utf8');
  const outcomes = [...resultsIn(await artifact('run_results.json')), ...resultsIn(await artifact('sources.json'))];
  return {
    folder,
    manifest: await artifact('manifest.json'),
    tested: new Map(outcomes),
    python: async (line) => (await inFolder(['-c', line])).stdout,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};

const resultsIn = (text: string): readonly (readonly [string, DbtOutcome])[] =>
  (JSON.parse(text) as { results: readonly (DbtOutcome & { unique_id: string })[] }).results.map((result) => [
    result.unique_id,
    { status: result.status, failures: result.failures },
  ]);

import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { commandLine } from '../cli/aegis.js';
import { rulesFile, seedDatabase, shopRules } from '../cli/project.js';

const run = promisify(execFile);

/** The package as it is in the repository. */
const packageFolder = fileURLToPath(new URL('../../integrations/airflow', import.meta.url));
const ownDags = fileURLToPath(new URL('./endings.py', import.meta.url));

/** A join that would take the engine years, were it not told to stop. */
const endless = 'select a.id from {table} a, {table} b, {table} c where a.id * b.id + c.id = -1';

/** One try of a task, as Airflow wrote it down. */
export interface TaskEnd {
  readonly state: string | null;
  readonly tries: number;
  /** By key. */
  readonly xcoms: { readonly [key: string]: unknown };
}

export interface AirflowProject {
  readonly folder: string;
  /** Runs Python with the provider and Airflow's settings; a failure keeps what was printed. */
  python(args: readonly string[], cwd?: string): Promise<string>;
  /** Starts Python likewise. */
  start(args: readonly string[]): ChildProcessByStdio<null, Readable, Readable>;
  /** Starts `airflow dags test`; `onOutput` gets all that was printed so far. */
  testDag(dag: string, onOutput?: (output: string, kill: () => void) => void): Promise<string>;
  tasks(dag: string): { readonly [task: string]: TaskEnd };
  remove(): Promise<void>;
}

/** A folder with the installed wheel, an empty Airflow with DAGs, and a shop to check. */
export const createAirflow = async (python: string): Promise<AirflowProject> => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'aegis-airflow-')));
  await Promise.all([layShop(folder), layDags(folder), layProgram(folder), installWheel(python, folder)]);
  const env = environment(python, folder);
  await run(python, ['-m', 'airflow', 'db', 'migrate'], { env, cwd: folder });
  const start: AirflowProject['start'] = (args) =>
    spawn(python, args, { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  return {
    folder,
    python: async (args, cwd = folder) => (await run(python, args, { env, cwd })).stdout,
    start,
    testDag: (dag, onOutput) => testDag(start(['-m', 'airflow', 'dags', 'test', dag]), onOutput),
    tasks: (dag) => readTasks(join(folder, 'airflow.db'), dag),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};

const layShop = async (folder: string): Promise<void> => {
  await seedDatabase(
    join(folder, 'shop.duckdb'),
    `CREATE TABLE orders AS SELECT range AS id, CASE WHEN range % 10 > 0 THEN 'open' END AS status FROM range(100)`,
    'CREATE TABLE t1 AS SELECT range AS id FROM range(100000)',
    'CREATE TABLE t2 AS SELECT range AS id FROM range(100000)',
  );
  const broken = { scope: 'table: orders, columns: [stats]', logic: 'type: not_null' };
  const slow = { scope: 'table: t2', logic: `type: custom_sql, query: "${endless}"` };
  const quick = { scope: 'table: t1', logic: 'type: not_null, column: id' };
  await writeFile(join(folder, 'rules.yaml'), rulesFile(shopRules));
  await writeFile(join(folder, 'broken.yaml'), rulesFile({ ...shopRules, lost: broken }));
  await writeFile(join(folder, 'endless.yaml'), rulesFile({ quick, slow }));
  await mkdir(join(folder, 'rules'));
  await writeFile(join(folder, 'rules', 'orders.yaml'), rulesFile(shopRules));
};

/** Our own DAGs, and the example of the README in this folder. */
const layDags = async (folder: string): Promise<void> => {
  await mkdir(join(folder, 'dags'));
  await cp(ownDags, join(folder, 'dags', 'endings.py'));
  const readme = await readFile(join(packageFolder, 'README.md'), 'utf8');
  const example = /```python file=dags\/shop\.py\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  await writeFile(join(folder, 'dags', 'shop.py'), example.replaceAll('/opt/shop', folder));
};

const layProgram = async (folder: string): Promise<void> => {
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin', 'aegis'), `#!/bin/sh\nexec ${commandLine} "$@"\n`);
  await chmod(join(folder, 'bin', 'aegis'), 0o755);
};

/** Builds from a copy, so that nothing is left in the repository. */
const installWheel = async (python: string, folder: string): Promise<void> => {
  const source = join(folder, 'package');
  await cp(packageFolder, source, { recursive: true });
  const pip = ['-m', 'pip', '--quiet', '--disable-pip-version-check'];
  await run(python, [
    ...pip,
    'wheel',
    '--no-deps',
    '--no-build-isolation',
    '--wheel-dir',
    join(folder, 'dist'),
    source,
  ]);
  const wheels = await readdir(join(folder, 'dist'));
  const target = ['--no-deps', '--target', join(folder, 'site')];
  await run(python, [...pip, 'install', ...target, ...wheels.map((wheel) => join(folder, 'dist', wheel))]);
};

const environment = (python: string, folder: string): NodeJS.ProcessEnv => ({
  PATH: `${join(folder, 'bin')}:${dirname(python)}:${process.env.PATH ?? ''}`,
  HOME: folder,
  TMPDIR: folder,
  SHOP: folder,
  PYTHONPATH: join(folder, 'site'),
  PYTHONDONTWRITEBYTECODE: '1',
  AIRFLOW_HOME: folder,
  AIRFLOW__CORE__DAGS_FOLDER: join(folder, 'dags'),
  AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
  AIRFLOW_CONN_SHOP: JSON.stringify({ conn_type: 'duckdb', host: join(folder, 'shop.duckdb') }),
  AIRFLOW__OPENLINEAGE__TRANSPORT: JSON.stringify({
    ...{ type: 'file', log_file_path: join(folder, 'lineage.ndjson'), append: true },
  }),
});

/** Ends with 1 where tasks fail, which is not looked at. */
const testDag = (
  child: ReturnType<AirflowProject['start']>,
  onOutput?: (output: string, kill: () => void) => void,
): Promise<string> =>
  new Promise((resolve) => {
    let output = '';
    const kill = () => void child.kill('SIGTERM');
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        onOutput?.(output, kill);
      });
    }
    child.on('close', () => resolve(output));
  });

interface TaskRow {
  readonly task_id: string;
  readonly state: string | null;
  readonly try_number: number;
}

const readTasks = (path: string, dag: string): { readonly [task: string]: TaskEnd } => {
  const database = new Database(path, { readonly: true });
  try {
    const tasks = database
      .prepare('SELECT task_id, state, try_number FROM task_instance WHERE dag_id = ?')
      .all(dag) as TaskRow[];
    const xcoms = database.prepare('SELECT key, value FROM xcom WHERE dag_id = ? AND task_id = ?');
    return Object.fromEntries(
      tasks.map(({ task_id, state, try_number }) => [
        task_id,
        { state, tries: try_number, xcoms: xcomsOf(xcoms.all(dag, task_id) as XComRow[]) },
      ]),
    );
  } finally {
    database.close();
  }
};

interface XComRow {
  readonly key: string;
  readonly value: string;
}

const xcomsOf = (rows: readonly XComRow[]): TaskEnd['xcoms'] =>
  Object.fromEntries(rows.map(({ key, value }) => [key, unwrapped(JSON.parse(value))]));

/** Some versions of Airflow write JSON into a column of JSON. */
const unwrapped = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value);

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from './__fixtures__/temporary-folder.js';
import { openAuditStore } from './open-audit-store.js';

/** Where tsx finds the paths of the workspace's packages. */
const workspace = fileURLToPath(new URL('../../../', import.meta.url));

/** Starts a process and waits until it has said something. */
const start = async (script: URL, ...options: readonly string[]): Promise<ChildProcess> => {
  const child = fork(script, options, { cwd: workspace, execArgv: ['--import', 'tsx'] });
  await once(child, 'message');
  return child;
};

const runsEach = 50;
const writers = ['a', 'b', 'c', 'd'];

const startWriter = (path: string, name: string): Promise<ChildProcess> =>
  start(new URL('./__fixtures__/write-runs.ts', import.meta.url), path, name, String(runsEach));

const letWrite = async (child: ChildProcess): Promise<NodeJS.Signals> => {
  child.send('go');
  const [, signal] = await once(child, 'exit');
  return signal;
};

it('loses nothing when processes create, migrate and write one trail together', async () => {
  const path = join(temporaryFolder(), 'new', 'history.db');
  const children = await Promise.all(writers.map((name) => startWriter(path, name)));
  expect(await Promise.all(children.map(letWrite))).toEqual(writers.map(() => 'SIGKILL'));

  const store = openAuditStore(path);
  const finished = writers.flatMap((name) => Array.from({ length: runsEach }, (_, index) => `${name}-${index}`));
  const runs = await store.listRuns({ limit: 1000 });
  const idsOf = (status: string) => runs.filter((run) => run.status === status).map(({ runId }) => runId);
  expect(idsOf('completed').sort()).toEqual(finished.sort());
  expect(idsOf('running').sort()).toEqual(['a-killed', 'b-killed', 'c-killed', 'd-killed']);
  for (const { runId } of runs) expect(await store.steps(runId)).toHaveLength(1);
  for (const { runId } of runs.filter(({ status }) => status === 'completed'))
    expect(await store.operations({ runId })).toHaveLength(1);
  for (const name of writers) expect(await store.search(`answer of ${name}`, { limit: 1000 })).toHaveLength(runsEach);
  expect(await store.verify()).toMatchObject({ ok: true, events: writers.length * (3 * runsEach + 1), problems: [] });
  await store.close();
}, 120_000);

it('waits for another process that writes to the new file', async () => {
  const path = join(temporaryFolder(), 'history.db');
  const child = await start(new URL('./__fixtures__/hold-write-lock.ts', import.meta.url), path);
  const store = openAuditStore({ path, busyTimeoutMs: 60_000 });
  expect(await store.listRuns()).toEqual([]);
  await store.close();
  await once(child, 'exit');
}, 120_000);

import { fork } from 'node:child_process';
import { join } from 'node:path';
import { version } from '@duckdb/node-api';
import { rounded } from '../figures.js';
import { machine } from '../report.js';
import { median } from '../statistics.js';
import { type Contender, contenders, type Measured, type Task } from './contender.js';
import { type KeyTables, openKeyStore } from './data.js';
import type { ReconcileBenchOptions } from './options.js';
import type { ReconcileReport } from './report.js';
import { openWire, type Wire } from './wire.js';

/** What a contender needed, bytes between PostgreSQL and its client included. */
interface Run extends Measured {
  readonly receivedBytes: number;
  readonly sentBytes: number;
}

/** Compares both sides for every size and number of differences; `say` hears what comes next. */
export const benchReconcile = async (
  options: ReconcileBenchOptions,
  say: (message: string) => void,
): Promise<ReconcileReport> => {
  const store = await openKeyStore();
  const cases: ReconcileReport['cases'][number][] = [];
  try {
    for (const rows of options.sizes) {
      for (const differences of options.differences) {
        say(`filling: ${rows} keys, ${differences} differences`);
        const tables = await store.fill(rows, differences);
        const wire = await openWire(tables.url);
        say(`measuring ${options.runs} rounds of both contenders`);
        const runs = await rounds({ ...tables, url: wire.url }, wire, options.runs);
        await wire.close();
        cases.push({ rows, differences, contenders: figuresOf(runs) });
      }
    }
  } finally {
    await store.close();
  }
  return { schema: 'aegis.dev/bench-reconcile/v1', ...machine(version()), rounds: options.runs, cases };
};

type Runs = { readonly [contender in Contender]: readonly Run[] };

const rounds = async (tables: KeyTables, wire: Wire, count: number): Promise<Runs> => {
  const runs = { checksums: [] as Run[], 'all keys': [] as Run[] };
  for (let round = 0; round < count; round += 1) {
    for (const index of contenders.keys()) {
      const contender = contenders[(index + round) % contenders.length] ?? 'checksums';
      runs[contender].push(checked(await measured({ contender, tables }, wire), tables));
    }
  }
  return runs;
};

const measured = async (task: Task, { counts }: Wire): Promise<Run> => {
  Object.assign(counts, { received: 0, sent: 0 });
  const figures = await inProcess(task);
  return { ...figures, receivedBytes: counts.received, sentBytes: counts.sent };
};

/** @throws Error when a contender found something else than was made. */
const checked = (run: Run, { differences }: KeyTables): Run => {
  const [inTarget, inSource] = [Math.ceil(differences / 2), Math.floor(differences / 2)];
  if (run.missingInTarget === inTarget && run.missingInSource === inSource) return run;
  throw new Error(
    `found ${run.missingInTarget} and ${run.missingInSource} missing keys, not ${inTarget} and ${inSource}`,
  );
};

const script = join(import.meta.dirname, 'process.ts');

/** @throws Error when the process ends without figures; its own message stands on stderr. */
const inProcess = (task: Task): Promise<Measured> =>
  new Promise((resolve, reject) => {
    const child = fork(script, { execArgv: ['--import', 'tsx'] });
    child.once('message', (figures) => resolve(figures as Measured));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${task.contender} ended with code ${code} and no figures`)));
    child.send(task);
  });

const figuresOf = (runs: Runs): ReconcileReport['cases'][number]['contenders'] => ({
  checksums: figures(runs.checksums),
  'all keys': figures(runs['all keys']),
});

const figures = (runs: readonly Run[]) => ({
  wall_s: rounded(median(runs.map(({ wallMs }) => wallMs / 1000))),
  received_bytes: Math.round(median(runs.map(({ receivedBytes }) => receivedBytes))),
  sent_bytes: Math.round(median(runs.map(({ sentBytes }) => sentBytes))),
  peak_mb: Math.round(median(runs.map(({ peakBytes }) => peakBytes / 1e6))),
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { version } from '@duckdb/node-api';
import pg from 'pg';
import { type DataSet, generate } from '../generate.js';
import { machine } from '../report.js';
import { type CaseFigures, figuresOf, renderCases } from './figures.js';
import { measureRounds } from './measure.js';
import { type PostgresBenchOptions, readOptions, usage } from './options.js';
import { startServer } from './own-server.js';
import { load } from './server.js';

const bench = async (options: PostgresBenchOptions): Promise<readonly CaseFigures[]> => {
  const server = await startServer(options.url);
  try {
    const cases: CaseFigures[] = [];
    for (const state of options.states) {
      console.error(`data: ${options.rows} rows, ${state}`);
      const dataSet = await generate(options.rows, state);
      const url = await server.createDatabase();
      await load(dataSet, url);
      console.error(`measuring: ${options.runs} rounds of four contenders`);
      cases.push({
        ...figuresOf(options.rows, state, await measureRounds(dataSet, url, options.runs)),
        peers: options.peers.length === 0 ? [] : await peersOf(dataSet, url, options),
      });
      console.error(await serverVersion(url));
    }
    return cases;
  } finally {
    await server.stop();
  }
};

/** Loaded only where they are asked for. */
const peersOf = async (dataSet: DataSet, url: string, { peers, runs }: PostgresBenchOptions) =>
  (await import('./peers/index.js')).measurePeers(dataSet, url, { environments: peers, runs });

const serverVersion = async (url: string): Promise<string> => {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ version: string }>('SELECT version() AS version');
  await client.end();
  return String(rows[0]?.version);
};

const run = async (argv: readonly string[]): Promise<void> => {
  if (argv.includes('--help')) return console.log(usage);
  const options = readOptions(argv);
  const cases = await bench(options);
  const file = resolve(import.meta.dirname, '..', '..', options.output);
  mkdirSync(dirname(file), { recursive: true });
  const report = { schema: 'aegis.dev/bench-postgres/v1', ...machine(version()), rounds: options.runs, cases };
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`);
  console.log(renderCases(cases));
};

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

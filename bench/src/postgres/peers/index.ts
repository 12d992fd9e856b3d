import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { DataSet } from '../../generate.js';
import { failingRules } from '../../rules.js';
import { aegisCommand } from './aegis-command.js';
import { dbt } from './dbt.js';
import { greatExpectations } from './great-expectations.js';
import { type Peer, type PeerTarget, targetOf } from './peer.js';
import { soda } from './soda.js';

const peers: readonly Peer[] = [aegisCommand, greatExpectations, soda, dbt];

/** Whole processes: start-up, planning and SQL. */
export interface PeerFigures {
  readonly name: string;
  /** Seconds of each round. */
  readonly wall_s: readonly number[];
  readonly rules: number;
  readonly failed: number;
}

/**
 * Every tool that one of the virtual environments holds, in turn, as often as asked.
 * @throws Error when a tool cannot judge all rules, or finds other rules broken than there are
 */
export const measurePeers = (
  dataSet: DataSet,
  url: string,
  { environments, runs }: { readonly environments: readonly string[]; readonly runs: number },
): readonly PeerFigures[] => {
  const found = peers.flatMap((peer) => {
    const program = programOf(peer, environments);
    return program === undefined ? [] : [{ peer, program, rounds: [] as Round[] }];
  });
  for (let round = 0; round <= runs; round += 1)
    for (const { peer, program, rounds } of found) rounds.push(runPeer(peer, program, targetOf(dataSet, url)));
  return found.map(({ peer, rounds }) => checked(figuresOf(peer, rounds.slice(1)), dataSet));
};

interface Round {
  readonly seconds: number;
  readonly rules: number;
  readonly failed: number;
}

const programOf = ({ program, name }: Peer, environments: readonly string[]): string | undefined => {
  if (name === aegisCommand.name) return program;
  const holds = environments.find((folder) => existsSync(join(folder, 'bin', program)) && hasPackage(folder, name));
  return holds === undefined ? undefined : resolve(holds, 'bin', program);
};

/** Every environment has a python. */
const hasPackage = (folder: string, name: string): boolean =>
  name !== greatExpectations.name || existsSync(join(folder, 'bin', 'gx')) || installs(folder, name);

const installs = (folder: string, name: string): boolean =>
  spawnSync(join(folder, 'bin', 'python'), ['-c', `import ${name}`]).status === 0;

const runPeer = (peer: Peer, program: string, target: PeerTarget): Round => {
  const folder = mkdtempSync(join(tmpdir(), 'aegis-bench-peer-'));
  try {
    for (const [path, text] of Object.entries(peer.files(target))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const started = performance.now();
    const { stdout, stderr, error } = spawnSync(program, [...peer.args], {
      cwd: folder,
      encoding: 'utf8',
      env: quiet(),
    });
    const seconds = (performance.now() - started) / 1000;
    if (error) throw error;
    return { seconds, ...judgedBy(peer, folder, stdout, stderr) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Nothing is sent to anybody. */
const quiet = () => ({
  ...process.env,
  DO_NOT_TRACK: '1',
  GX_ANALYTICS_ENABLED: 'False',
  SODA_CORE_TELEMETRY_TEST_MODE: 'on',
});

const judgedBy = (peer: Peer, folder: string, stdout: string, stderr: string) => {
  try {
    return peer.judged(stdout, (path) => readFileSync(join(folder, path), 'utf8'));
  } catch (cause) {
    throw new Error(`${peer.name} did not finish:\n${(stderr || stdout).slice(-2_000)}`, { cause });
  }
};

const figuresOf = ({ name }: Peer, rounds: readonly Round[]): PeerFigures => {
  const [first] = rounds;
  if (!first) throw new Error(`${name} had no round`);
  return { name, wall_s: rounds.map(({ seconds }) => seconds), rules: first.rules, failed: first.failed };
};

/** @throws Error when a tool does not find what is broken */
const checked = (figures: PeerFigures, { state }: DataSet): PeerFigures => {
  const expected = state === 'failing' ? failingRules.length : 0;
  if (figures.rules !== 30 || figures.failed !== expected)
    throw new Error(
      `${figures.name} judged ${figures.rules} rules and found ${figures.failed} broken, not ${expected} of 30`,
    );
  return figures;
};

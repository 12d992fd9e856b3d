import { assertEqualAnswers } from '../answers.js';
import type { Asked, Ready } from '../contenders/contender.js';
import type { DataSet } from '../generate.js';
import { type Contender, contenders, open } from './contenders.js';
import { type ServerClock, serverClock } from './server.js';

/** Figures of one contender in one round. */
export interface Measured extends Asked {
  readonly wallMs: number;
  /** Of the server, all its processes together. */
  readonly serverCpuMs: number;
  /** Of this process. */
  readonly clientCpuMs: number;
}

export type Round = { readonly [contender in Contender]: Measured };

/**
 * Rounds of all contenders, after one that fills the caches. Every round begins with another contender.
 * @throws Error when contenders disagree about any rule.
 */
export const measureRounds = async (dataSet: DataSet, url: string, runs: number): Promise<readonly Round[]> => {
  const clock = await serverClock(url);
  const rounds: Round[] = [];
  for (let round = 0; round <= runs; round += 1) rounds.push(await measureRound(dataSet, url, round, clock));
  return rounds.slice(1);
};

const measureRound = async (dataSet: DataSet, url: string, round: number, clock: ServerClock): Promise<Round> => {
  const measured: Partial<Record<Contender, Measured>> = {};
  for (const index of contenders.keys()) {
    const contender = contenders[(index + round) % contenders.length] ?? 'aegis';
    measured[contender] = await measure(await open({ contender, dataSet, url }), clock);
  }
  return checked(measured as Round);
};

const measure = async ({ ask, close }: Ready, clock: ServerClock): Promise<Measured> => {
  const [started, server, client] = [performance.now(), clock(), process.cpuUsage()];
  const asked = await ask();
  const wallMs = performance.now() - started;
  const { user, system } = process.cpuUsage(client);
  const serverCpuMs = (clock() - server) * 1000;
  await close();
  return { ...asked, wallMs, serverCpuMs, clientCpuMs: (user + system) / 1000 };
};

const checked = (round: Round): Round => {
  for (const contender of contenders)
    assertEqualAnswers(round['per rule'].answers, round[contender].answers, contender);
  return round;
};

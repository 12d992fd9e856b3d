import { fork } from 'node:child_process';
import { join } from 'node:path';
import { assertEqualAnswers } from './answers.js';
import { type Contender, contenders, type Measured, type Task } from './contenders/contender.js';
import type { DataSet } from './generate.js';
import type { Storage } from './options.js';

/** One run of every contender, right after each other. */
export type Round = { readonly [contender in Contender]: Measured };

/**
 * Rounds of all contenders, each in a process of its own so that its memory is its own. Every round begins with another
 * contender, so that none always finds the machine as the same neighbour left it.
 * @throws Error when contenders disagree about any rule.
 */
export const measureRounds = async (dataSet: DataSet, storage: Storage, runs: number): Promise<readonly Round[]> => {
  const rounds: Round[] = [];
  for (let round = 0; round < runs; round += 1) rounds.push(await measureRound(dataSet, storage, round));
  return rounds;
};

const measureRound = async (dataSet: DataSet, storage: Storage, round: number): Promise<Round> => {
  const measured: Partial<Record<Contender, Measured>> = {};
  for (const index of contenders.keys()) {
    const contender = contenders[(index + round) % contenders.length] ?? 'aegis';
    measured[contender] = await run({ contender, dataSet, storage });
  }
  return checked(measured as Round);
};

const checked = (round: Round): Round => {
  for (const contender of contenders)
    assertEqualAnswers(round['per rule'].answers, round[contender].answers, contender);
  return round;
};

const script = join(import.meta.dirname, 'contenders', 'process.ts');

/** @throws Error when the process ends without figures; its own message stands on stderr. */
const run = (task: Task): Promise<Measured> =>
  new Promise((resolve, reject) => {
    const child = fork(script, { execArgv: ['--import', 'tsx'] });
    child.once('message', (measured) => resolve(measured as Measured));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${task.contender} ended with code ${code} and no figures`)));
    child.send(task);
  });

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Program } from './aegis-program.ts';

export interface StartOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Gets what the program prints, in the order in which it arrives. */
  readonly onOutput?: (chunk: string, stream: 'stdout' | 'stderr') => void;
}

export interface Ended {
  /** 3 when a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. A job that is cancelled passes its signal on, so that statements end in the warehouse. */
export const startProgram = async (
  program: Program,
  args: readonly string[],
  options: StartOptions,
): Promise<Ended> => {
  const [file, ...first] = program;
  const child = spawn(file, [...first, ...args], {
    cwd: options.cwd,
    env: environmentOf(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      printed[stream] += chunk;
      options.onOutput?.(chunk, stream);
    });
  }
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on('SIGINT', pass).on('SIGTERM', pass);
  const [code] = (await once(child, 'close')) as [number | null];
  process.off('SIGINT', pass).off('SIGTERM', pass);
  return { code: code ?? 3, ...printed };
};

/** What the action says to itself is not for the program; a log is as wide as its reader's window. */
const environmentOf = ({ AEGIS_ACTION_INPUTS, AEGIS_ACTION_STEPS, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  COLUMNS: '120',
  ...env,
});

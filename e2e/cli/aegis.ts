import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { inject } from 'vitest';

/** The path of the built program; the first to ask waits for the build. */
const builtCli = async (): Promise<string> => {
  const answer = await fetch(`${inject('testServersUrl')}/cli`);
  if (answer.ok) return answer.text();
  throw new Error(`aegis could not be built: ${await answer.text()}`);
};

/** The path of the built program. */
export const program = await builtCli();

export interface Finished {
  /** `null` when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: { readonly [name: string]: string };
}

/** Little of the caller's environment, so that neither its settings nor its history reach a test. */
const environment = ({ cwd, env }: RunOptions): NodeJS.ProcessEnv => ({
  PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
  HOME: cwd,
  ...(process.env.TMPDIR && { TMPDIR: process.env.TMPDIR }),
  ...env,
});

/** Runs the command as a user would, and waits for its end. */
export const aegis = (args: readonly string[], options: RunOptions): Promise<Finished> => start(args, options).finished;

export interface Started {
  readonly process: ChildProcess;
  /** Resolves when stderr holds this text. */
  stderrHolds(text: string): Promise<void>;
  readonly finished: Promise<Finished>;
}

/** Starts the command. */
export const start = (args: readonly string[], options: RunOptions): Started =>
  startProcess(process.execPath, [program, ...args], options);

/** The command in words for a shell. */
export const commandLine = `"${process.execPath}" "${program}"`;

/** Runs a line of a shell, in which `aegis` is the program. `within` starts the shell. */
export const shell = (
  line: string,
  options: RunOptions,
  within: readonly [string, ...string[]] = ['bash'],
): Promise<Finished> => {
  const [file, ...args] = within;
  return startProcess(file, [...args, '-c', `aegis() { ${commandLine} "$@"; }\n${line}`], options).finished;
};

const startProcess = (file: string, args: readonly string[], options: RunOptions): Started => {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  const child = spawn(file, args, { cwd: options.cwd, env: environment(options), stdio });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  }
  return {
    process: child,
    stderrHolds: async (text) => {
      while (!written.stderr.includes(text)) {
        if (child.exitCode !== null) throw new Error(`aegis ended before it said "${text}": ${written.stderr}`);
        await Promise.race([once(child.stderr, 'data'), once(child, 'exit')]);
      }
    },
    finished: once(child, 'close').then(([code, signal]) => ({ code, signal, ...written })),
  };
};

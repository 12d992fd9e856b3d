import { spawn } from 'node:child_process';

export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  /** Standard output and standard error as they came, for messages. */
  readonly output: string;
}

export interface CommandOptions {
  readonly cwd: string;
  /** Merged over this process's environment. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Runs a program to its end, without a shell and without standard input. Rejects only when it cannot start. */
export const run = (
  command: string,
  args: readonly string[],
  { cwd, environment }: CommandOptions,
): Promise<CommandResult> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk;
      output += chunk;
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, output }));
  });

/** {@link run} that throws, with everything the program printed, unless it ended with `expected`. */
export const runExpecting = async (
  expected: number,
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> => {
  const result = await run(command, args, options);
  if (result.exitCode === expected) return result;
  const call = [command, ...args].join(' ');
  throw new Error(`exit code ${result.exitCode} instead of ${expected}: ${call}\n${result.output}`);
};

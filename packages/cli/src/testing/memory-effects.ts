import { testProject } from '@aegis/project/testing';
import type { CliEffects } from '../cli-effects.js';
import type { ExitCode } from '../exit-codes.js';
import { main } from '../main.js';

export interface MemoryEffects extends CliEffects {
  /** What was written so far. */
  readonly written: { stdout: string; stderr: string };
  /** What Ctrl-C does. */
  readonly interrupt: AbortController;
}

/** Effects over a folder of their own, as a test project has them. No terminal. */
export const memoryEffects = async (overrides: Partial<CliEffects> = {}): Promise<MemoryEffects> => {
  const written = { stdout: '', stderr: '' };
  const interrupt = new AbortController();
  return {
    ...(await testProject({}, overrides)),
    elapsedMs: () => 0,
    stdout: { isTerminal: false, columns: undefined, write: (text) => (written.stdout += text) },
    stderr: { isTerminal: false, columns: undefined, write: (text) => (written.stderr += text) },
    interruption: () => ({ signal: interrupt.signal, release: () => undefined }),
    ...overrides,
    written,
    interrupt,
  };
};

export interface CommandResult {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command line in the folder of the effects; without effects, in a new folder. */
export const aegis = async (args: readonly string[], effects?: Partial<CliEffects>): Promise<CommandResult> => {
  const used = await memoryEffects(effects);
  const code = await main(args, used);
  return { code, ...used.written };
};

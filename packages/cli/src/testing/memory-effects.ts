import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretRegistry } from '@aegis/project/program';
import * as duckdb from '@aegis/warehouse-duckdb';
import type { CliEffects } from '../cli-effects.js';
import type { ExitCode } from '../exit-codes.js';
import { main } from '../main.js';

export interface MemoryEffects extends CliEffects {
  /** What was written so far. */
  readonly written: { stdout: string; stderr: string };
  /** What Ctrl-C does. */
  readonly interrupt: AbortController;
}

const installed: { readonly [name: string]: unknown } = { '@aegis/warehouse-duckdb': duckdb };

/** Effects over a folder of their own, with DuckDB as the one installed adapter. No terminal, a clock that stands still. */
export const memoryEffects = async (overrides: Partial<CliEffects> = {}): Promise<MemoryEffects> => {
  const cwd = overrides.cwd ?? (await realpath(await mkdtemp(join(tmpdir(), 'aegis-cli-'))));
  const written = { stdout: '', stderr: '' };
  const interrupt = new AbortController();
  return {
    cwd,
    env: { HOME: cwd },
    now: () => new Date('2026-01-15T12:00:00Z'),
    elapsedMs: () => 0,
    secrets: new SecretRegistry(),
    importFrom: async (specifier) => installed[specifier],
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

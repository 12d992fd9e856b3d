import { CommanderError } from '@commander-js/extra-typings';
import type { CliEffects } from './cli-effects.js';
import { showError } from './error-display.js';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.js';
import { createProgram } from './program.js';

/** Runs one command line (without `node aegis`) and gives the exit code. Never rejects. */
export const main = async (args: readonly string[], effects: CliEffects): Promise<ExitCode> => {
  let exitCode: ExitCode = exitCodes.passed;
  try {
    const program = createProgram({ effects, finish: (code) => (exitCode = code) });
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.passed : exitCodes.usage;
    showError(error, effects);
    return exitCodeOf(error);
  }
};

import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { type Shell, scripts } from './scripts.js';

export const runCompletion: RunCommand<{ readonly shell: Shell }> = async ({ shell }, { stdout }) => {
  stdout.write(scripts[shell]);
  return exitCodes.passed;
};

import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';
import { suggest } from './suggest.js';
import { namedValues } from './values.js';

export interface CompleteOptions {
  /** What was typed after \`aegis\`; the last word is the one to complete. */
  readonly words: readonly string[];
  readonly program: CommandUnknownOpts;
}

export const runComplete: RunCommand<CompleteOptions> = async ({ words, program }, effects) => {
  const found = await suggest(words, program, (name) => namedValues(name, effects));
  effects.stdout.write(found.map(({ value, description }) => `${value}\t${description}\n`).join(''));
  return exitCodes.passed;
};

import { relative } from 'node:path';
import { type InitOptions, initProject } from '@aegis/project';
import type { CliEffects } from '../../cli-effects.js';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';

export const runInit: RunCommand<InitOptions> = async (options, effects) => {
  const made = await initProject(options, effects);
  const place = relative(effects.cwd, made.directory);
  const steps = [
    ...(place === '' ? [] : [`cd ${shellWord(place)}`]),
    ...(made.missingAdapter ? [installCommand(made.missingAdapter.hint)] : []),
    [programName(effects), ...made.next].join(' '),
  ];
  effects.stdout.write(`Created in ${made.directory}:\n${made.files.map((file) => `  ${file}\n`).join('')}`);
  effects.stdout.write(`\nNext:\n  ${steps.join(' && ')}\n`);
  return exitCodes.passed;
};

const installCommand = (hint: string | undefined): string => hint?.replace(/^Run: /, '') ?? '';

/** As the user can call it again: npx leaves no `aegis` on the path. */
const programName = ({ env }: CliEffects): string => (env.npm_command === 'exec' ? 'npx @aegis/cli' : 'aegis');

const shellWord = (word: string): string => (/^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

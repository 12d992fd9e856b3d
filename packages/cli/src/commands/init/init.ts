import { relative } from 'node:path';
import { type InitializedProject, type InitOptions, initProject } from '@aegis/project';
import type { CliEffects } from '../../cli-effects.js';
import type { RunCommand } from '../../command-context.js';
import { exitCodes } from '../../exit-codes.js';

export const runInit: RunCommand<InitOptions> = async (options, effects) => {
  const made = await initProject(options, effects);
  const place = relative(effects.cwd, made.directory);
  const steps = [...(place === '' ? [] : [`cd ${shellWord(place)}`]), ...commandsOf(made, effects)];
  effects.stdout.write(`Created in ${made.directory}:\n${made.files.map((file) => `  ${file}\n`).join('')}`);
  effects.stdout.write(`\nNext:\n  ${steps.join(' && ')}\n`);
  return exitCodes.passed;
};

/** As they can be called here and now: npx leaves no `aegis` on the path, and brings the packages that it is told. */
const commandsOf = ({ adapter, next }: InitializedProject, { env }: CliEffects): readonly string[] => {
  const command = ['aegis', ...next].join(' ');
  if (env.npm_command === 'exec') return [`npx -p @aegis/cli -p ${adapter.package} ${command}`];
  return [...(adapter.isInstalled ? [] : [`npm install ${adapter.package}`]), command];
};

const shellWord = (word: string): string => (/^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

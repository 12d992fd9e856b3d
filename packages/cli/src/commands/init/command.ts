import { Command } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';

export const initCommand = ({ effects, finish }: CommandContext) =>
  new Command('init')
    .description('lay out a project: aegis.yaml, example rules and .gitignore')
    .argument('[dir]', 'folder of the project', '.')
    .option('--name <name>', "name of the project (default: the folder's name)")
    .option('--warehouse <type>', 'warehouse type', 'duckdb')
    .option('--force', 'replace files that exist')
    .addHelpText('after', examples('aegis init', 'aegis init shop --warehouse postgres'))
    .action(async (directory, options) => {
      const { runInit } = await import('./init.js');
      finish(await runInit({ directory, ...options }, effects));
    });

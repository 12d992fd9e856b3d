import { Command } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';
import { wholeNumber } from '../../option-parsers.js';
import { historyOption } from '../shared-options.js';

export const auditCommand = (context: CommandContext) =>
  new Command('audit')
    .description('the audit trail: what ran, and what came of it')
    .addCommand(listRunsCommand(context))
    .addCommand(showCommand(context))
    .addHelpText('after', examples('aegis audit list-runs', 'aegis audit show'));

const listRunsCommand = ({ effects, finish }: CommandContext) =>
  new Command('list-runs')
    .description('list the latest runs')
    .option('--limit <n>', 'most runs to list', wholeNumber(1), 20)
    .option('--json', 'as JSON')
    .addOption(historyOption())
    .addHelpText('after', examples('aegis audit list-runs --limit 5', 'aegis audit list-runs --json'))
    .action(async (options) => {
      const { runListRuns } = await import('./list-runs.js');
      finish(await runListRuns(options, effects));
    });

const showCommand = ({ effects, finish }: CommandContext) =>
  new Command('show')
    .description('show one run: its steps and its results')
    .argument('[run]', 'id of the run or its beginning (default: the latest run)')
    .option('--json', 'as JSON')
    .addOption(historyOption())
    .addHelpText('after', examples('aegis audit show', 'aegis audit show 20260115-1200 --json'))
    .action(async (run, options) => {
      const { runShow } = await import('./show.js');
      finish(await runShow({ run, ...options }, effects));
    });

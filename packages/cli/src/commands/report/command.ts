import { reportFormats } from '@aegis/project/program';
import { Command, Option } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';
import { historyOption, noColorOption } from '../shared-options.js';

export const reportCommand = ({ effects, finish }: CommandContext) =>
  new Command('report')
    .description('print the report of an earlier run in any format')
    .argument('[run]', 'id of the run or its beginning, or a report file (default: the latest run)')
    .addOption(new Option('--format <format>', 'what to print').choices(reportFormats).default('terminal' as const))
    .addOption(historyOption())
    .addOption(noColorOption())
    .addHelpText('after', examples('aegis report', 'aegis report 20260115-1200 --format html > report.html'))
    .action(async (run, options) => {
      const { runReport } = await import('./report.js');
      finish(await runReport({ run, ...options }, effects));
    });

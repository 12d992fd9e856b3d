import { comparisonFormats } from '@aegis/project/program';
import { Command, Option } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';
import { historyOption, noColorOption, reportFormatOption } from '../shared-options.js';

export const reportCommand = (context: CommandContext) =>
  reportItself(context).enablePositionalOptions().addCommand(compareCommand(context));

const reportItself = ({ effects, finish }: CommandContext) =>
  new Command('report')
    .description('print the report of an earlier run in any format, or compare two runs')
    .argument('[run]', 'id of the run or its beginning, or a report file (default: the latest run)')
    .addOption(reportFormatOption())
    .addOption(historyOption())
    .addOption(noColorOption())
    .addHelpText('after', examples('aegis report', 'aegis report 20260115-1200 --format html > report.html'))
    .action(async (run, options) => {
      const { runReport } = await import('./report.js');
      finish(await runReport({ run, ...options }, effects));
    });

const compareCommand = ({ effects, finish }: CommandContext) =>
  new Command('compare')
    .description('tell what changed from one run to another: newly failing, fixed, still failing, added, removed')
    .argument('<before>', 'id of the earlier run or its beginning, or a report file')
    .argument('<after>', 'the later run, likewise')
    .addOption(new Option('--format <format>', 'what to print').choices(comparisonFormats).default('terminal' as const))
    .addOption(historyOption())
    .addOption(noColorOption())
    .addHelpText(
      'after',
      examples(
        'aegis report compare main.json report.json',
        'aegis report compare 20260114 20260115 --format markdown',
      ),
    )
    .action(async (before, after, options) => {
      const { runCompare } = await import('./compare.js');
      finish(await runCompare({ before, after, ...options }, effects));
    });

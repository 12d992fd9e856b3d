import { notifyOccasions } from '@aegis/project/program';
import { Command, Option } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';
import { present, repeated } from '../../option-parsers.js';
import {
  concurrencyOption,
  connectionOption,
  dbOption,
  draftsOption,
  failOnOption,
  historyOption,
  llmModelOption,
  llmOption,
  maxBytesOption,
  maxCostOption,
  noColorOption,
  noLlmOption,
  nowOption,
  outputJsonOption,
  quietOption,
  reportFormatOption,
  rulesArgument,
  sampleRowsOption,
  samplesOption,
  selectOption,
  timeoutOption,
  warehouseOption,
  whereOption,
} from '../shared-options.js';

export const runCommand = ({ effects, finish }: CommandContext) =>
  new Command('run')
    .description('check the data: measure every rule and report what fails')
    .addArgument(rulesArgument())
    .addOption(dbOption())
    .addOption(warehouseOption())
    .addOption(connectionOption())
    .addOption(llmOption())
    .addOption(noLlmOption())
    .addOption(llmModelOption())
    .addOption(maxCostOption())
    .addOption(outputJsonOption())
    .addOption(reportFormatOption())
    .addOption(selectOption())
    .addOption(whereOption())
    .addOption(draftsOption())
    .addOption(failOnOption())
    .addOption(concurrencyOption())
    .addOption(timeoutOption())
    .addOption(maxBytesOption())
    .addOption(nowOption())
    .addOption(sampleRowsOption())
    .addOption(samplesOption())
    .option('--lineage <file|url>', 'source of lineage; may be repeated', repeated)
    .option('--openlineage <file|url>', 'tell others of the run as OpenLineage events', present)
    .addOption(
      new Option('--notify-on <occasion>', 'which runs the notification targets of aegis.yaml are told of').choices(
        notifyOccasions,
      ),
    )
    .option('--resume <run>', 'continue a run that was stopped', present)
    .addOption(historyOption())
    .addOption(quietOption())
    .addOption(noColorOption())
    .addHelpText(
      'after',
      `${examples(
        'aegis run rules/ --db shop.duckdb',
        'aegis run rules/orders.yaml --select revenue --fail-on high',
        'aegis run rules/ --warehouse prod --where "order_date >= date \'2026-01-01\'"',
        'aegis run rules/ --format junit --quiet > report.xml',
      )}\n\nExit codes: 0 passed, 1 rules failed, 2 usage or configuration, 3 incomplete.`,
    )
    .action(async (rules, options) => {
      const { runRun } = await import('./run.js');
      finish(await runRun({ rules, ...options }, effects));
    });

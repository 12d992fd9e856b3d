import { notifyOccasions, reportFormats, samplePolicies } from '@aegis/project/program';
import { severities } from '@aegis/spec';
import { Command, Option } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';
import { positiveNumber, present, repeated, wholeNumber, words } from '../../option-parsers.js';
import {
  connectionOption,
  dbOption,
  draftsOption,
  historyOption,
  noColorOption,
  nowOption,
  quietOption,
  rulesArgument,
  timeoutOption,
  warehouseOption,
} from '../shared-options.js';

export const runCommand = ({ effects, finish }: CommandContext) =>
  new Command('run')
    .description('check the data: measure every rule and report what fails')
    .addArgument(rulesArgument())
    .addOption(dbOption())
    .addOption(warehouseOption())
    .addOption(connectionOption())
    .option('--llm <provider>', 'language model provider, e.g. ollama')
    .option('--no-llm', 'use no language model, whatever is configured')
    .option('--llm-model <model>', 'model of the provider')
    .option('--max-cost-usd <amount>', 'stop calling the model before it costs more', positiveNumber)
    .option('--output-json <file>', 'write the report to a file as JSON', present)
    .addOption(new Option('--format <format>', 'what to print').choices(reportFormats).default('terminal' as const))
    .option('--select <id|tag|table>', 'only rules of this id, tag or table; may be repeated', words)
    .option('--where <expression>', 'only rows for which this SQL holds')
    .addOption(draftsOption())
    .addOption(new Option('--fail-on <severity>', 'failures below it do not fail the run').choices(severities))
    .option('--concurrency <n>', 'tables at once (default: 4)', wholeNumber(1))
    .addOption(timeoutOption())
    .option('--max-bytes <n>', 'do not start a run that would read more', wholeNumber(0))
    .addOption(nowOption())
    .option('--sample-rows <n>', 'most sample rows of a failing rule (default: 5)', wholeNumber(0))
    .addOption(
      new Option('--samples <policy>', 'sample rows: none, masked, or raw on the terminal').choices(samplePolicies),
    )
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

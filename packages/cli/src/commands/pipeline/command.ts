import { Argument, Command } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';
import { present, repeated } from '../../option-parsers.js';
import { connectionOption, dbOption, historyOption, timeoutOption, warehouseOption } from '../shared-options.js';

export const pipelineCommand = (context: CommandContext) =>
  new Command('pipeline')
    .description('run SQL that makes tables, and record what it does')
    .addCommand(pipelineRunCommand(context));

const pipelineRunCommand = ({ effects, finish }: CommandContext) =>
  new Command('run')
    .description(
      'run SQL files in order, stop at the first failure, and record every statement with its column lineage',
    )
    .addArgument(
      new Argument('<files...>', 'SQL files, or folders whose SQL files run in the order of their names').argParser(
        repeated,
      ),
    )
    .addOption(dbOption())
    .addOption(warehouseOption())
    .addOption(connectionOption())
    .option('--user <name>', 'who runs it, for the record; default: the user of the system', present)
    .addOption(timeoutOption())
    .addOption(historyOption())
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      examples(
        'aegis pipeline run steps/ --db shop.duckdb',
        'aegis pipeline run 01_load.sql 02_build.sql --warehouse main',
      ),
    )
    .action(async (files, options) => {
      const { runPipelineCommand } = await import('./run-pipeline.js');
      finish(await runPipelineCommand({ files, ...options }, effects));
    });

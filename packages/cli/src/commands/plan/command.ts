import { Command } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';
import {
  connectionOption,
  dbOption,
  draftsOption,
  nowOption,
  rulesArgument,
  selectOption,
  timeoutOption,
  warehouseOption,
  whereOption,
} from '../shared-options.js';

export const planCommand = ({ effects, finish }: CommandContext) =>
  new Command('plan')
    .description('show the statements that a run would send; describes tables, scans nothing')
    .addArgument(rulesArgument())
    .addOption(dbOption())
    .addOption(warehouseOption())
    .addOption(connectionOption())
    .addOption(selectOption())
    .addOption(whereOption())
    .addOption(draftsOption())
    .addOption(nowOption())
    .addOption(timeoutOption())
    .option('--json', 'as JSON')
    .addHelpText('after', examples('aegis plan rules/ --db shop.duckdb', 'aegis plan rules/ --json'))
    .action(async (rules, options) => {
      const { runPlan } = await import('./plan.js');
      finish(await runPlan({ rules, ...options }, effects));
    });

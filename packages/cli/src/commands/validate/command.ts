import { Command } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';
import { connectionOption, dbOption, quietOption, rulesArgument, warehouseOption } from '../shared-options.js';

export const validateCommand = ({ effects, finish }: CommandContext) =>
  new Command('validate')
    .description('check rules files; with a warehouse named, their tables and columns too')
    .addArgument(rulesArgument())
    .addOption(dbOption())
    .addOption(warehouseOption())
    .addOption(connectionOption())
    .option('--check-sql', 'also let the warehouse prepare every statement, without running any')
    .addOption(quietOption())
    .addHelpText('after', examples('aegis validate rules/', 'aegis validate rules/ --db shop.duckdb --check-sql'))
    .action(async (rules, options) => {
      const { runValidate } = await import('./validate.js');
      finish(await runValidate({ rules, ...options }, effects));
    });

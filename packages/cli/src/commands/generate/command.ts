import { Command } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';
import { positiveNumber, repeated, wholeNumber } from '../../option-parsers.js';
import {
  connectionOption,
  dbOption,
  historyOption,
  quietOption,
  timeoutOption,
  warehouseOption,
} from '../shared-options.js';

export const generateCommand = ({ effects, finish }: CommandContext) =>
  new Command('generate')
    .description('draft rules for a table from its data and, with a model, from business documents')
    .argument('<table>', 'a table, or a data file')
    .option('--kb <file>', 'business document as text or Markdown; may be repeated', repeated)
    .option('--max-rules <n>', 'most rules to draft', wholeNumber(1), 20)
    .option('--output <file>', 'write the rules to a file')
    .option('--force', 'replace the file if it exists')
    .option('--rules <path>', 'rules not to repeat; may be repeated (default: the folder rules)', repeated)
    .option('--owner <name>', 'who is asked when a rule fails', 'data-team')
    .addOption(dbOption())
    .addOption(warehouseOption())
    .addOption(connectionOption())
    .option('--llm <provider>', 'language model provider, e.g. ollama')
    .option('--no-llm', 'use no language model, whatever is configured')
    .option('--llm-model <model>', 'model of the provider')
    .option('--max-cost-usd <amount>', 'stop calling the model before it costs more', positiveNumber)
    .addOption(timeoutOption())
    .addOption(historyOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      `${examples(
        'aegis generate data/orders.csv --output rules/orders.yaml',
        'aegis generate orders --db shop.duckdb --no-llm --max-rules 10',
        'aegis generate orders --warehouse prod --llm anthropic --kb policies.md --kb glossary.md',
      )}

Exit codes: 0 drafted, 2 usage or configuration, 3 the model left questions unanswered.`,
    )
    .action(async (table, options) => {
      const { runGenerate } = await import('./generate.js');
      finish(await runGenerate({ table, ...options }, effects));
    });

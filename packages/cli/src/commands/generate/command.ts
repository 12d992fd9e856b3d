import { Command } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';
import { repeated, wholeNumber } from '../../option-parsers.js';
import {
  connectionOption,
  dbOption,
  forceOption,
  historyOption,
  llmModelOption,
  llmOption,
  maxCostOption,
  noLlmOption,
  quietOption,
  rulesOutputOption,
  timeoutOption,
  warehouseOption,
} from '../shared-options.js';

export const generateCommand = ({ effects, finish }: CommandContext) =>
  new Command('generate')
    .description('draft rules for a table from its data and, with a model, from business documents')
    .argument('<table>', 'a table, or a data file')
    .option('--kb <file>', 'business document as text or Markdown; may be repeated', repeated)
    .option('--max-rules <n>', 'most rules to draft', wholeNumber(1), 20)
    .addOption(rulesOutputOption())
    .addOption(forceOption())
    .option('--rules <path>', 'rules not to repeat; may be repeated (default: the folder rules)', repeated)
    .option('--owner <name>', 'who is asked when a rule fails', 'data-team')
    .addOption(dbOption())
    .addOption(warehouseOption())
    .addOption(connectionOption())
    .addOption(llmOption())
    .addOption(noLlmOption())
    .addOption(llmModelOption())
    .addOption(maxCostOption())
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

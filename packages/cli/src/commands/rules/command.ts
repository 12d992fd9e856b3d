import { Command } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';

export const rulesCommand = (context: CommandContext) =>
  new Command('rules')
    .description('the rule types and their format')
    .addCommand(listCommand(context))
    .addCommand(showCommand(context))
    .addCommand(schemaCommand(context))
    .addHelpText('after', examples('aegis rules list', 'aegis rules show unique'));

const listCommand = ({ effects, finish }: CommandContext) =>
  new Command('list')
    .description('list the rule types')
    .option('--category <category>', 'only types of this category')
    .option('--json', 'as JSON')
    .addHelpText('after', examples('aegis rules list --category uniqueness', 'aegis rules list --json'))
    .action(async (options) => {
      const { runRulesList } = await import('./list.js');
      finish(await runRulesList(options, effects));
    });

const showCommand = ({ effects, finish }: CommandContext) =>
  new Command('show')
    .description('explain a rule type, with its parameters and an example')
    .argument('<type>', 'rule type, e.g. unique')
    .addHelpText('after', examples('aegis rules show freshness'))
    .action(async (type) => {
      const { runRulesShow } = await import('./show.js');
      finish(await runRulesShow({ type }, effects));
    });

const schemaCommand = ({ effects, finish }: CommandContext) =>
  new Command('schema')
    .description('print the JSON Schema of rules files, for editors')
    .addHelpText('after', examples('aegis rules schema > rules.schema.json'))
    .action(async () => {
      const { runRulesSchema } = await import('./schema.js');
      finish(await runRulesSchema({}, effects));
    });

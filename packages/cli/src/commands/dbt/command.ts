import { Command } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';
import { present } from '../../option-parsers.js';
import { forceOption, historyOption, quietOption, rulesOutputOption, syncOption } from '../shared-options.js';

export const dbtCommand = (context: CommandContext) =>
  new Command('dbt')
    .description('rules from the tests of a dbt project, and results in the form of dbt')
    .addCommand(generateCommand(context))
    .addCommand(resultsCommand(context))
    .addHelpText('after', examples('aegis dbt generate target/manifest.json --output rules/dbt.yaml'));

const generateCommand = ({ effects, finish }: CommandContext) =>
  new Command('generate')
    .description('write a rule for every test, source freshness and contract of a dbt project')
    .argument('[manifest]', 'manifest.json of the project (default: the one in its target folder)')
    .option('--project <dir>', 'folder of dbt_project.yml, for its manifest and its warehouse', present)
    .addOption(rulesOutputOption())
    .addOption(syncOption())
    .addOption(forceOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      `${examples(
        'aegis dbt generate target/manifest.json --output rules/dbt.yaml',
        'aegis dbt generate --project . --output rules/dbt.yaml --sync',
      )}

Exit codes: 0 written, 2 usage or configuration. What was not converted is listed with its reason.`,
    )
    .action(async (manifest, options) => {
      const { runDbtGenerate } = await import('./generate.js');
      finish(await runDbtGenerate({ manifest, ...options }, effects));
    });

const resultsCommand = ({ effects, finish }: CommandContext) =>
  new Command('results')
    .description('write the results of a run as run_results.json of dbt')
    .argument('[run]', 'id of the run or its beginning, or a report file (default: the latest run)')
    .requiredOption('--manifest <file>', 'manifest.json that the rules were made from', present)
    .option('--output <file>', 'write to a file, e.g. target/run_results.json', present)
    .addOption(historyOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      examples('aegis dbt results --manifest target/manifest.json --output target/run_results.json'),
    )
    .action(async (run, options) => {
      const { runDbtResults } = await import('./results.js');
      finish(await runDbtResults({ run, ...options }, effects));
    });

import { Command, Option } from '@commander-js/extra-typings';
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
import { lineageFormats } from './formats.js';

export const lineageCommand = (context: CommandContext) =>
  new Command('lineage')
    .description('the lineage graph: what tables are made from, and what is made from them')
    .addCommand(showCommand(context))
    .addCommand(upstreamCommand(context))
    .addCommand(downstreamCommand(context))
    .addCommand(impactCommand(context))
    .addCommand(explainCommand(context))
    .addCommand(debugCommand(context))
    .addHelpText(
      'after',
      examples('aegis lineage show --lineage target/manifest.json', 'aegis lineage impact orders.amount'),
    );

const lineageOption = () =>
  new Option('--lineage <file|url>', 'source of lineage; may be repeated (default: those of aegis.yaml)').argParser(
    repeated,
  );

const depthOption = () => new Option('--depth <n>', 'most operations in between').argParser(wholeNumber(1));

const formatOption = () =>
  new Option('--format <format>', 'what to print').choices(lineageFormats).default('tree' as const);

const jsonOption = () => new Option('--json', 'the answer as JSON; --format json gives the part of the graph');

const showCommand = ({ effects, finish }: CommandContext) =>
  new Command('show')
    .description('show what lineage knows of a table, or of all of them')
    .argument('[table]', 'as rules and sources name it (default: all tables)')
    .addOption(lineageOption())
    .addOption(warehouseOption())
    .addOption(formatOption())
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      examples('aegis lineage show orders', 'aegis lineage show --lineage etl/ --format mermaid > lineage.mmd'),
    )
    .action(async (table, options) => {
      const { runShow } = await import('./show.js');
      finish(await runShow({ table, ...options }, effects));
    });

const upstreamCommand = ({ effects, finish }: CommandContext) =>
  new Command('upstream')
    .description('show what a table is made from')
    .argument('<table>', 'as rules and sources name it')
    .addOption(lineageOption())
    .addOption(warehouseOption())
    .addOption(depthOption())
    .addOption(formatOption())
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      examples('aegis lineage upstream orders --depth 2', 'aegis lineage upstream orders --format dot'),
    )
    .action(async (table, options) => {
      const { runWalk } = await import('./walk.js');
      finish(await runWalk({ table, direction: 'upstream', ...options }, effects));
    });

const downstreamCommand = ({ effects, finish }: CommandContext) =>
  new Command('downstream')
    .description('show what is made from a table')
    .argument('<table>', 'as rules and sources name it')
    .addOption(lineageOption())
    .addOption(warehouseOption())
    .addOption(depthOption())
    .addOption(formatOption())
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText('after', examples('aegis lineage downstream raw.orders', 'aegis lineage downstream raw.orders --json'))
    .action(async (table, options) => {
      const { runWalk } = await import('./walk.js');
      finish(await runWalk({ table, direction: 'downstream', ...options }, effects));
    });

const impactCommand = ({ effects, finish }: CommandContext) =>
  new Command('impact')
    .description('list what a change of a table or of one column reaches')
    .argument('<table[.column]>', 'a table, or a column of one')
    .addOption(lineageOption())
    .addOption(warehouseOption())
    .addOption(depthOption())
    .addOption(formatOption())
    .addOption(jsonOption())
    .addOption(quietOption())
    .addHelpText('after', examples('aegis lineage impact orders', 'aegis lineage impact orders.amount --json'))
    .action(async (target, options) => {
      const { runImpact } = await import('./impact.js');
      finish(await runImpact({ target, ...options }, effects));
    });

const providerOption = () =>
  new Option('--llm <provider>', 'language model provider (default: AEGIS_AI_MODEL, aegis.yaml, then ollama)');

const modelOption = () => new Option('--llm-model <model>', 'model of the provider');

const costOption = () =>
  new Option('--max-cost-usd <amount>', 'stop calling the model before it costs more').argParser(positiveNumber);

const explainCommand = ({ effects, finish }: CommandContext) =>
  new Command('explain')
    .description('have a language model explain how a table is made, from lineage alone: it is sent no data')
    .argument('<table>', 'as rules and sources name it')
    .argument('[question]', 'what to explain (default: how the table is made)')
    .addOption(lineageOption())
    .addOption(warehouseOption())
    .addOption(providerOption())
    .addOption(modelOption())
    .addOption(costOption())
    .addOption(historyOption())
    .option('--json', 'the answer as JSON')
    .addOption(quietOption())
    .addHelpText(
      'after',
      `${examples(
        'aegis lineage explain orders --lineage target/manifest.json',
        'aegis lineage explain revenue "Which rows are left out?" --llm anthropic',
      )}

Needs @aegis/lineage-ai. Exit codes: 0 answered, 2 usage or configuration, 3 no whole answer.`,
    )
    .action(async (table, question, options) => {
      const { runExplain } = await import('./explain.js');
      finish(await runExplain({ table, question, ...options }, effects));
    });

const debugCommand = ({ effects, finish }: CommandContext) =>
  new Command('debug')
    .description(
      'have a language model find out why a table is wrong: it looks at lineage and, with values masked, at data',
    )
    .argument('<table>', 'as rules and sources name it')
    .argument('<question>', 'what is wrong with it')
    .option('--max-iterations <n>', 'rounds of looking before it has to answer', wholeNumber(1), 10)
    .addOption(lineageOption())
    .addOption(dbOption())
    .addOption(warehouseOption())
    .addOption(connectionOption())
    .addOption(providerOption())
    .addOption(modelOption())
    .addOption(costOption())
    .addOption(timeoutOption())
    .addOption(historyOption())
    .option('--json', 'the answer with claims and evidence as JSON')
    .addOption(quietOption())
    .addHelpText(
      'after',
      `${examples(
        'aegis lineage debug revenue "Why is it a hundred times too high?" --db shop.duckdb',
        'aegis lineage debug orders "Why are there fewer than yesterday?" --max-iterations 20 --json',
      )}

Needs @aegis/lineage-ai. Exit codes: 0 answered, 2 usage or configuration, 3 the model or its budget gave out.`,
    )
    .action(async (table, question, options) => {
      const { runDebug } = await import('./debug.js');
      finish(await runDebug({ table, question, ...options }, effects));
    });

import { Command, Option } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';
import { repeated, wholeNumber } from '../../option-parsers.js';
import { quietOption, warehouseOption } from '../shared-options.js';
import { lineageFormats } from './formats.js';

export const lineageCommand = (context: CommandContext) =>
  new Command('lineage')
    .description('the lineage graph: what tables are made from, and what is made from them')
    .addCommand(showCommand(context))
    .addCommand(upstreamCommand(context))
    .addCommand(downstreamCommand(context))
    .addCommand(impactCommand(context))
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

import { Argument, Command, Option } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';
import { present } from '../../option-parsers.js';
import {
  concurrencyOption,
  connectionOption,
  dbOption,
  failOnOption,
  forceOption,
  historyOption,
  llmModelOption,
  llmOption,
  maxBytesOption,
  maxCostOption,
  noColorOption,
  noLlmOption,
  nowOption,
  outputJsonOption,
  quietOption,
  reportFormatOption,
  rulesArgument,
  rulesOutputOption,
  sampleRowsOption,
  samplesOption,
  selectOption,
  syncOption,
  timeoutOption,
  warehouseOption,
} from '../shared-options.js';

export const contractCommand = (context: CommandContext) =>
  new Command('contract')
    .description('data contracts (ODCS): rules from them, rules as one, and data held against one')
    .addCommand(importCommand(context))
    .addCommand(exportCommand(context))
    .addCommand(checkCommand(context))
    .addHelpText('after', examples('aegis contract check orders.odcs.yaml --db shop.duckdb'));

const checksArgument = () =>
  new Argument('<file>', 'contract (ODCS), checks (SodaCL) or suite (Great Expectations)').argParser(present);

const formatOption = () =>
  new Option('--from <format>', 'what the file is; by default its structure says it').choices([
    'odcs',
    'soda',
    'great-expectations',
  ]);

const serverOption = () =>
  new Option('--server <name>', 'server of the contract that the tables lie in').argParser(present);

const suiteTableOption = () =>
  new Option('--table <table>', 'table that a suite of Great Expectations is about').argParser(present);

const importCommand = ({ effects, finish }: CommandContext) =>
  new Command('import')
    .description('write a rule for every promise of a data contract, or check of Soda or Great Expectations')
    .addArgument(checksArgument())
    .addOption(formatOption())
    .addOption(serverOption())
    .addOption(suiteTableOption())
    .addOption(rulesOutputOption())
    .addOption(syncOption())
    .addOption(forceOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      `${examples(
        'aegis contract import orders.odcs.yaml --output rules/orders.yaml',
        'aegis contract import orders.odcs.yaml --output rules/orders.yaml --sync',
        'aegis contract import checks.yml --from soda',
        'aegis contract import suite.json --table orders --output rules/orders.yaml',
      )}

Exit codes: 0 written, 2 usage or configuration. What was not converted is listed with its reason.`,
    )
    .action(async (file, options) => {
      const { runContractImport } = await import('./import.js');
      finish(await runContractImport({ file, ...options }, effects));
    });

const exportCommand = ({ effects, finish }: CommandContext) =>
  new Command('export')
    .description('write rules as a data contract; with a warehouse named, with the columns and types of their tables')
    .addArgument(rulesArgument())
    .addOption(dbOption())
    .addOption(warehouseOption())
    .addOption(connectionOption())
    .addOption(selectOption())
    .option('--id <id>', 'id of the contract (default: the name of the project)', present)
    .option('--name <name>', 'name of the contract', present)
    .option('--contract-version <version>', 'version of the contract (default: 1.0.0)', present)
    .option('--status <status>', 'proposed, draft, active, deprecated or retired (default: draft)', present)
    .option('--output <file>', 'write the contract to a file', present)
    .addOption(forceOption())
    .addOption(quietOption())
    .addHelpText(
      'after',
      examples(
        'aegis contract export rules/ --db shop.duckdb --output orders.odcs.yaml',
        'aegis contract export rules/',
      ),
    )
    .action(async (rules, options) => {
      const { runContractExport } = await import('./export.js');
      finish(await runContractExport({ rules, ...options }, effects));
    });

const checkCommand = ({ effects, finish }: CommandContext) =>
  new Command('check')
    .description('hold data against a contract: its columns and types, and everything it promises of the values')
    .addArgument(checksArgument())
    .addOption(formatOption())
    .addOption(serverOption())
    .addOption(suiteTableOption())
    .option('--strict', 'columns that the contract does not know fail it')
    .addOption(dbOption())
    .addOption(warehouseOption())
    .addOption(connectionOption())
    .addOption(llmOption())
    .addOption(noLlmOption())
    .addOption(llmModelOption())
    .addOption(maxCostOption())
    .addOption(outputJsonOption())
    .addOption(reportFormatOption())
    .addOption(selectOption('promises'))
    .addOption(failOnOption())
    .addOption(concurrencyOption())
    .addOption(timeoutOption())
    .addOption(maxBytesOption())
    .addOption(nowOption())
    .addOption(sampleRowsOption())
    .addOption(samplesOption())
    .addOption(historyOption())
    .addOption(quietOption())
    .addOption(noColorOption())
    .addHelpText(
      'after',
      `${examples(
        'aegis contract check orders.odcs.yaml --db shop.duckdb',
        'aegis contract check orders.odcs.yaml --server prod --warehouse prod --strict',
      )}

Exit codes: 0 kept, 1 broken, 2 usage or configuration, 3 incomplete.`,
    )
    .action(async (file, options) => {
      const { runContractCheck } = await import('./check.js');
      finish(await runContractCheck({ file, ...options }, effects));
    });

import { reportFormats, samplePolicies } from '@aegis/project/program';
import { severities } from '@aegis/spec';
import { Command, Option } from '@commander-js/extra-typings';
import { type CommandContext, examples } from '../../command-context.js';
import { positiveNumber, present, wholeNumber, words } from '../../option-parsers.js';
import {
  connectionOption,
  dbOption,
  historyOption,
  noColorOption,
  nowOption,
  quietOption,
  rulesArgument,
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

const formatOption = () =>
  new Option('--from <format>', 'what the file is; by default its structure says it').choices([
    'odcs',
    'soda',
    'great-expectations',
  ]);

const serverOption = () =>
  new Option('--server <name>', 'server of the contract that the tables lie in').argParser(present);

const importCommand = ({ effects, finish }: CommandContext) =>
  new Command('import')
    .description('write a rule for every promise of a data contract, or check of Soda or Great Expectations')
    .argument('<file>', 'contract (ODCS), checks (SodaCL) or suite (Great Expectations)', present)
    .addOption(formatOption())
    .addOption(serverOption())
    .option('--table <table>', 'table that a suite of Great Expectations is about', present)
    .option('--output <file>', 'write the rules to a file', present)
    .option('--sync', 'update the file: rules that were edited, and comments, stay')
    .option('--force', 'replace the file if it exists')
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
    .option('--select <id|tag|table>', 'only rules of this id, tag or table; may be repeated', words)
    .option('--id <id>', 'id of the contract (default: the name of the project)', present)
    .option('--name <name>', 'name of the contract', present)
    .option('--contract-version <version>', 'version of the contract (default: 1.0.0)', present)
    .option('--status <status>', 'proposed, draft, active, deprecated or retired (default: draft)', present)
    .option('--output <file>', 'write the contract to a file', present)
    .option('--force', 'replace the file if it exists')
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
    .argument('<file>', 'contract (ODCS), checks (SodaCL) or suite (Great Expectations)', present)
    .addOption(formatOption())
    .addOption(serverOption())
    .option('--table <table>', 'table that a suite of Great Expectations is about', present)
    .option('--strict', 'columns that the contract does not know fail it')
    .addOption(dbOption())
    .addOption(warehouseOption())
    .addOption(connectionOption())
    .option('--llm <provider>', 'language model provider, e.g. ollama')
    .option('--no-llm', 'use no language model, whatever is configured')
    .option('--llm-model <model>', 'model of the provider')
    .option('--max-cost-usd <amount>', 'stop calling the model before it costs more', positiveNumber)
    .option('--output-json <file>', 'write the report to a file as JSON', present)
    .addOption(new Option('--format <format>', 'what to print').choices(reportFormats).default('terminal' as const))
    .option('--select <id|tag|table>', 'only promises of this id, tag or table; may be repeated', words)
    .addOption(new Option('--fail-on <severity>', 'failures below it do not fail the run').choices(severities))
    .option('--concurrency <n>', 'tables at once (default: 4)', wholeNumber(1))
    .addOption(timeoutOption())
    .option('--max-bytes <n>', 'do not start a run that would read more', wholeNumber(0))
    .addOption(nowOption())
    .option('--sample-rows <n>', 'most sample rows of a failing rule (default: 5)', wholeNumber(0))
    .addOption(
      new Option('--samples <policy>', 'sample rows: none, masked, or raw on the terminal').choices(samplePolicies),
    )
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

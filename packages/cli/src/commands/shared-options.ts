import { reportFormats, samplePolicies } from '@aegis/project/program';
import { severities } from '@aegis/spec';
import { Argument, Option } from '@commander-js/extra-typings';
import { assignment, instant, positiveNumber, present, repeated, wholeNumber, words } from '../option-parsers.js';

/** Flags that several commands have, so that they read the same everywhere. */
export const rulesArgument = () => new Argument('<rules...>', 'rules files, folders or patterns').argParser(repeated);

export const dbOption = () => new Option('--db <path>', 'DuckDB database file').argParser(present);

export const warehouseOption = () =>
  new Option('--warehouse <name>', 'a name from aegis.yaml, or a warehouse type').argParser(present);

export const connectionOption = () =>
  new Option('--connection <key=value>', 'option of the warehouse; may be repeated').argParser(assignment);

export const llmOption = () => new Option('--llm <provider>', 'language model provider, e.g. ollama');

export const noLlmOption = () => new Option('--no-llm', 'use no language model, whatever is configured');

export const llmModelOption = () => new Option('--llm-model <model>', 'model of the provider');

export const maxCostOption = () =>
  new Option('--max-cost-usd <amount>', 'stop calling the model before it costs more').argParser(positiveNumber);

export const outputJsonOption = () =>
  new Option('--output-json <file>', 'write the report to a file as JSON').argParser(present);

export const reportFormatOption = () =>
  new Option('--format <format>', 'what to print').choices(reportFormats).default('terminal' as const);

export const selectOption = (what: 'rules' | 'promises' = 'rules') =>
  new Option('--select <id|tag|table>', `only ${what} of this id, tag or table; may be repeated`).argParser(words);

export const whereOption = () => new Option('--where <expression>', 'only rows for which this SQL holds');

export const draftsOption = () => new Option('--include-drafts', 'also rules of status draft');

export const failOnOption = () =>
  new Option('--fail-on <severity>', 'failures below it do not fail the run').choices(severities);

export const concurrencyOption = () =>
  new Option('--concurrency <n>', 'tables at once (default: 4)').argParser(wholeNumber(1));

export const maxBytesOption = () =>
  new Option('--max-bytes <n>', 'do not start a run that would read more').argParser(wholeNumber(0));

export const nowOption = () =>
  new Option('--now <timestamp>', 'the clock that date rules are judged by').argParser(instant);

export const timeoutOption = () =>
  new Option('--timeout <seconds>', 'end a statement that takes longer').argParser(positiveNumber);

export const sampleRowsOption = () =>
  new Option('--sample-rows <n>', 'most sample rows of a failing rule (default: 5)').argParser(wholeNumber(0));

export const samplesOption = () =>
  new Option('--samples <policy>', 'sample rows: none, masked, or raw on the terminal').choices(samplePolicies);

export const rulesOutputOption = () => new Option('--output <file>', 'write the rules to a file').argParser(present);

export const syncOption = () => new Option('--sync', 'update the file: rules that were edited, and comments, stay');

export const forceOption = () => new Option('--force', 'replace the file if it exists');

export const historyOption = () => new Option('--history <path>', 'file of the audit trail').argParser(present);

export const quietOption = () => new Option('-q, --quiet', 'no progress and no notes');

export const noColorOption = () => new Option('--no-color', 'no colours, also on a terminal');

/** Seconds as people write them, in the unit of the contracts. */
export const timeoutMs = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : Math.ceil(seconds * 1000);

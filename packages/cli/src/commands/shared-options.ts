import { Argument, Option } from '@commander-js/extra-typings';
import { assignment, instant, positiveNumber, present, repeated } from '../option-parsers.js';

/** Flags that several commands have, so that they read the same everywhere. */
export const rulesArgument = () => new Argument('<rules...>', 'rules files, folders or patterns').argParser(repeated);

export const dbOption = () => new Option('--db <path>', 'DuckDB database file').argParser(present);

export const warehouseOption = () =>
  new Option('--warehouse <name>', 'a name from aegis.yaml, or a warehouse type').argParser(present);

export const connectionOption = () =>
  new Option('--connection <key=value>', 'option of the warehouse; may be repeated').argParser(assignment);

export const draftsOption = () => new Option('--include-drafts', 'also rules of status draft');

export const nowOption = () =>
  new Option('--now <timestamp>', 'the clock that date rules are judged by').argParser(instant);

export const timeoutOption = () =>
  new Option('--timeout <seconds>', 'end a statement that takes longer').argParser(positiveNumber);

export const historyOption = () => new Option('--history <path>', 'file of the audit trail').argParser(present);

export const quietOption = () => new Option('-q, --quiet', 'no progress and no notes');

export const noColorOption = () => new Option('--no-color', 'no colours, also on a terminal');

/** Seconds as people write them, in the unit of the contracts. */
export const timeoutMs = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : Math.ceil(seconds * 1000);

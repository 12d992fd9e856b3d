import { parseArgs } from 'node:util';

export const storages = ['native', 'parquet'] as const;
export const states = ['passing', 'failing'] as const;

/** How the table is kept: in a DuckDB database file, or as a Parquet file. */
export type Storage = (typeof storages)[number];

/** Whether the data satisfies all thirty rules, or ten of them find something. */
export type State = (typeof states)[number];

export interface BenchOptions {
  /** Rows of the measured table, one pass for each. */
  readonly sizes: readonly number[];
  readonly storages: readonly Storage[];
  readonly states: readonly State[];
  /** Rounds: in each, every contender runs once. */
  readonly runs: number;
  /** Whether the command's own times are measured too. */
  readonly command: boolean;
  /** File that the figures are written to; relative to the bench folder. */
  readonly output: string;
}

export const usage = `pnpm bench [--size MILLIONS]... [--storage native|parquet]... [--data passing|failing]... [--runs N]
           [--skip-command] [--output FILE] [--quick]

--size      millions of rows: 1, 5 and 10 by default; fractions are fine
--runs      rounds of all contenders, 5 by default; the figures are medians over them
--quick     100,000 rows, one round, without the command: a check that everything still runs
--output    where the JSON goes, results/latest.json by default`;

const defaults = { sizes: [1, 5, 10], runs: 5, output: 'results/latest.json' };
const quick = { sizes: [0.1], runs: 1, output: 'results/quick.local.json' };

/** @throws Error naming the flag that is wrong. */
export const readOptions = (argv: readonly string[]): BenchOptions => {
  const { values } = parseArgs({
    args: argv.filter((argument) => argument !== '--'),
    options: {
      size: { type: 'string', multiple: true },
      storage: { type: 'string', multiple: true },
      data: { type: 'string', multiple: true },
      runs: { type: 'string' },
      output: { type: 'string' },
      quick: { type: 'boolean', default: false },
      'skip-command': { type: 'boolean', default: false },
    },
  });
  const chosen = values.quick ? quick : defaults;
  return {
    sizes: (values.size?.map((text) => positive('--size', text)) ?? chosen.sizes).map((millions) =>
      Math.round(millions * 1e6),
    ),
    storages: values.storage?.map((text) => oneOf('--storage', storages, text)) ?? storages,
    states: values.data?.map((text) => oneOf('--data', states, text)) ?? states,
    runs: Math.ceil(values.runs === undefined ? chosen.runs : positive('--runs', values.runs)),
    command: !values.quick && !values['skip-command'],
    output: values.output ?? chosen.output,
  };
};

const positive = (flag: string, text: string): number => {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${flag} wants a number above 0, not "${text}"`);
  return value;
};

const oneOf = <Choice extends string>(flag: string, choices: readonly Choice[], text: string): Choice => {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new Error(`${flag} wants ${choices.join(' or ')}, not "${text}"`);
  return found;
};

import { parseArgs } from 'node:util';
import { type State, states } from '../options.js';

export interface PostgresBenchOptions {
  readonly rows: number;
  readonly states: readonly State[];
  /** Rounds: in each, every contender runs once. One more comes before them, and is not counted. */
  readonly runs: number;
  /** A server on this machine, as a role that may create databases and read files. Default: one of its own. */
  readonly url: string | undefined;
  /** Virtual environments that hold other tools, asked the same rules as whole processes. */
  readonly peers: readonly string[];
  /** Relative to the bench folder. */
  readonly output: string;
}

export const usage = `pnpm bench:postgres [--rows N] [--data passing|failing]... [--runs N] [--url URL] [--peers FOLDER]... [--output FILE]

The thirty rules on PostgreSQL: Aegis, one query a rule, one fused statement by hand, and the same with hashes first on two connections.

--rows      rows of the measured table, 5,000,000 by default
--runs      rounds of all contenders after one that is not counted, 5 by default; the figures are medians
--url       a server on this machine to use in place of one that is started, as a role that may create databases and read files
--peers     virtual environments with great_expectations, soda-core-postgres or dbt-postgres, measured as whole processes beside aegis run
--output    where the JSON goes, results/postgres.json by default`;

/** @throws Error naming the flag that is wrong. */
export const readOptions = (argv: readonly string[]): PostgresBenchOptions => {
  const { values } = parseArgs({
    args: argv.filter((argument) => argument !== '--'),
    options: {
      rows: { type: 'string', default: '5000000' },
      data: { type: 'string', multiple: true, default: [...states] },
      runs: { type: 'string', default: '5' },
      url: { type: 'string' },
      peers: { type: 'string', multiple: true, default: [] },
      output: { type: 'string', default: 'results/postgres.json' },
    },
  });
  return {
    rows: whole('--rows', values.rows),
    states: values.data.map(stateOf),
    runs: whole('--runs', values.runs),
    url: values.url,
    peers: values.peers,
    output: values.output,
  };
};

const whole = (flag: string, text: string): number => {
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isInteger(value) || value < 1) throw new Error(`${flag} wants a whole number above 0, not "${text}"`);
  return value;
};

const stateOf = (text: string): State => {
  const found = states.find((state) => state === text);
  if (found === undefined) throw new Error(`--data wants ${states.join(' or ')}, not "${text}"`);
  return found;
};

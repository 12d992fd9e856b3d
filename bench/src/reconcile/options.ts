import { parseArgs } from 'node:util';

export interface ReconcileBenchOptions {
  /** Keys of each side, one pass for each size. */
  readonly sizes: readonly number[];
  /** Keys that one of the sides lacks, half of them on either, scattered over all. */
  readonly differences: readonly number[];
  /** Rounds: in each, every contender runs once. */
  readonly runs: number;
  /** File that the figures are written to; relative to the bench folder. */
  readonly output: string;
}

export const usage = `pnpm bench:reconcile [--size MILLIONS]... [--differences N]... [--runs N] [--output FILE] [--quick]

Compares the keys of a DuckDB file with those of a PostgreSQL server on this machine: by checksums of buckets, as the rule
reconcile_key_match does, and by reading all keys in order. Bytes are those between PostgreSQL and its client.

--size         millions of keys, 10 by default; fractions are fine
--differences  keys that one side lacks: 0, 10 and 10000 by default
--runs         rounds of both contenders, 1 by default; the figures are medians over them
--quick        100,000 keys: a check that everything still runs
--output       where the JSON goes, results/reconcile.json by default

AEGIS_TEST_POSTGRES_URL names a server to use instead of one of our own.`;

const defaults = { sizes: [10], output: 'results/reconcile.json' };
const quick = { sizes: [0.1], output: 'results/reconcile-quick.local.json' };

/** @throws Error naming the flag that is wrong. */
export const readOptions = (argv: readonly string[]): ReconcileBenchOptions => {
  const { values } = parseArgs({
    args: argv.filter((argument) => argument !== '--'),
    options: {
      size: { type: 'string', multiple: true },
      differences: { type: 'string', multiple: true },
      runs: { type: 'string', default: '1' },
      output: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  });
  const chosen = values.quick ? quick : defaults;
  const millions = values.size?.map((text) => numberOf('--size', text, 1e-6)) ?? chosen.sizes;
  return {
    sizes: millions.map((size) => Math.round(size * 1e6)),
    differences: values.differences?.map((text) => numberOf('--differences', text, 0)) ?? [0, 10, 10_000],
    runs: Math.ceil(numberOf('--runs', values.runs, 1)),
    output: values.output ?? chosen.output,
  };
};

const numberOf = (flag: string, text: string, least: number): number => {
  const value = Number(text);
  if (text.trim() !== '' && value >= least) return value;
  throw new Error(`${flag} wants a number of at least ${least}, not "${text}"`);
};

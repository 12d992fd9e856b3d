import { parseArgs } from 'node:util';
import { type FaultKind, faultKinds, type Place, places } from './faults/fault.js';

/** One fault of one pipeline. */
export interface Chosen {
  readonly kind: FaultKind;
  readonly place: Place;
}

export interface RcaBenchOptions {
  /** One pipeline for each, from 1 to `seeds`, or the one that was asked for. */
  readonly seeds: readonly number[];
  /** `undefined`: every kind, at sources and in transformations by turns. */
  readonly fault: Chosen | undefined;
  /** Pipelines that are only run clean, after the others. */
  readonly cleanSeeds: readonly number[];
  /** Where the database of the fault is kept; relative to the working directory. */
  readonly keep: string | undefined;
  /** Whether runs before the fault keep a baseline of the sources. */
  readonly baseline: 'auto' | 'off';
  /** File that the scores are written to; relative to the bench folder. */
  readonly output: string;
  /** Whether the page about the scores is written from that file, and nothing is run. */
  readonly publish: boolean;
}

export const usage = `pnpm bench:rca [--seeds N] [--clean N] [--output FILE] [--quick] [--no-baseline]
pnpm bench:rca --seed N --fault KIND@PLACE [--keep FILE.duckdb]
pnpm bench:rca --publish [--output FILE]

Breaks generated pipelines in known ways, runs Aegis on them, and scores the root causes that it finds.

--seeds    pipelines that are broken, 35 by default: each in twelve ways
--clean    more pipelines that are only run clean, 5 by default
--seed     one pipeline
--fault    one fault of it, e.g. wrong_unit@source, and everything that was found about it
--keep     keeps the broken database
--no-baseline  without what runs before the fault keep of the sources
--quick    three pipelines: a check that everything still runs
--output   where the JSON goes, results/rca.json by default
--publish  writes docs/explanation/root-cause-scores.md from that JSON, and runs nothing

Kinds: ${faultKinds.join(', ')}.
Places: ${places.join(', ')}.`;

const defaults = { seeds: 35, clean: 5, output: 'results/rca.json' };
const quick = { seeds: 3, clean: 0, output: 'results/rca-quick.local.json' };
const single = { seeds: 0, clean: 0, output: 'results/rca-single.local.json' };

/** @throws Error naming the flag that is wrong. */
export const readOptions = (argv: readonly string[]): RcaBenchOptions => {
  const { values } = parseArgs({
    args: argv.filter((argument) => argument !== '--'),
    options: {
      ...{ seeds: { type: 'string' }, clean: { type: 'string' }, seed: { type: 'string' }, fault: { type: 'string' } },
      ...{ keep: { type: 'string' }, output: { type: 'string' } },
      ...{ 'no-baseline': { type: 'boolean', default: false } },
      ...{ quick: { type: 'boolean', default: false }, publish: { type: 'boolean', default: false } },
    },
  });
  if (values.fault !== undefined && values.seed === undefined) throw new Error('--fault wants --seed beside it');
  if (values.keep !== undefined && values.fault === undefined) throw new Error('--keep wants --fault beside it');
  const baseline = values['no-baseline'] ? 'off' : 'auto';
  const chosen = values.seed === undefined ? (values.quick ? quick : defaults) : single;
  const count = values.seeds === undefined ? chosen.seeds : whole('--seeds', values.seeds, 1);
  const clean = values.clean === undefined ? chosen.clean : whole('--clean', values.clean, 0);
  return {
    seeds: values.seed === undefined ? numbers(1, count) : [whole('--seed', values.seed, 1)],
    fault: values.fault === undefined ? undefined : faultOf(values.fault),
    cleanSeeds: numbers(count + 1, clean),
    ...{
      keep: values.keep,
      output: values.output ?? (baseline === 'off' ? withoutBaseline(chosen.output) : chosen.output),
      publish: values.publish,
      baseline,
    },
  };
};

/** Where scores without a baseline go, beside those with one: they are published together. */
export const withoutBaseline = (file: string): string => file.replace(/\.json$/, '-without-baseline.json');

const numbers = (from: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => from + index);

const whole = (flag: string, text: string, least: number): number => {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= least) return value;
  throw new Error(`${flag} wants a whole number of at least ${least}, not "${text}"`);
};

const faultOf = (text: string): Chosen => {
  const [kindName, placeName = 'source'] = text.split('@');
  const kind = faultKinds.find((each) => each === kindName);
  const place = places.find((each) => each === placeName);
  if (kind && place) return { kind, place };
  throw new Error(
    `--fault wants KIND@PLACE, not "${text}"; kinds: ${faultKinds.join(', ')}; places: ${places.join(', ')}`,
  );
};

import { type Contender, contenders, type Measured } from './contenders/contender.js';
import { forms } from './hand-written.js';
import type { Round } from './measure.js';
import type { State, Storage } from './options.js';
import { median } from './statistics.js';

/** Medians of one contender over all rounds. */
export interface ContenderFigures {
  readonly wall_s: number;
  readonly cpu_s: number;
  /** Resident memory of the whole process. */
  readonly peak_mb: number;
  /** JavaScript heap in use at the end. */
  readonly heap_mb: number;
  readonly statements: number;
}

/** One size in one storage. */
export interface CaseFigures {
  readonly rows: number;
  readonly storage: Storage;
  readonly data: State;
  readonly contenders: { readonly [contender in Contender]: ContenderFigures };
  /** Aegis divided by the best hand-written form of the same round; the median over the rounds. */
  readonly wall_ratio: number;
  readonly cpu_ratio: number;
}

export interface MeasuredCase {
  readonly rows: number;
  readonly storage: Storage;
  readonly data: State;
  readonly rounds: readonly Round[];
}

export const figuresOf = ({ rounds, ...names }: MeasuredCase): CaseFigures => ({
  ...names,
  contenders: Object.fromEntries(
    contenders.map((contender) => [contender, contenderFigures(rounds.map((round) => round[contender]))]),
  ) as CaseFigures['contenders'],
  wall_ratio: ratioToBest(rounds, ({ wallMs }) => wallMs),
  cpu_ratio: ratioToBest(rounds, ({ cpuMs }) => cpuMs),
});

const contenderFigures = (runs: readonly Measured[]): ContenderFigures => ({
  wall_s: rounded(median(runs.map(({ wallMs }) => wallMs / 1000))),
  cpu_s: rounded(median(runs.map(({ cpuMs }) => cpuMs / 1000))),
  peak_mb: Math.round(median(runs.map(({ peakBytes }) => peakBytes / 1e6))),
  heap_mb: Math.round(median(runs.map(({ heapBytes }) => heapBytes / 1e6))),
  statements: median(runs.map(({ statements }) => statements)),
});

const ratioToBest = (rounds: readonly Round[], figure: (measured: Measured) => number): number =>
  rounded(median(rounds.map((round) => figure(round.aegis) / Math.min(...forms.map((form) => figure(round[form]))))));

/** To milliseconds. */
export const rounded = (value: number): number => Math.round(value * 1000) / 1000;

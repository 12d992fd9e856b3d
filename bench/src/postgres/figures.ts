import { rounded } from '../figures.js';
import type { State } from '../options.js';
import { median } from '../statistics.js';
import { type Contender, contenders } from './contenders.js';
import { forms } from './hand-written.js';
import type { Measured, Round } from './measure.js';

/** Medians of one contender over all rounds. */
export interface ContenderFigures {
  readonly wall_s: number;
  readonly server_cpu_s: number;
  readonly client_cpu_s: number;
  readonly statements: number;
}

export interface CaseFigures {
  readonly rows: number;
  readonly data: State;
  readonly contenders: { readonly [contender in Contender]: ContenderFigures };
  /** Aegis divided by the best hand-written form of the same round; the median over the rounds. */
  readonly wall_ratio: number;
  readonly server_cpu_ratio: number;
}

export const figuresOf = (rows: number, data: State, rounds: readonly Round[]): CaseFigures => ({
  rows,
  data,
  contenders: Object.fromEntries(
    contenders.map((contender) => [contender, contenderFigures(rounds.map((round) => round[contender]))]),
  ) as CaseFigures['contenders'],
  wall_ratio: ratioToBest(rounds, ({ wallMs }) => wallMs),
  server_cpu_ratio: ratioToBest(rounds, ({ serverCpuMs }) => serverCpuMs),
});

const contenderFigures = (runs: readonly Measured[]): ContenderFigures => ({
  wall_s: rounded(median(runs.map(({ wallMs }) => wallMs / 1000))),
  server_cpu_s: rounded(median(runs.map(({ serverCpuMs }) => serverCpuMs / 1000))),
  client_cpu_s: rounded(median(runs.map(({ clientCpuMs }) => clientCpuMs / 1000))),
  statements: median(runs.map(({ statements }) => statements)),
});

const ratioToBest = (rounds: readonly Round[], figure: (measured: Measured) => number): number =>
  rounded(median(rounds.map((round) => figure(round.aegis) / Math.min(...forms.map((form) => figure(round[form]))))));

/** The figures as Markdown. */
export const renderCases = (cases: readonly CaseFigures[]): string =>
  [header, header.map(() => '---'), ...cases.flatMap(caseRows)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const header = ['rows', 'data', 'contender', 'wall s', 'server CPU s', 'client CPU s', 'statements', '× best'];

const caseRows = ({ rows, data, contenders: figures, ...ratios }: CaseFigures): readonly (readonly string[])[] =>
  contenders.map((contender) => {
    const { wall_s, server_cpu_s, client_cpu_s, statements } = figures[contender];
    const ratio = contender === 'aegis' ? `**${ratios.wall_ratio}** (CPU ${ratios.server_cpu_ratio})` : '';
    const numbers = [wall_s, server_cpu_s, client_cpu_s, statements].map(String);
    return [`${rows / 1e6} M`, data, contender, ...numbers, ratio];
  });

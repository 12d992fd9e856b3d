import { rounded } from '../figures.js';
import type { State } from '../options.js';
import { median } from '../statistics.js';
import { type Contender, contenders } from './contenders.js';
import { forms } from './hand-written.js';
import type { Measured, Round } from './measure.js';
import type { PeerFigures } from './peers/index.js';

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
  /** Whole processes of other tools, where any were asked. */
  readonly peers: readonly PeerFigures[];
}

export const figuresOf = (rows: number, data: State, rounds: readonly Round[]): Omit<CaseFigures, 'peers'> => ({
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
export const renderCases = (cases: readonly CaseFigures[]): string => {
  const peers = cases.flatMap(peerRows);
  return [tableOf(header, cases.flatMap(caseRows)), ...(peers.length > 0 ? [tableOf(peerHeader, peers)] : [])].join(
    '\n\n',
  );
};

const tableOf = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const peerHeader = ['rows', 'data', 'whole process', 'wall s', 'rules', 'failed', '× aegis run'];

const peerRows = ({ rows, data, peers }: CaseFigures): readonly (readonly string[])[] => {
  const wall = peers.map(({ wall_s }) => median(wall_s));
  return peers.map(({ name, rules, failed }, index) => {
    const seconds = wall[index] ?? Number.NaN;
    const ratio = seconds / (wall[0] ?? Number.NaN);
    return [`${rows / 1e6} M`, data, name, String(rounded(seconds)), String(rules), String(failed), ratio.toFixed(1)];
  });
};

const header = ['rows', 'data', 'contender', 'wall s', 'server CPU s', 'client CPU s', 'statements', '× best'];

const caseRows = ({ rows, data, contenders: figures, ...ratios }: CaseFigures): readonly (readonly string[])[] =>
  contenders.map((contender) => {
    const { wall_s, server_cpu_s, client_cpu_s, statements } = figures[contender];
    const ratio = contender === 'aegis' ? `**${ratios.wall_ratio}** (CPU ${ratios.server_cpu_ratio})` : '';
    const numbers = [wall_s, server_cpu_s, client_cpu_s, statements].map(String);
    return [`${rows / 1e6} M`, data, contender, ...numbers, ratio];
  });

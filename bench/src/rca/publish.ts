import { type Counted, counted } from './counted.js';
import { cleanRuns, costs, type FaultRun, firstHeldOut, type RcaReport, scoresTable, wrongMarks } from './report.js';
import { fullName } from './score/full-name.js';
import { type Stray, strayOf, strays } from './score/stray.js';
import { pipelineOf } from './templates/index.js';
import { whyMissed } from './why-missed.js';

/** Relative to the repository. */
export const pagePath = 'docs/explanation/root-cause-scores.md';

/** The page about a run: all scores, and all that is wrong in them; and the scores of the same faults without a baseline. */
export const scoresPage = (report: RcaReport, without?: RcaReport): string =>
  [
    '# Root cause scores',
    intro(report),
    '## Scores',
    scoresTable(report),
    costs(report),
    cleanRuns(report),
    ...(without ? withoutBaseline(without) : []),
    '## What is missed',
    missesIntro(report.faults),
    straysTable(report.faults),
    kindsTable(report.faults),
    '### One by one',
    missesTable(report.faults),
    '',
  ].join('\n\n');

const intro = ({ faults, clean, measured_at, node, duckdb }: RcaReport): string =>
  `How often Aegis names what was broken, without a model. ${faults.length} faults of 12 kinds were put into generated pipelines, one in a run; ${clean.length} runs were clean. Pipelines from seed ${firstHeldOut} on are held out: nobody looked into them while the analysis was written. What counts as right was fixed before anything was measured, and is written down beside the benchmark, in \`bench/src/rca/README.md\`. This page is generated from the run of ${measured_at.slice(0, 10)} (Node ${node}, DuckDB ${duckdb}) by \`pnpm bench:rca --publish\`; [Root causes](root-cause.md) says how they are found.`;

/** What somebody gets whose runs have no history yet, or whose sources were never seen well. */
const withoutBaseline = (report: RcaReport): readonly string[] => [
  '### Without a baseline',
  `The scores above are of pipelines whose runs of the three days before kept a [baseline](root-cause.md#baselines) of the sources, as every run with lineage and a history does. The faults change what those days had already seen as well as what is new. Without a baseline (\`pnpm bench:rca --no-baseline\`, ${report.measured_at.slice(0, 10)}) the same faults score:`,
  scoresTable(report),
  costs(report),
];

const missesIntro = (faults: readonly FaultRun[]): string => {
  const wrong = faults.filter(({ marks }) => !marks.table).length;
  return `${wrong} of ${faults.length} runs name the wrong table. Where the answer lies instead, seen from the table that was broken:`;
};

const markdown = (header: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const strayIn = ({ seed, truth, answer }: FaultRun): Stray => {
  const pipeline = pipelineOf(seed);
  return strayOf(pipeline, truth.table, answer.dataset && fullName(pipeline, answer.dataset));
};

const why: { readonly [stray in Stray]: string } = {
  'nothing is said':
    'The failing rules measure a table as a whole, and neither the history nor the inputs tell which part moved; or the walk ends where a column is made by an expression that it cannot ask about.',
  'stops downstream of it':
    'An expression, a join or an aggregate on the way hides what is wrong with its inputs: they satisfy everything that can be asked of them.',
  'goes past it, upstream':
    'The inputs of the broken step already look unusual, so that the step is taken for one that hands it on.',
  'is on another branch':
    'Several inputs of one step come into question, and another one fits better; or rules on another branch fail as well and are surer.',
};

const straysTable = (faults: readonly FaultRun[]): string => {
  const wrong = faults.filter(({ marks }) => !marks.table).map(strayIn);
  const rows = strays.map((stray) => [stray, wrong.filter((each) => each === stray).length, why[stray]]);
  return markdown(['the answer', 'runs', 'why'], rows);
};

/** Which faults are missed most. */
const kindsTable = (faults: readonly FaultRun[]): string => {
  const rows = counted(faults, ({ fault }) => fault)
    .map(({ name, runs }: Counted) => [name, runs.length, ...wrongOf(runs)] as const)
    .filter(([, , ...wrong]) => wrong.some((count) => count > 0))
    .sort((left, right) => right[2] - left[2])
    .map((row) => [...row, whyMissed[row[0]] ?? '']);
  return markdown(['fault', 'runs', 'table wrong', 'column wrong', 'kind wrong', 'segment not named', 'why'], rows);
};

const wrongOf = (runs: readonly FaultRun[]) =>
  (['table', 'column', 'kind', 'segment'] as const).map(
    (mark) => runs.filter(({ marks }) => marks[mark] === false).length,
  ) as [number, number, number, number];

const missesTable = (faults: readonly FaultRun[]): string => {
  const missed = faults.filter(({ marks }) => Object.values(marks).includes(false));
  return markdown(
    ['replay: `pnpm bench:rca`', 'broken', 'answer', 'wrong'],
    missed.map((run) => [
      `\`--seed ${run.seed} --fault ${run.fault}\``,
      cell(run.description),
      cell(saidBy(run)),
      wrongMarks(run).join(', '),
    ]),
  );
};

export const saidBy = ({ answer: { kind, dataset, column, agreeing, failing } }: FaultRun): string =>
  dataset === null
    ? `nothing, of ${failing} rules`
    : `${kind} at ${dataset}${column === null ? '' : `.${column}`} (${agreeing} of ${failing} rules)`;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

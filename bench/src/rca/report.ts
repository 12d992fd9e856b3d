import type { BenchReport } from '../report.js';
import { counted } from './counted.js';
import type { FaultKind, Place, Segment } from './faults/fault.js';
import type { Marks, Score } from './score/score.js';

export interface CleanRun {
  readonly seed: number;
  readonly template: string;
  readonly tables: number;
  readonly rules: number;
  /** Rules that fail although nothing is wrong. */
  readonly findings: readonly string[];
  readonly root_causes: number;
}

export interface FaultRun extends Score {
  readonly seed: number;
  readonly template: string;
  /** As `--fault` takes it. */
  readonly fault: string;
  readonly kind: FaultKind;
  readonly place: Place;
  readonly description: string;
  readonly truth: {
    readonly table: string;
    readonly columns: readonly string[];
    readonly segment: Segment | null;
    readonly operation: string | null;
  };
  readonly failing_rules: readonly string[];
  /** Beyond those of the clean run. */
  readonly more_statements: number;
  readonly more_ms: number;
  /** Faults of the kind that were drawn before: no rule failed, or nothing changed. */
  readonly invisible: number;
  readonly ineffective: number;
}

export interface RcaReport extends Pick<BenchReport, 'measured_at' | 'node' | 'duckdb' | 'cores' | 'memory_gb'> {
  readonly schema: 'aegis.dev/bench-rca/v1';
  /** Whether the runs before the fault left a baseline of the sources. */
  readonly baseline: 'auto' | 'off';
  readonly clean: readonly CleanRun[];
  readonly faults: readonly FaultRun[];
  /** Kinds and places of which no rule of the pipeline sees any fault that was drawn: the other place was taken. */
  readonly unseen: readonly { readonly seed: number; readonly kind: string; readonly place: string }[];
}

export const goals: { readonly [mark in keyof Marks]?: number } = { table: 95, column: 90, kind: 85, segment: 90 };

/** Right answers of those that could be, in percent; `null` where there are none. */
export const share = (runs: readonly FaultRun[], mark: keyof Marks): number | null => {
  const judged = runs.filter(({ marks }) => marks[mark] !== null);
  if (judged.length === 0) return null;
  return (100 * judged.filter(({ marks }) => marks[mark] === true).length) / judged.length;
};

/** Pipelines from this seed on are not looked into while the analysis is worked on: what it was fitted to shows as a gap. */
export const firstHeldOut = 34;

const marks = ['table', 'table_in_three', 'column', 'kind', 'segment'] as const;
const header = ['', 'faults', 'table %', 'in three %', 'column %', 'kind %', 'segment %'];

/** All faults, each kind, each place, each template; then what a failure costs, what clean runs find, and what was missed. */
export const renderReport = (report: RcaReport): string =>
  [scoresTable(report), costs(report), cleanRuns(report), ...missed(report)].join('\n\n');

export const scoresTable = ({ faults }: RcaReport): string => {
  const groups = [
    ['all', faults] as const,
    ['held out', faults.filter(({ seed }) => seed >= firstHeldOut)] as const,
    ...grouped(faults, ({ place }) => `in a ${place}`),
    ...grouped(faults, ({ kind }) => kind),
    ...grouped(faults, ({ template }) => `template ${template}`),
  ];
  const goalRow = ['goal', '', ...marks.map((mark) => goals[mark] ?? '')];
  const rows = groups.map(([name, runs]) => [name, runs.length, ...marks.map((mark) => shown(share(runs, mark)))]);
  return [header, header.map(() => '---'), ...rows, goalRow].map((row) => `| ${row.join(' | ')} |`).join('\n');
};

const grouped = (runs: readonly FaultRun[], nameOf: (run: FaultRun) => string) =>
  counted(runs, nameOf).map(({ name, runs: group }) => [name, group] as const);

const shown = (percent: number | null): string => (percent === null ? '–' : percent.toFixed(1));

export const costs = ({ faults }: RcaReport): string => {
  const failures = faults.reduce((sum, { failing_rules }) => sum + failing_rules.length, 0);
  const each = (of: (run: FaultRun) => number) => faults.reduce((sum, run) => sum + of(run), 0) / Math.max(1, failures);
  const statements = each(({ more_statements }) => more_statements).toFixed(1);
  const ms = each(({ more_ms }) => more_ms).toFixed(1);
  const own = each(({ rules_right }) => 100 * rules_right).toFixed(1);
  return `${failures} rules fail in ${faults.length} runs. A failing rule costs ${statements} statements and ${ms} ms beyond the clean run; the cause of ${own} % of them names the right table by itself.`;
};

export const cleanRuns = ({ clean, unseen, faults }: RcaReport): string => {
  const finding = clean.filter(({ findings, root_causes }) => findings.length + root_causes > 0);
  const invisible = faults.reduce((sum, run) => sum + run.invisible, 0);
  return `${finding.length} of ${clean.length} clean runs find something${finding.map(({ seed, findings }) => `; seed ${seed}: ${findings.join(', ')}`).join('')}. ${invisible} faults were drawn that no rule saw, and replaced; of ${unseen.length} kinds and places there was no other.`;
};

const missed = ({ faults }: RcaReport): readonly string[] =>
  faults.filter(({ marks: each }) => Object.values(each).includes(false)).map(missedLine);

export const wrongMarks = ({ marks: each }: FaultRun): readonly string[] =>
  Object.entries(each).flatMap(([mark, isRight]) => (isRight === false ? [mark.replaceAll('_', ' ')] : []));

const missedLine = (run: FaultRun): string => {
  const { seed, fault, description, answer, truth, failing_rules } = run;
  const said = `${answer.kind ?? 'nothing'} at ${answer.dataset ?? 'nowhere'}${answer.column === null ? '' : `.${answer.column}`}`;
  return `--seed ${seed} --fault ${fault}: ${description}
  wrong: ${wrongMarks(run).join(', ')}; answer: ${said} (${answer.agreeing} of ${answer.failing} rules)${truth.columns.length > 0 ? `; column: ${truth.columns.join(' or ')}` : ''}
  failing: ${failing_rules.join(', ')}`;
};

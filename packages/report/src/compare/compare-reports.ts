import type { Report } from '@aegis/spec';
import { severityRank } from '../summary/summarize.js';
import { compareRules } from './compare-rules.js';
import {
  type ChangeKind,
  type ComparedFigure,
  type ComparedRun,
  changeKinds,
  type FigureChange,
  type ReportComparison,
  type RuleChange,
} from './comparison.js';
import { comparisonNotes } from './comparison-notes.js';

/**
 * What changed from one run to another. Rules are told apart by their ids; where ids repeat, which no run of Aegis
 * writes, they are paired in order.
 */
export const compareReports = (before: Report, after: Report): ReportComparison => {
  const { changes, unchanged } = compareRules(before.results, after.results);
  return {
    schema: 'aegis.dev/comparison/v1',
    before: comparedRun(before),
    after: comparedRun(after),
    summary: compareSummaries(before, after),
    counts: { ...countKinds(changes), unchanged },
    changes: changes.toSorted(byKindAndSeverity),
    notes: comparisonNotes(before, after),
  };
};

const comparedRun = ({ run_id, status, started_at, rules_files, warehouses }: Report): ComparedRun => ({
  run_id,
  status,
  started_at,
  rules_files,
  warehouses,
});

const figures = [
  'total_rules',
  'passed',
  'warned',
  'failed',
  'errored',
  'not_applicable',
  'pass_rate',
  'queries',
  'bytes_scanned',
  'cost_usd',
  'duration_ms',
] as const satisfies readonly ComparedFigure[];

const compareSummaries = (before: Report, after: Report): ReportComparison['summary'] => {
  const entries = figures.map((figure) => [figure, figureChange(figureOf(before, figure), figureOf(after, figure))]);
  return Object.fromEntries(entries) as ReportComparison['summary'];
};

const figureOf = ({ summary, duration_ms }: Report, figure: ComparedFigure): number | null =>
  figure === 'duration_ms' ? duration_ms : summary[figure];

const figureChange = (before: number | null, after: number | null): FigureChange => ({
  before,
  after,
  delta: before === null || after === null ? null : difference(before, after),
});

/** Without the dust of binary fractions: 66.67 - 50 is 16.67. */
const difference = (before: number, after: number): number => Number((after - before).toPrecision(12));

const countKinds = (changes: readonly RuleChange[]): { readonly [kind in ChangeKind]: number } =>
  Object.fromEntries(changeKinds.map((kind) => [kind, changes.filter((change) => change.kind === kind).length])) as {
    readonly [kind in ChangeKind]: number;
  };

const byKindAndSeverity = (a: RuleChange, b: RuleChange): number =>
  changeKinds.indexOf(a.kind) - changeKinds.indexOf(b.kind) || trouble(a) - trouble(b) || rankOf(a) - rankOf(b);

/** Among the added and removed, those that fail come first. */
const trouble = ({ after, before }: RuleChange): number => {
  const outcome = (after ?? before)?.outcome;
  if (outcome === 'fail') return 0;
  return outcome === 'error' ? 1 : 2;
};

const rankOf = ({ after, before }: RuleChange): number => {
  const state = after ?? before;
  return state ? severityRank(state.effective_severity) : 0;
};

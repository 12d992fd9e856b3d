import { outcomeWords, subjectOf } from '../describe/result-words.js';
import { formatCount, formatElapsed, formatNumber, formatPercent } from '../text/format.js';
import {
  type ChangeKind,
  type ComparedCause,
  changeKinds,
  type FigureChange,
  type ReportComparison,
  type RuleChange,
  type RuleState,
} from './comparison.js';

/** Each kind as the heading of its rules. */
const kindTitles: { readonly [kind in ChangeKind]: string } = {
  newly_failing: 'Newly failing',
  newly_errored: 'No longer judged',
  still_failing: 'Still failing',
  still_errored: 'Still not judged',
  fixed: 'Fixed',
  outcome_changed: 'Other outcomes',
  added: 'Added',
  removed: 'Removed',
  altered: 'Changed otherwise',
};

const kindWords: { readonly [kind in ChangeKind]: string } = {
  newly_failing: 'newly failing',
  newly_errored: 'can no longer be judged',
  still_failing: 'still failing',
  still_errored: 'still cannot be judged',
  fixed: 'fixed',
  outcome_changed: 'with another outcome',
  added: 'added',
  removed: 'removed',
  altered: 'changed otherwise',
};

/** The rules that something became of in one way. */
export interface ChangeGroup {
  readonly kind: ChangeKind;
  /** "Newly failing: 2". */
  readonly title: string;
  readonly count: number;
  readonly changes: readonly RuleChange[];
}

/** What is told under headings: the kinds that occur, the gravest first. */
export const changeGroups = ({ changes, counts }: ReportComparison): readonly ChangeGroup[] =>
  changeKinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => ({
      kind,
      title: `${kindTitles[kind]}: ${formatNumber(counts[kind])}`,
      count: counts[kind],
      changes: changes.filter((change) => change.kind === kind),
    }));

/** "2 newly failing, 1 fixed, 3 added (1 of them failing)"; says so when nothing changed. */
export const comparisonHeadline = (comparison: ReportComparison): string =>
  changeKinds
    .filter((kind) => comparison.counts[kind] > 0)
    .map((kind) => kindPhrase(kind, comparison))
    .join(', ') || 'nothing changed';

const kindPhrase = (kind: ChangeKind, comparison: ReportComparison): string => {
  const phrase = `${formatNumber(comparison.counts[kind])} ${kindWords[kind]}`;
  const failing = kind === 'added' ? addedFailing(comparison) : 0;
  return failing === 0 ? phrase : `${phrase} (${formatNumber(failing)} of them failing)`;
};

/** How many rules are new and fail at once. */
export const addedFailing = ({ changes }: ReportComparison): number =>
  changes.filter(({ kind, after }) => kind === 'added' && after?.outcome === 'fail').length;

/** "4 rules unchanged". */
export const unchangedWords = ({ counts }: ReportComparison): string =>
  `${formatCount(counts.unchanged, 'rules')} unchanged`;

/** `orders(customer_id)` as the later run has it. */
export const changedSubject = (change: RuleChange): string => subjectOf(stateNow(change));

/** `FAIL → PASS`; one word for a rule that was added, removed, or kept its outcome. */
export const outcomePath = ({ before, after }: RuleChange, arrow: string): string => {
  const words = [before, after].flatMap((state) => (state ? [outcomeWords[state.outcome]] : []));
  return [...new Set(words)].join(arrow);
};

/** What is known of the rule now, and everything about it that is not as it was, each as a phrase. */
export const changePhrases = (change: RuleChange): readonly string[] => {
  const { before, after } = change;
  const now = stateNow(change).finding;
  return before && after ? [now, ...deltaPhrases(change), ...aspectPhrases(change, before, after)] : [now];
};

/** What the later run says of the rule; of one that was removed, the earlier. */
export const stateNow = ({ before, after }: Pick<RuleChange, 'before' | 'after'>): RuleState => {
  const state = after ?? before;
  if (state) return state;
  throw new TypeError('a change of a rule that neither run has');
};

const deltaPhrases = ({ kind, rows_failed_delta: delta, before, after }: RuleChange): readonly string[] => {
  if (kind !== 'still_failing' || after === null || before === null) return [];
  if (after.unit === 'table' && before.unit === 'table') return [];
  if (delta === null) return [`before: ${before.finding}`];
  if (delta === 0) return [`as many ${after.unit} as before`];
  return [`${formatNumber(Math.abs(delta))} ${delta > 0 ? 'more' : 'fewer'} ${after.unit} than before`];
};

const aspectPhrases = ({ changed }: RuleChange, before: RuleState, after: RuleState): readonly string[] => [
  ...(changed.includes('severity') ? [severityPhrase(before, after)] : []),
  ...(changed.includes('root_cause')
    ? [`root cause ${causeWords(after.root_cause)}, before ${causeWords(before.root_cause)}`]
    : []),
  ...(changed.includes('table') ? [`table ${after.table}, before ${before.table}`] : []),
  ...(changed.includes('rule_type') ? [`type ${after.rule_type}, before ${before.rule_type}`] : []),
  ...(changed.includes('warehouse') ? [`warehouse ${after.warehouse}, before ${before.warehouse}`] : []),
];

/** The severity that counts; where that is the same, the declared one. */
const severityPhrase = (before: RuleState, after: RuleState): string =>
  before.effective_severity === after.effective_severity
    ? `severity declared ${after.severity}, before ${before.severity}`
    : `severity ${after.effective_severity}, before ${before.effective_severity}`;

const causeWords = (cause: ComparedCause | null): string => {
  if (cause === null) return 'not known';
  const place = cause.column === null ? cause.dataset : `${cause.dataset}.${cause.column}`;
  return `${place} (${cause.kind.replaceAll('_', ' ')})`;
};

/** Rows of a table of figures: name, before, after, difference. Figures that are equal and say little are left out. */
export const figureRows = ({ summary }: ReportComparison): readonly (readonly [string, string, string, string])[] =>
  shownFigures
    .filter(({ figure, always }) => always || summary[figure].delta !== 0)
    .map((shown) => figureRow(shown, summary[shown.figure]));

interface ShownFigure {
  readonly figure: keyof ReportComparison['summary'];
  readonly label: string;
  readonly format: (value: number) => string;
  readonly always: boolean;
  /** Of the difference, where it has another unit. */
  readonly formatDelta?: (value: number) => string;
}

const whole = (value: number): string => formatNumber(value);

/** Percentages differ by points: 50 % is 25 points above 25 %, and twice as much. */
const points = (value: number): string => formatCount(value, 'points');

const shownFigures: readonly ShownFigure[] = [
  { figure: 'total_rules', label: 'Rules', format: whole, always: true },
  { figure: 'passed', label: 'Passed', format: whole, always: true },
  { figure: 'warned', label: 'Warned', format: whole, always: false },
  { figure: 'failed', label: 'Failed', format: whole, always: true },
  { figure: 'errored', label: 'Could not be judged', format: whole, always: false },
  { figure: 'not_applicable', label: 'Not applicable', format: whole, always: false },
  { figure: 'pass_rate', label: 'Pass rate', format: formatPercent, always: true, formatDelta: points },
  { figure: 'queries', label: 'Statements', format: whole, always: false },
  { figure: 'duration_ms', label: 'Time', format: formatElapsed, always: true },
];

const figureRow = (
  { label, format, formatDelta = format }: ShownFigure,
  { before, after, delta }: FigureChange,
): [string, string, string, string] => {
  const shown = (value: number | null) => (value === null ? 'none' : format(value));
  return [label, shown(before), shown(after), differenceWords(delta, formatDelta)];
};

const differenceWords = (delta: number | null, format: ShownFigure['format']): string => {
  if (delta === null) return '';
  return delta === 0 ? '0' : `${delta > 0 ? '+' : '-'}${format(Math.abs(delta))}`;
};

import type { ChangeKind, ReportComparison, RuleChange } from '../compare/comparison.js';
import {
  type ChangeGroup,
  changedSubject,
  changeGroups,
  changePhrases,
  comparisonHeadline,
  figureRows,
  outcomePath,
  stateNow,
  unchangedWords,
} from '../compare/comparison-words.js';
import { formatNumber } from '../text/format.js';
import { shorten } from '../text/shorten.js';
import { code, prose } from './escape.js';
import { markdownTable } from './table.js';

export interface ComparisonMarkdownOptions {
  /** Rules that are told of each kind; how many more there are is said. Default 50. */
  readonly mostRules?: number;
}

/** The comparison as GitHub-flavoured Markdown, for pull requests. Values cannot become markup, links or mentions. */
export const renderComparisonMarkdown = (
  comparison: ReportComparison,
  { mostRules = 50 }: ComparisonMarkdownOptions = {},
): string => {
  const blocks = [
    `## Aegis: ${comparisonHeadline(comparison)}`,
    runsLine(comparison),
    ...comparison.notes.map((note) => `> ${prose(note)}`),
    markdownTable(['', 'Before', 'After', 'Difference'], figureRows(comparison), ['left', 'right', 'right', 'right']),
    ...changeGroups(comparison).flatMap((group) => groupSection(group, mostRules)),
    unchangedWords(comparison),
  ];
  return `${blocks.join('\n\n')}\n`;
};

const runsLine = ({ before, after }: ReportComparison): string =>
  `Run ${code(after.run_id)} against ${code(before.run_id)} of ${prose(before.started_at)}`;

/** Kinds that a reader of a pull request looks for are open, the others folded away. */
const folded: ReadonlySet<ChangeKind> = new Set(['still_failing', 'still_errored', 'removed', 'altered']);

const groupSection = ({ kind, title, count, changes }: ChangeGroup, mostRules: number): string[] => {
  const rows = changes.slice(0, mostRules);
  const hidden = count - rows.length;
  const parts = [
    ...(rows.length === 0 ? [] : [changeTable(rows)]),
    ...(hidden === 0 ? [] : [`and ${formatNumber(hidden)} more`]),
  ];
  return folded.has(kind)
    ? [`<details><summary>${title}</summary>`, ...parts, '</details>']
    : [`### ${title}`, ...parts];
};

const longestCell = 300;

const changeTable = (changes: readonly RuleChange[]): string =>
  markdownTable(['Rule', 'Table', 'Severity', 'Outcome', 'What'], changes.map(changeRow));

const changeRow = (change: RuleChange): string[] => [
  code(shorten(change.rule_id, longestCell)),
  code(shorten(changedSubject(change), longestCell)),
  stateNow(change).effective_severity,
  outcomePath(change, ' → '),
  changePhrases(change)
    .map((phrase) => prose(shorten(phrase, longestCell)))
    .join('<br>'),
];

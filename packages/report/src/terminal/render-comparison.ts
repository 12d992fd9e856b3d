import type { ReportComparison, RuleChange } from '../compare/comparison.js';
import {
  addedFailing,
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
import { shorten } from '../text/shorten.js';
import { visible } from '../text/visible.js';
import { flow, outcomeSign, type Page, type PageOptions, pageOf, paragraph, tableStyle } from './page.js';
import { type Column, layoutTable } from './table.js';
import type { Paint } from './theme.js';

/** The comparison for people at a terminal: what got worse first, the figures of both runs last. */
export const renderComparisonTerminal = (comparison: ReportComparison, options: PageOptions = {}): string => {
  const page = pageOf(options);
  const parts = [
    header(page, comparison),
    ...changeGroups(comparison).map((group) => groupLines(page, group)),
    figures(page, comparison),
    verdict(page, comparison),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
};

const header = (page: Page, { before, after, notes }: ReportComparison): string[] => {
  const [first = '', ...rest] = flow(page, [
    `Aegis run ${after.run_id}`,
    `against ${before.run_id}`,
    before.started_at,
  ]);
  return [page.theme.strong(first), ...rest, ...notes.flatMap((note) => paragraph(page, `Note: ${note}`))];
};

const groupLines = (page: Page, { title, changes }: ChangeGroup): string[] => [
  page.theme.strong(title),
  ...changes.flatMap((change) => changeLines(page, change)),
];

const indent = '  ';
const longestText = 4000;

const changeLines = (page: Page, change: RuleChange): string[] => {
  const { outcome, effective_severity: severity } = stateNow(change);
  const { theme } = page;
  const title = `${outcomeSign(page, outcome)} ${visible(change.rule_id)}`;
  const phrases = [changedSubject(change), outcomePath(change, ` ${theme.arrow} `), severity];
  return [
    ...paragraph(page, shorten(title, longestText), indent, theme.paintOutcome[outcome]),
    ...flow(
      page,
      phrases.map((phrase) => shorten(phrase, longestText)),
      `${indent}  `,
    ).map(theme.faint),
    ...changePhrases(change).flatMap((phrase) => paragraph(page, shorten(phrase, longestText), `${indent}  `)),
  ];
};

const figureColumns: readonly Column[] = [
  { header: '', rank: 0, comfortable: 8 },
  { header: 'BEFORE', rank: 2, align: 'right' },
  { header: 'AFTER', rank: 1, align: 'right' },
  { header: 'DIFFERENCE', rank: 3, align: 'right' },
];

const figures = (page: Page, comparison: ReportComparison): readonly string[] =>
  layoutTable(
    figureColumns,
    figureRows(comparison).map((cells) => cells.map((text) => ({ text }))),
    tableStyle(page, ''),
  ).lines;

const verdict = (page: Page, comparison: ReportComparison): string[] =>
  flow(page, [sentence(comparisonHeadline(comparison)), unchangedWords(comparison)]).map((line) =>
    page.theme.strong(verdictPaint(page, comparison)(line)),
  );

const verdictPaint = ({ theme: { paintOutcome } }: Page, comparison: ReportComparison): Paint => {
  const { counts } = comparison;
  if (counts.newly_failing + addedFailing(comparison) > 0) return paintOutcome.fail;
  if (counts.newly_errored > 0) return paintOutcome.error;
  return counts.still_failing + counts.still_errored > 0 ? paintOutcome.warn : paintOutcome.pass;
};

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

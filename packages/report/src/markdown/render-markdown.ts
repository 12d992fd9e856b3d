import type { Report, RuleResult } from '@aegis/spec';
import { gravestFirst, withOutcome } from '../describe/grouping.js';
import { observedWords } from '../describe/result-words.js';
import { costPhrases, headlineOf, incompleteReason } from '../describe/summary-words.js';
import { formatCount, formatElapsed, formatNumber, formatPercent } from '../text/format.js';
import { shorten } from '../text/shorten.js';
import { code, prose } from './escape.js';
import { resultSection } from './result-section.js';
import { markdownTable } from './table.js';

export interface MarkdownOptions {
  /** Whether passed rules are listed, folded away. They are counted anyway. Default `true`. */
  readonly showPassed?: boolean;
}

/** The report as GitHub-flavoured Markdown, for pull requests and job summaries. Values cannot become markup, links or mentions. */
export const renderMarkdown = (report: Report, { showPassed = true }: MarkdownOptions = {}): string => {
  const reason = incompleteReason(report);
  const blocks = [
    `## Aegis: ${headlineOf(report)}`,
    ...(reason === undefined ? [] : [`> ${reason}`]),
    runLine(report),
    ...(report.summary.total_rules === 0 ? [] : [summaryTable(report)]),
    costPhrases(report).join(' · '),
    ...report.notes.map((note) => `> ${prose(note)}`),
    ...section('Failures', gravestFirst(withOutcome(report, 'fail'))),
    ...section('Warnings', gravestFirst(withOutcome(report, 'warn'))),
    ...section('Errors', withOutcome(report, 'error')),
    ...folded('not applicable', withOutcome(report, 'not_applicable')),
    ...(showPassed ? folded('passed', withOutcome(report, 'pass')) : []),
  ];
  return `${blocks.join('\n\n')}\n`;
};

const runLine = ({ run_id, warehouses, rules_files, llm }: Report): string =>
  [
    `Run ${code(run_id)}`,
    ...(warehouses.length === 0 ? [] : [`on ${warehouses.map(code).join(', ')}`]),
    ...(rules_files.length === 0 ? [] : [`of ${rules_files.map(code).join(', ')}`]),
    ...(llm ? [`with ${code(`${llm.provider}/${llm.model}`)}`] : []),
  ].join(' ');

const summaryTable = ({ summary }: Report): string => {
  const counts = [summary.passed, summary.warned, summary.failed, summary.errored, summary.not_applicable];
  const rate = summary.pass_rate === null ? 'none' : formatPercent(summary.pass_rate);
  return markdownTable(
    ['Passed', 'Warned', 'Failed', 'Could not be judged', 'Not applicable', 'Pass rate'],
    [[...counts.map((count) => formatNumber(count)), rate]],
    ['right', 'right', 'right', 'right', 'right', 'right'],
  );
};

const section = (title: string, results: readonly RuleResult[]): string[] =>
  results.length === 0 ? [] : [`## ${title}`, ...results.flatMap(resultSection)];

const folded = (words: string, results: readonly RuleResult[]): string[] =>
  results.length === 0
    ? []
    : [
        `<details><summary>${formatCount(results.length, 'rules')} ${words}</summary>`,
        markdownTable(['Rule', 'Table', 'Observed', 'Time'], results.map(foldedRow), ['left', 'left', 'left', 'right']),
        '</details>',
      ];

const longestCell = 200;

const foldedRow = (result: RuleResult): string[] => [
  code(shorten(result.rule_id, longestCell)),
  code(shorten(result.table, longestCell)),
  prose(shorten(observedWords(result), longestCell)),
  formatElapsed(result.duration_ms),
];

import type { RuleResult } from '@aegis/spec';
import { failedWords, observedWords, outcomeWords } from '../describe/result-words.js';
import { formatElapsed } from '../text/format.js';
import { shorten } from '../text/shorten.js';
import { visible } from '../text/visible.js';
import { outcomeSign, type Page, tableStyle } from './page.js';
import { type Cell, type Column, layoutTable } from './table.js';

const columns: readonly Column[] = [
  { header: 'OUTCOME', rank: 0 },
  { header: 'RULE', rank: 1, comfortable: 20 },
  { header: 'TABLE', rank: 4, comfortable: 8 },
  { header: 'OBSERVED', rank: 2, comfortable: 26 },
  { header: 'FAILED', rank: 3, align: 'right' },
  { header: 'TIME', rank: 5, align: 'right' },
];

/** One line for each result, in the order given. */
export const resultTable = (page: Page, results: readonly RuleResult[]): readonly string[] =>
  layoutTable(
    columns,
    results.map((result) => resultCells(page, result)),
    tableStyle(page, ''),
  ).lines;

const longestCell = 400;
const cell = (text: string): Cell => ({ text: visible(shorten(text, longestCell)) });

const resultCells = (page: Page, result: RuleResult): Cell[] => [
  {
    text: `${outcomeSign(page, result.outcome)} ${outcomeWords[result.outcome]}`,
    paint: page.theme.paintOutcome[result.outcome],
  },
  cell(result.rule_id),
  cell(result.table),
  cell(observedWords(result)),
  cell(failedWords(result)),
  { text: formatElapsed(result.duration_ms), paint: page.theme.faint },
];

import type { ResultError, RuleResult } from '@aegis/spec';
import { describeResult } from '../describe/describe-result.js';
import { type Detail, detailsOf } from '../describe/details.js';
import { factsOf, outcomeWords, severityWords } from '../describe/result-words.js';
import { shorten } from '../text/shorten.js';
import { visible } from '../text/visible.js';
import { displayWidth, wrap } from './display-width.js';
import { flow, labelled, outcomeSign, type Page, paragraph } from './page.js';
import { sampleTable } from './sample-table.js';

const indent = '  ';
const longestText = 4000;

/**
 * Everything about one result that is not simply a pass: what, where, how many, which rows, why, and what to do. The queries
 * behind its facts are left to the other formats: a terminal has no place for them.
 */
export const resultBlock = (page: Page, result: RuleResult): string[] => {
  const told = detailsOf(result).filter(({ isProof }) => !isProof);
  const details = told.flatMap((detail) => detailLines(page, detail));
  return [
    ...headline(page, result),
    ...flow(
      page,
      factsOf(result).map((fact) => shorten(fact, longestText)),
      indent,
    ).map(page.theme.faint),
    ...(result.description ? paragraph(page, shorten(result.description, longestText), indent) : []),
    ...(result.error ? errorLines(page, result.error) : findingLines(page, result)),
    ...(result.sample.length > 0 && details.length > 0 ? ['', ...details] : details),
  ];
};

const headline = (page: Page, result: RuleResult): string[] => {
  const title = `${outcomeSign(page, result.outcome)} ${outcomeWords[result.outcome]} ${visible(result.rule_id)}`;
  const titleLines = wrap(shorten(title, longestText), page.width).map(page.theme.paintOutcome[result.outcome]);
  if (result.outcome === 'error') return titleLines;
  const severity = severityWords(result);
  const paint = page.theme.paintSeverity[result.effective_severity];
  const fitsBeside = displayWidth(title) + displayWidth(severity) + 2 <= page.width;
  return fitsBeside
    ? [`${titleLines.join('')}  ${paint(severity)}`]
    : [...titleLines, ...paragraph(page, severity, indent, paint)];
};

const findingLines = (page: Page, result: RuleResult): string[] => [
  ...paragraph(page, shorten(describeResult(result), longestText), indent),
  ...sampleTable(page, result.sample, `${indent}  `),
];

const errorLines = (page: Page, { code, message, hint }: ResultError): string[] => [
  ...labelled(page, 'Error', shorten(message, longestText), indent),
  ...(hint === null ? [] : labelled(page, 'Hint', hint, indent)),
  ...labelled(page, 'Code', code, indent),
];

const detailLines = (page: Page, { label, text, isSql }: Detail): string[] =>
  isSql
    ? [...labelled(page, label, '', indent), ...paragraph(page, shorten(text, longestText), `${indent}  `)]
    : labelled(page, label, shorten(text, longestText), indent);

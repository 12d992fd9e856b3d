import type { RuleResult } from '@aegis/spec';
import { cellText, columnNames } from '../describe/cell.js';
import { describeResult } from '../describe/describe-result.js';
import { type Detail, detailsOf } from '../describe/details.js';
import { outcomeWords, placeOf, severityWords, subjectOf } from '../describe/result-words.js';
import { shorten } from '../text/shorten.js';
import { code, codeBlock, prose, proseLines } from './escape.js';
import { markdownTable } from './table.js';

const longestText = 2000;
const longestName = 200;

/** Everything about one result that is not simply a pass. */
export const resultSection = (result: RuleResult): string[] => [
  `### ${outcomeWords[result.outcome]} ${code(shorten(result.rule_id, longestName))}`,
  facts(result).join(' · '),
  ...(result.description ? [proseLines(shorten(result.description, longestText))] : []),
  `**${prose(shorten(describeResult(result), longestText))}**`,
  ...(result.error ? errorParts(result.error) : []),
  ...sampleParts(result),
  ...detailsOf(result).map(detailPart),
];

const facts = (result: RuleResult): string[] => {
  const place = placeOf(result);
  return [
    ...(result.outcome === 'error' ? [] : [prose(severityWords(result))]),
    code(shorten(subjectOf(result), longestName)),
    code(result.rule_type),
    ...(place === '' ? [] : [code(place)]),
    ...(result.owner === null ? [] : [`owner ${prose(shorten(result.owner, longestName))}`]),
    ...(result.tags.length === 0 ? [] : [`tags ${prose(shorten(result.tags.join(', '), longestName))}`]),
  ];
};

const errorParts = ({ code: errorCode, hint }: NonNullable<RuleResult['error']>): string[] => [
  ...(hint === null ? [] : [`**Hint:** ${proseLines(shorten(hint, longestText))}`]),
  `**Code:** ${code(errorCode)}`,
];

const sampleParts = ({ sample }: RuleResult): string[] => {
  const names = columnNames(sample);
  if (names.length === 0) return [];
  const rows = sample.map((row) => names.map((name) => sampleCell(cellText(row[name], longestName))));
  return [
    markdownTable(
      names.map((name) => code(cellText(name, longestName))),
      rows,
    ),
  ];
};

const sampleCell = (text: string): string => (text === '' ? '' : code(text));

const detailPart = ({ label, text, isSql }: Detail): string => {
  const shown = shorten(text, longestText);
  return isSql ? `**${prose(label)}:**\n\n${codeBlock(shown, 'sql')}` : `**${prose(label)}:** ${proseLines(shown)}`;
};

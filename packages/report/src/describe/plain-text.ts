import type { RuleResult } from '@aegis/spec';
import { shorten } from '../text/shorten.js';
import { describeResult } from './describe-result.js';
import { detailsOf } from './details.js';
import { placeOf, severityWords, subjectOf } from './result-words.js';

const longestText = 2000;

/** A result as lines of plain text, for formats that carry one text per finding. Not escaped. */
export const plainText = (result: RuleResult): string =>
  [
    describeResult(result),
    result.description ?? '',
    `Severity: ${severityWords(result)}`,
    `Checked: ${subjectOf(result)} on ${result.warehouse}`,
    result.location ? `Rule: ${placeOf(result)}` : '',
    result.error?.hint ? `Hint: ${result.error.hint}` : '',
    ...result.sample.map((row) => `Row: ${JSON.stringify(row)}`),
    ...detailsOf(result).map(({ label, text, isSql }) => `${label}:${isSql ? '\n' : ' '}${text}`),
  ]
    .filter((line) => line !== '')
    .map((line) => shorten(line, longestText))
    .join('\n');

import type { JsonValue, RuleResult } from '@aegis/spec';
import { cellText, columnNames } from '../describe/cell.js';
import { describeResult } from '../describe/describe-result.js';
import { type Detail, detailsOf } from '../describe/details.js';
import { factsOf, outcomeWords, severityWords } from '../describe/result-words.js';
import { shorten } from '../text/shorten.js';
import { visibleLines } from '../text/visible.js';
import { html, Markup } from './markup.js';

const longestText = 4000;
const longestName = 300;

/** Everything about one result that is not simply a pass. `id` is what the table of results links to. */
export const resultArticle = (result: RuleResult, id: string): Markup => html`
<article id="${id}" class="${result.outcome}" aria-labelledby="${id}-title">
<h3 id="${id}-title"><span class="outcome ${result.outcome}">${outcomeWords[result.outcome]}</span> <bdi class="mono">${shorten(result.rule_id, longestName)}</bdi></h3>
<p class="quiet">${facts(result).join(' · ')}</p>
${result.description ? html`<p>${lines(result.description)}</p>` : ''}
<p><strong>${shorten(describeResult(result), longestText)}</strong></p>
${sampleTable(result)}
${detailList(result)}
</article>`;

const facts = (result: RuleResult): string[] =>
  [...(result.outcome === 'error' ? [] : [severityWords(result)]), ...factsOf(result)].map((fact) =>
    shorten(fact, longestName),
  );

/** Untrusted prose; its line breaks stay. */
const lines = (text: string): Markup =>
  html`${visibleLines(shorten(text, longestText)).map((line, index) => (index === 0 ? html`${line}` : html`<br>${line}`))}`;

const sampleTable = ({ sample }: RuleResult): Markup => {
  const names = columnNames(sample);
  if (names.length === 0) return html``;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Failing rows"><table>
<caption>Some of the failing rows</caption>
<thead><tr>${names.map((name) => html`<th scope="col"><bdi>${cellText(name)}</bdi></th>`)}</tr></thead>
<tbody>${sample.map(
    (row) => html`<tr>${names.map((name) => sampleCell(row[name]))}</tr>
`,
  )}</tbody></table></div>`;
};

const sampleCell = (value: JsonValue | undefined): Markup =>
  value === null ? html`<td class="null">NULL</td>` : html`<td><bdi>${cellText(value)}</bdi></td>`;

const detailList = (result: RuleResult): Markup => {
  const details = [...errorDetails(result), ...detailsOf(result)];
  return details.length === 0 ? html`` : html`<dl>${details.map(detailItem)}</dl>`;
};

const errorDetails = ({ error }: RuleResult): Detail[] => {
  if (error === null) return [];
  return [...(error.hint === null ? [] : [{ label: 'Hint', text: error.hint }]), { label: 'Code', text: error.code }];
};

const detailItem = ({ label, text, isSql }: Detail): Markup => html`
<dt>${label}</dt><dd>${isSql ? codeBlock(text) : lines(text)}</dd>`;

/** A line break right after the tag would be swallowed, so lines are joined by hand. */
const codeBlock = (text: string): Markup => {
  const shown = visibleLines(shorten(text, longestText)).map((line) => html`${line}`.text);
  return html`<pre><code>${new Markup(shown.join('\n'))}</code></pre>`;
};

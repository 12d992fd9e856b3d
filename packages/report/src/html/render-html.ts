import type { Outcome, Report, RuleResult } from '@aegis/spec';
import { gravestFirst, withOutcome } from '../describe/grouping.js';
import { failedWords, observedWords, outcomeWords } from '../describe/result-words.js';
import { costPhrases, headlineOf, incompleteReason } from '../describe/summary-words.js';
import { formatElapsed, formatNumber, formatPercent } from '../text/format.js';
import { shorten } from '../text/shorten.js';
import { html, Markup } from './markup.js';
import { resultArticle } from './result-article.js';
import { style, styleDigest } from './style.js';

export interface HtmlOptions {
  /** Title of the page. Default: `Aegis: ` and the verdict. */
  readonly title?: string;
}

/**
 * The report as one page that needs nothing else: no script, no request (its policy forbids both), readable in light and
 * dark, by screen readers and on paper.
 */
export const renderHtml = (report: Report, { title = `Aegis: ${headlineOf(report)}` }: HtmlOptions = {}): string =>
  `${page(report, title).text.trimStart()}\n`;

const page = (report: Report, title: string): Markup => html`
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${styleDigest}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<main>
${header(report, title)}
${resultTable(report.results)}
${section('Failures', gravestFirst(withOutcome(report, 'fail')), report)}
${section('Warnings', gravestFirst(withOutcome(report, 'warn')), report)}
${section('Errors', withOutcome(report, 'error'), report)}
</main>
</body>
</html>`;

const header = (report: Report, title: string): Markup => {
  const reason = incompleteReason(report);
  return html`<header>
<h1>${title}</h1>
${reason === undefined ? '' : html`<p class="error"><strong>${reason}</strong></p>`}
<p class="quiet">${runPhrases(report).join(' · ')}</p>
${bar(report.results)}
${tiles(report)}
<p class="quiet">${costPhrases(report).join(' · ')}</p>
${report.notes.map((note) => html`<p>Note: ${note}</p>`)}
</header>`;
};

const runPhrases = ({ run_id, started_at, warehouses, rules_files, llm }: Report): string[] => [
  `Run ${run_id}`,
  started_at,
  ...(warehouses.length === 0 ? [] : [warehouses.join(', ')]),
  ...(rules_files.length === 0 ? [] : [rules_files.join(', ')]),
  ...(llm ? [`${llm.provider}/${llm.model}`] : []),
];

const shownOutcomes: readonly Outcome[] = ['pass', 'warn', 'fail', 'error', 'not_applicable'];

/** The outcomes as a stacked bar. The tiles below say the same in words, so it is hidden from screen readers. */
const bar = (results: readonly RuleResult[]): Markup => {
  if (results.length === 0) return html``;
  let at = 0;
  const parts = shownOutcomes.map((outcome) => {
    const width = (100 * withOutcome({ results }, outcome).length) / results.length;
    const part = html`<rect class="${outcome}" x="${at}" y="0" width="${width}" height="4"/>`;
    at += width;
    return part;
  });
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`;
};

const tiles = ({ summary }: Report): Markup => {
  const rate = summary.pass_rate === null ? [] : [tile(formatPercent(summary.pass_rate), 'pass rate')];
  return html`<ul class="tiles">
${tile(formatNumber(summary.passed), 'passed')}
${tile(formatNumber(summary.warned), 'warned')}
${tile(formatNumber(summary.failed), 'failed')}
${tile(formatNumber(summary.errored), 'could not be judged')}
${tile(formatNumber(summary.not_applicable), 'not applicable')}
${rate}
</ul>`;
};

const tile = (figure: string, words: string): Markup => html`<li><strong>${figure}</strong> ${words}</li>`;

const resultTable = (results: readonly RuleResult[]): Markup => {
  if (results.length === 0) return html`<p>No rules ran.</p>`;
  return html`<h2>Results</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Results"><table class="results">
<thead><tr><th scope="col">Outcome</th><th scope="col">Rule</th><th scope="col">Table</th><th scope="col">Observed</th><th scope="col" class="number">Failed</th><th scope="col" class="number">Time</th></tr></thead>
<tbody>${results.map(resultRow)}</tbody>
</table></div>`;
};

const longestCell = 300;

const resultRow = (result: RuleResult, index: number): Markup => html`
<tr><td class="outcome ${result.outcome}">${outcomeWords[result.outcome]}</td><td class="mono">${ruleName(result, index)}</td><td class="mono"><bdi>${shorten(result.table, longestCell)}</bdi></td><td>${shorten(observedWords(result), longestCell)}</td><td class="number">${failedWords(result)}</td><td class="number">${formatElapsed(result.duration_ms)}</td></tr>`;

const articleId = (index: number): string => `result-${index + 1}`;

const ruleName = ({ rule_id, outcome }: RuleResult, index: number): Markup => {
  const name = html`<bdi>${shorten(rule_id, longestCell)}</bdi>`;
  const hasArticle = outcome === 'fail' || outcome === 'warn' || outcome === 'error';
  return hasArticle ? html`<a href="#${articleId(index)}">${name}</a>` : name;
};

const section = (title: string, results: readonly RuleResult[], report: Report): Markup =>
  results.length === 0
    ? html``
    : html`<section><h2>${title}</h2>${results.map((result) => resultArticle(result, articleId(report.results.indexOf(result))))}</section>`;

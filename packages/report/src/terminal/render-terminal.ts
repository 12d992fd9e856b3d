import type { Outcome, Report, RuleResult } from '@aegis/spec';
import { detailsOf } from '../describe/details.js';
import { gravestFirst, withOutcome } from '../describe/grouping.js';
import { costPhrases, incompleteReason, outcomePhrases, passRatePhrase } from '../describe/summary-words.js';
import { formatCount } from '../text/format.js';
import { flow, type Page, type PageOptions, pageOf, paragraph } from './page.js';
import { resultBlock } from './result-block.js';
import { resultTable } from './result-table.js';

export interface TerminalOptions extends PageOptions {
  /** Whether passed rules are listed in the table. They are counted anyway. Default `true`. */
  readonly showPassed?: boolean;
}

/** The report for people at a terminal: a table of results, then every failure with its evidence, then one summary. */
export const renderTerminal = (report: Report, options: TerminalOptions = {}): string => {
  const { showPassed = true } = options;
  const page = pageOf(options);
  const parts = [
    header(page, report),
    table(page, report.results, showPassed),
    section(page, 'Failures', gravestFirst(withOutcome(report, 'fail'))),
    section(page, 'Warnings', gravestFirst(withOutcome(report, 'warn'))),
    section(page, 'Errors', withOutcome(report, 'error')),
    summary(page, report),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
};

const header = (page: Page, report: Report): string[] => {
  const { llm, warehouses, rules_files: files, results } = report;
  const [first = '', ...rest] = flow(page, [
    `Aegis run ${report.run_id}`,
    warehouses.join(', ') || 'no warehouse',
    formatCount(results.length, 'rules'),
    ...(llm ? [`${llm.provider}/${llm.model}`] : []),
  ]);
  return [page.theme.strong(first), ...rest, ...flow(page, files).map(page.theme.faint)];
};

const table = (page: Page, results: readonly RuleResult[], showPassed: boolean): readonly string[] => {
  const shown = showPassed ? results : results.filter(({ outcome }) => outcome !== 'pass');
  return shown.length === 0 ? [] : resultTable(page, shown);
};

const section = (page: Page, title: string, results: readonly RuleResult[]): string[] =>
  results.length === 0
    ? []
    : [page.theme.strong(title), ...results.flatMap((result) => ['', ...resultBlock(page, result)])];

const summary = (page: Page, report: Report): string[] => {
  const { paintOutcome, strong } = page.theme;
  const reason = incompleteReason(report);
  const total = formatCount(report.summary.total_rules, 'rules');
  const [first, ...others] = outcomePhrases(report.summary);
  const phrases = first === undefined ? ['No rules ran.'] : [`${total}: ${first}`, ...others];
  return [
    ...(reason === undefined ? [] : paragraph(page, reason, '', paintOutcome.error)),
    ...flow(page, phrases).map((line) => strong(paintOutcome[verdict(report)](line))),
    ...flow(page, [passRatePhrase(report.summary) ?? [], costPhrases(report)].flat()),
    ...report.notes.flatMap((note) => paragraph(page, `Note: ${note}`)),
    ...(report.results.some(hasProof) ? paragraph(page, proofHint(report), '', page.theme.faint) : []),
    ...(report.audit_head ? paragraph(page, `audit head ${report.audit_head}`, '', page.theme.faint) : []),
  ];
};

const hasProof = (result: RuleResult): boolean => detailsOf(result).some(({ isProof }) => isProof === true);

const proofHint = ({ run_id: runId }: Report): string =>
  `The queries behind the evidence: aegis report ${runId} --format markdown`;

const verdict = ({ summary: { failed, warned, passed }, status }: Report): Outcome => {
  if (failed > 0) return 'fail';
  if (warned > 0 || status !== 'completed') return 'warn';
  return passed > 0 ? 'pass' : 'not_applicable';
};

import { loadReport } from '@aegis/project';
import { ConfigError, type Outcome, outcomes, type Report, type RuleResult } from '@aegis/spec';
import { z } from 'zod';
import { type PagedList, pageInput, pageOf } from '../answers/page.js';
import { gravestFirst, reportFields, reportText, summaryAnswerOf } from '../answers/report-answer.js';
import { type RuleAnswer, ruleAnswerOf } from '../answers/rule-answer.js';
import { ruleDetail } from '../answers/rule-detail.js';
import type { Call } from './call.js';
import { defineTool, readOnly } from './define-tool.js';
import { historyOf, optionalRun } from './run-input.js';

/** What a reader of a run wants to see first. */
export const attentionOutcomes: readonly Outcome[] = ['fail', 'error', 'warn'];

/** The results of a run that ask for attention: pages of aegis_run go on in aegis_report. */
export const reportList = (runId: string, shown: readonly Outcome[] = attentionOutcomes): PagedList<RuleAnswer> => ({
  of: ['report', runId, shown],
  keyOf: (_rule, index) => String(index),
});

const input = z.strictObject({
  run: optionalRun,
  rule: z.string().min(1).optional().meta({ description: 'Only this rule, with everything known about it.' }),
  outcomes: z
    .array(z.enum(outcomes))
    .min(1)
    .default([...attentionOutcomes])
    .meta({ description: 'Which results. Default: fail, error and warn.' }),
  ...pageInput,
});

const output = z.object({
  ...reportFields,
  detail: z.record(z.string(), z.unknown()).nullable().meta({
    description: 'With rule: figures, evidence, diagnosis, root cause; sample rows only where the server shows them.',
  }),
});

export const reportTool = defineTool({
  name: 'aegis_report',
  title: 'Read a report',
  description:
    'Reads the results of a recorded run, the gravest first; with rule, everything known about one failure: evidence with the SQL that shows it, diagnosis and root cause.',
  input,
  output,
  annotations: readOnly,
  readsFiles: false,
  answer: async (args, call) => {
    const report = await loadReport({ run: args.run, ...historyOf(call) }, call.effects);
    return args.rule === undefined ? resultsOf(report, args) : detailOf(report, args.rule, call);
  },
  text: (answer) =>
    answer.detail === null ? reportText(answer) : `${reportText(answer)}\n${JSON.stringify(answer.detail)}`,
});

type Output = z.output<typeof output>;

const headOf = (report: Report): Pick<Output, 'run_id' | 'status' | 'summary'> => ({
  run_id: report.run_id,
  status: report.status,
  summary: summaryAnswerOf(report),
});

const resultsOf = (report: Report, { outcomes: wanted, ...request }: z.output<typeof input>): Output => {
  // Each once and in one order, so that the same question has the same cursor.
  const shown = outcomes.filter((outcome) => wanted.includes(outcome));
  const list = reportList(report.run_id, sameAsDefault(shown) ? attentionOutcomes : shown);
  const results = gravestFirst(report.results.filter(({ outcome }) => shown.includes(outcome)));
  const { items, next_cursor } = pageOf(results.map(ruleAnswerOf), request, list);
  return { ...headOf(report), results: [...items], next_cursor, detail: null };
};

const sameAsDefault = (shown: readonly Outcome[]): boolean =>
  shown.length === attentionOutcomes.length && attentionOutcomes.every((outcome) => shown.includes(outcome));

const detailOf = (report: Report, rule: string, { options }: Call): Output => {
  const result = findResult(report, rule);
  return {
    ...headOf(report),
    results: [ruleAnswerOf(result)],
    next_cursor: null,
    detail: ruleDetail(result, options.samples),
  };
};

/** @throws ConfigError `usage` */
export const findResult = ({ results, run_id }: Report, rule: string): RuleResult => {
  const found = results.find(({ rule_id }) => rule_id === rule);
  if (found) return found;
  throw new ConfigError('usage', `run ${run_id} has no rule ${JSON.stringify(rule)}`, {
    hint: 'aegis_report without rule lists them.',
  });
};

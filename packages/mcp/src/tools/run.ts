import { type FinishedRun, finishRun, type RunOptions, runRules } from '@aegis/project';
import { type RunEvent, severities } from '@aegis/spec';
import { z } from 'zod';
import { pageInput, pageOf } from '../answers/page.js';
import { gravestFirst, reportFields, reportText, summaryAnswerOf } from '../answers/report-answer.js';
import { ruleAnswerOf } from '../answers/rule-answer.js';
import { shorten } from '../answers/shorten.js';
import type { Call } from './call.js';
import { defineTool } from './define-tool.js';
import { attentionOutcomes, reportList } from './report.js';
import { rulesInput, targetInput, targetOf } from './rules-input.js';

const input = z.strictObject({
  ...rulesInput,
  ...targetInput,
  select: z
    .array(z.string().min(1))
    .max(100)
    .optional()
    .meta({ description: 'Only rules of these ids, tags or tables.' }),
  where: z.string().max(4000).optional().meta({ description: 'Only rows for which this SQL expression holds.' }),
  include_drafts: z.boolean().optional().meta({ description: 'Also rules of status draft.' }),
  fail_on: z.enum(severities).optional().meta({ description: 'Failures below it do not fail the run.' }),
  now: z.iso.datetime({ offset: true }).optional().meta({ description: 'The clock that date rules are judged by.' }),
  timeout_seconds: z.number().positive().optional().meta({ description: 'Ends a statement that takes longer.' }),
  max_bytes: z.number().int().min(0).optional().meta({ description: 'Starts no run that would read more.' }),
  explain: z.boolean().default(true).meta({ description: 'Whether a configured language model explains failures.' }),
  resume: z.string().min(1).max(200).optional().meta({ description: 'Id of a stopped run to continue.' }),
  limit: pageInput.limit,
});

const output = z.object({
  ...reportFields,
  verdict: z.enum(['passed', 'failed', 'incomplete']),
  notes: z.array(z.string()),
  report: z.string().meta({ description: 'Resource with the whole report.' }),
});

export const runTool = defineTool({
  name: 'aegis_run',
  title: 'Check data',
  description:
    'Runs data-quality rules against their tables and files, records the run, and gives what failed, the gravest first. Reads data, never changes it. Reports progress; cancelling stops the queries.',
  input,
  output,
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  readsFiles: true,
  answer: async (args, call) => answerOf(await finished(await runOptions(args, call), call), args.limit),
  text: (answer) => [reportText(answer), ...answer.notes.map((note) => `Note: ${note}`)].join('\n'),
});

type Input = z.output<typeof input>;

const runOptions = async (args: Input, call: Call): Promise<RunOptions> => ({
  ...(await targetOf(args, call)),
  history: call.options.history,
  lineage: call.options.lineage,
  llm: call.options.llm === false || !args.explain ? false : undefined,
  select: args.select,
  where: args.where,
  includeDrafts: args.include_drafts,
  failOn: args.fail_on,
  now: args.now,
  timeoutMs: args.timeout_seconds === undefined ? undefined : Math.ceil(args.timeout_seconds * 1000),
  maxBytes: args.max_bytes,
  resume: args.resume,
});

const finished = (options: RunOptions, { effects, progress }: Call): Promise<FinishedRun> => {
  const progressOf = new RunProgress(progress);
  return finishRun(runRules(options, effects), (event) => progressOf.show(event));
};

/** About a hundred notifications for a run, however many rules it has. */
class RunProgress {
  #rules = 0;
  #done = 0;
  #told = 0;

  constructor(private readonly tell: Call['progress']) {}

  show(event: RunEvent): void {
    if (event.type === 'run_started') {
      this.#rules = event.rules;
      this.tell(0, event.rules, `${event.rules} rules on ${event.tables.length} tables`);
    }
    if (event.type === 'rule_finished') this.#finished(event.result.rule_id, event.table, event.result.outcome);
  }

  #finished(rule: string, table: string, outcome: string): void {
    this.#done += 1;
    const isNews = this.#done - this.#told >= this.#rules / 100;
    if (!isNews || this.#done > this.#rules) return;
    this.#told = this.#done;
    this.tell(this.#done, this.#rules, shorten(`${rule} on ${table}: ${outcome}`, 200));
  }
}

const verdicts = { 0: 'passed', 1: 'failed', 3: 'incomplete' } as const;

const answerOf = ({ report, exitCode }: FinishedRun, limit: number): z.output<typeof output> => {
  const attention = gravestFirst(report.results.filter(({ outcome }) => attentionOutcomes.includes(outcome)));
  const { items, next_cursor } = pageOf(attention.map(ruleAnswerOf), { limit }, reportList(report.run_id));
  return {
    run_id: report.run_id,
    status: report.status,
    verdict: verdicts[exitCode],
    summary: summaryAnswerOf(report),
    results: [...items],
    next_cursor,
    notes: report.notes.slice(0, 20).map((note) => shorten(note, 500)),
    report: `aegis://report/${report.run_id}`,
  };
};

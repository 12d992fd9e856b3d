import { compareRuns, listRuns } from '@aegis/project';
import type { ReportComparison, RuleChange } from '@aegis/report';
import { AuditError } from '@aegis/spec';
import { z } from 'zod';
import { nextCursor, pageInput, pageOf } from '../answers/page.js';
import { shorten } from '../answers/shorten.js';
import type { Call } from './call.js';
import { defineTool, readOnly } from './define-tool.js';
import { historyOf, optionalRun } from './run-input.js';

const input = z.strictObject({
  before: optionalRun.meta({ description: 'The earlier run. Default: the latest one before `after`.' }),
  after: optionalRun.meta({ description: 'The later run. Default: the latest.' }),
  ...pageInput,
});

const change = z.object({
  rule_id: z.string(),
  kind: z.string(),
  table: z.string().nullable(),
  before: z.string().nullable().meta({ description: 'Outcome and finding; null for a rule that was added.' }),
  after: z.string().nullable().meta({ description: 'Outcome and finding; null for a rule that was removed.' }),
  rows_failed_delta: z.number().nullable(),
});

const output = z.object({
  before: z.string(),
  after: z.string(),
  counts: z.record(z.string(), z.number()).meta({ description: 'How many rules became what.' }),
  changes: z.array(change).meta({ description: 'What asks for attention first.' }),
  notes: z.array(z.string()).meta({ description: 'What makes the runs less comparable.' }),
  next_cursor: nextCursor,
});

export const compareRunsTool = defineTool({
  name: 'aegis_compare_runs',
  title: 'Compare runs',
  description: 'Tells what changed between two recorded runs: newly failing, still failing, fixed, added, removed.',
  input,
  output,
  annotations: readOnly,
  readsFiles: false,
  answer: async (args, call) => {
    const pair = await pairOf(args, call);
    const comparison = await compareRuns({ ...pair, ...historyOf(call) }, call.effects);
    return answerOf(comparison, args);
  },
  text: ({ before, after, counts, changes, notes }) =>
    [
      `From ${before} to ${after}: ${countWords(counts)}.`,
      ...changes.map((each) => `- ${each.kind.replace('_', ' ')}: ${each.rule_id}: ${each.after ?? each.before}`),
      ...notes.map((note) => `Note: ${note}`),
    ].join('\n'),
});

type Input = z.output<typeof input>;

const pairOf = async (
  { before, after }: Input,
  call: Call,
): Promise<{ readonly before: string; readonly after: string }> => {
  if (before !== undefined && after !== undefined) return { before, after };
  const finished = (await listRuns({ limit: 1000, ...historyOf(call) }, call.effects)).filter(
    ({ kind, summary }) => kind === 'run' && summary !== null,
  );
  const later = finished.findIndex(({ runId }) => after === undefined || runId.startsWith(after));
  const latest = after ?? finished[later]?.runId;
  const earlier = before ?? finished[later + 1]?.runId;
  if (latest !== undefined && earlier !== undefined) return { before: earlier, after: latest };
  throw new AuditError('not-found', 'there are not two finished runs to compare', {
    hint: 'aegis_list_runs lists what is recorded.',
  });
};

const answerOf = (
  { before, after, counts, changes, notes }: ReportComparison,
  request: Input,
): z.output<typeof output> => {
  const list = {
    of: ['comparison', before.run_id, after.run_id],
    keyOf: (_change: unknown, index: number) => String(index),
  };
  const { items, next_cursor } = pageOf(changes.map(changeOf), request, list);
  return {
    ...{ before: before.run_id, after: after.run_id, counts: { ...counts } },
    changes: [...items],
    notes: notes.slice(0, 10).map((note) => shorten(note, 500)),
    next_cursor,
  };
};

const changeOf = ({ rule_id, kind, before, after, rows_failed_delta }: RuleChange): z.infer<typeof change> => ({
  ...{ rule_id, kind, rows_failed_delta },
  table: (after ?? before)?.table ?? null,
  before: stateWords(before),
  after: stateWords(after),
});

const stateWords = (state: RuleChange['before']): string | null =>
  state === null ? null : shorten(`${state.outcome}: ${state.finding}`, 400);

const countWords = (counts: { readonly [kind: string]: number }): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind.replaceAll('_', ' ')}`)
    .join(', ') || 'no rules';

import { listRuns } from '@aegis/project';
import { z } from 'zod';
import { nextCursor, pageInput, pageOfGrowing } from '../answers/page.js';
import { defineTool, readOnly } from './define-tool.js';
import { historyOf } from './run-input.js';

const input = z.strictObject(pageInput);

const runAnswer = z.object({
  run_id: z.string(),
  kind: z.string().meta({ description: 'run for a check of rules; explain, debug and generate are others.' }),
  status: z.string().meta({ description: 'running is also what a killed run stays.' }),
  started_at: z.string(),
  finished_at: z.string().nullable(),
  rules_files: z.array(z.string()),
  warehouse: z.string(),
  llm: z.string().nullable(),
  cost_usd: z.number().nullable(),
  total_rules: z.number().nullable(),
  failed: z.number().nullable(),
  errored: z.number().nullable(),
});

const output = z.object({ runs: z.array(runAnswer), next_cursor: nextCursor });

export const listRunsTool = defineTool({
  name: 'aegis_list_runs',
  title: 'List runs',
  description: 'Lists recorded runs, latest first, with how many rules each had and how many failed.',
  input,
  output,
  annotations: readOnly,
  readsFiles: false,
  answer: async (args, call) => {
    const read = (limit: number) => listRuns({ limit, ...historyOf(call) }, call.effects);
    const { items, next_cursor } = await pageOfGrowing(read, args, { of: ['runs'], keyOf: ({ runId }) => runId });
    return { runs: items.map(runAnswerOf), next_cursor };
  },
  text: ({ runs }) =>
    runs.length === 0 ? 'No run is recorded yet; aegis_run records one.' : runs.map(line).join('\n'),
});

type Run = Awaited<ReturnType<typeof listRuns>>[number];

const runAnswerOf = ({ runId, summary, ...run }: Run): z.infer<typeof runAnswer> => ({
  run_id: runId,
  kind: run.kind,
  status: run.status,
  started_at: run.startedAt,
  finished_at: run.finishedAt,
  rules_files: run.rulesFiles.slice(0, 10),
  warehouse: run.warehouse,
  llm: run.llm,
  cost_usd: run.totalCostUsd,
  total_rules: summary?.total_rules ?? null,
  failed: summary?.failed ?? null,
  errored: summary?.errored ?? null,
});

const line = ({ run_id, kind, status, started_at, total_rules, failed }: z.infer<typeof runAnswer>): string =>
  `- ${run_id} (${kind}, ${status}, ${started_at}): ${total_rules === null ? 'no figures' : `${total_rules} ${total_rules === 1 ? 'rule' : 'rules'}, ${failed} failed`}`;

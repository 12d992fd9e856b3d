import { searchHistory } from '@aegis/project';
import { z } from 'zod';
import { nextCursor, pageInput, pageOfGrowing } from '../answers/page.js';
import type { ShownSamples } from '../server/server-options.js';
import { defineTool, readOnly } from './define-tool.js';
import { historyOf } from './run-input.js';

const input = z.strictObject({
  query: z.string().min(1).max(1000).meta({ description: 'Words, never a syntax; all of them must occur.' }),
  ...pageInput,
});

const hit = z.object({
  decision_id: z.number(),
  run_id: z.string(),
  node: z.string(),
  rule_id: z.string().nullable(),
  model: z.string(),
  recorded_at: z.string(),
  field: z.enum(['prompt', 'response']),
  snippet: z.string().nullable().meta({
    description: 'The place in the text; null for prompts where the server shows no rows, because prompts hold some.',
  }),
});

const output = z.object({ hits: z.array(hit), next_cursor: nextCursor });

export const searchTool = defineTool({
  name: 'aegis_search',
  title: 'Search calls of language models',
  description: 'Finds recorded calls of a language model whose prompt or answer holds every word, latest first.',
  input,
  output,
  annotations: readOnly,
  readsFiles: false,
  answer: async (args, call) => {
    const { query } = args;
    const read = (limit: number) => searchHistory({ query, limit, ...historyOf(call) }, call.effects);
    const list = { of: ['search', query], keyOf: ({ decisionId }: Hit) => String(decisionId) };
    const { items, next_cursor } = await pageOfGrowing(read, args, list);
    return { hits: items.map((each) => hitOf(each, call.options.samples)), next_cursor };
  },
  text: ({ hits }) => (hits.length === 0 ? 'No recorded call holds these words.' : hits.map(line).join('\n')),
});

type Hit = Awaited<ReturnType<typeof searchHistory>>[number];

const hitOf = (found: Hit, samples: ShownSamples | undefined): z.infer<typeof hit> => ({
  decision_id: found.decisionId,
  run_id: found.runId,
  node: found.node,
  rule_id: found.ruleId,
  model: found.model,
  recorded_at: found.recordedAt,
  field: found.field,
  snippet: found.field === 'prompt' && samples !== 'redacted' ? null : found.snippet,
});

const line = ({ decision_id, run_id, node, rule_id, field, snippet }: z.infer<typeof hit>): string =>
  `- call ${decision_id} of ${run_id}, ${node}${rule_id === null ? '' : `, rule ${rule_id}`}, ${field}: ${snippet ?? '(not shown)'}`;

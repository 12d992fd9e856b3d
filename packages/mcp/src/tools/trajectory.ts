import { showTrajectory } from '@aegis/project';
import { z } from 'zod';
import { nextCursor, pageInput, pageOf } from '../answers/page.js';
import { shorten } from '../answers/shorten.js';
import { defineTool, readOnly } from './define-tool.js';
import { historyOf, optionalRun } from './run-input.js';

const input = z.strictObject({ run: optionalRun, ...pageInput });

const node = z.object({
  depth: z.number().meta({ description: '0 for the run; what has a greater depth belongs to what stands before it.' }),
  kind: z.enum(['run', 'table', 'step', 'decision']).meta({ description: 'A decision is one call of a model.' }),
  name: z.string(),
  started_at: z.string(),
  duration_ms: z.number().nullable(),
  outcome: z.string().nullable(),
  detail: z.string().nullable(),
  model: z.string().nullable(),
  decision_id: z.number().nullable(),
  tokens: z.number(),
  cost_usd: z.number().nullable(),
});

const output = z.object({ run_id: z.string(), nodes: z.array(node), next_cursor: nextCursor });

export const trajectoryTool = defineTool({
  name: 'aegis_trajectory',
  title: 'Show how a run went',
  description: 'Shows a recorded run as a tree: its tables, the steps of each, and every call of a language model.',
  input,
  output,
  annotations: readOnly,
  readsFiles: false,
  answer: async (args, call) => {
    const tree = await showTrajectory({ run: args.run, ...historyOf(call) }, call.effects);
    const list = { of: ['trajectory', tree.name], keyOf: (_node: unknown, index: number) => String(index) };
    const { items, next_cursor } = pageOf(flattened(tree, 0), args, list);
    return { run_id: tree.name, nodes: [...items], next_cursor };
  },
  text: ({ nodes }) => nodes.map(line).join('\n'),
});

type Node = z.infer<typeof node>;
type Tree = Awaited<ReturnType<typeof showTrajectory>>;

const flattened = (tree: Tree, depth: number): readonly Node[] => [
  nodeOf(tree, depth),
  ...tree.children.flatMap((child) => flattened(child, depth + 1)),
];

const nodeOf = (tree: Tree, depth: number): Node => ({
  depth,
  kind: tree.kind,
  name: shorten(tree.name, 200),
  started_at: tree.startedAt,
  duration_ms: tree.durationMs,
  outcome: tree.outcome,
  detail: tree.detail && shorten(tree.detail, 500),
  model: tree.model,
  decision_id: tree.decisionId,
  tokens: tree.inputTokens + tree.outputTokens,
  cost_usd: tree.costUsd,
});

const line = ({ depth, kind, name, outcome, duration_ms, detail }: Node): string =>
  [
    `${'  '.repeat(depth)}- ${kind} ${name}`,
    ...(outcome === null ? [] : [outcome]),
    ...(duration_ms === null ? [] : [`${Math.round(duration_ms)} ms`]),
    ...(detail === null ? [] : [detail]),
  ].join(', ');

import { type ExploredLineage, exploreLineage, findTarget, type LineageTarget } from '@aegis/project';
import { z } from 'zod';
import { nextCursor, pageInput, pageOf } from '../answers/page.js';
import { defineTool, readOnly } from './define-tool.js';
import { historyOf } from './run-input.js';

const input = z.strictObject({
  direction: z.enum(['upstream', 'downstream', 'impact']).meta({
    description: 'Toward sources, toward consumers, or what a change of a column reaches.',
  }),
  table: z.string().min(1).max(1000).meta({ description: 'A table; for impact also a column of one: table.column.' }),
  depth: z.number().int().min(1).max(100).optional().meta({ description: 'Most steps. Default: all.' }),
  ...pageInput,
});

const dataset = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  distance: z.number(),
  reach: z
    .enum(['table', 'columns', 'rows', 'possible'])
    .nullable()
    .meta({ description: 'How a column reaches it: named columns, which rows there are, or perhaps; null otherwise.' }),
  columns: z.array(z.string()),
});

const output = z.object({
  table: z.string(),
  column: z.string().nullable(),
  datasets: z.array(dataset),
  total: z.number(),
  gaps: z.array(z.string()).meta({ description: 'Sources of lineage that could not be read.' }),
  next_cursor: nextCursor,
});

export const lineageTool = defineTool({
  name: 'aegis_lineage',
  title: 'Follow lineage',
  description: 'Lists the tables that a table is made from or goes into, or what a change of a column reaches.',
  input,
  output,
  annotations: { ...readOnly, openWorldHint: true },
  readsFiles: false,
  answer: async (args, call) => {
    const { lineage } = call.options;
    const explored = await exploreLineage({ lineage, ...historyOf(call) }, call.effects);
    const target = findTarget(explored.graph, args.table);
    const reached = reachedBy(explored, target, args);
    const list = { of: ['lineage', args.direction, target.dataset.id, target.column, args.depth], keyOf };
    const { items, next_cursor } = pageOf(reached, args, list);
    return {
      table: target.dataset.id,
      column: target.column ?? null,
      datasets: [...items],
      total: reached.length,
      gaps: explored.unreadable.slice(0, 10),
      next_cursor,
    };
  },
  text: ({ table, total, datasets }) =>
    [
      `${total} datasets from ${table}:`,
      ...datasets.map(({ name, kind, distance, columns }) => {
        const reached = columns.length === 0 ? '' : `, columns ${columns.join(', ')}`;
        return `- ${name} (${kind}), distance ${distance}${reached}`;
      }),
    ].join('\n'),
});

type Dataset = z.infer<typeof dataset>;

const keyOf = ({ id }: Dataset, index: number): string => `${index} ${id}`;

const reachedBy = (
  { graph, columnImpact }: ExploredLineage,
  { dataset: start, column }: LineageTarget,
  { direction, depth }: z.output<typeof input>,
): readonly Dataset[] => {
  const named = ({ id, kind }: LineageTarget['dataset']) => ({ id, name: graph.shortName(id), kind });
  const options = { maxDistance: depth };
  if (direction === 'impact' && column !== undefined) {
    const reached = columnImpact({ dataset: start.id, column }, options);
    return reached.map((each) => ({ ...named(each.dataset), ...howReached(each) }));
  }
  const walked = graph[direction === 'upstream' ? 'upstream' : 'downstream'](start.id, options);
  return walked.map(({ dataset: each, distance }) => ({ ...named(each), distance, reach: null, columns: [] }));
};

type Impacted = ReturnType<ExploredLineage['columnImpact']>[number];

const howReached = ({ distance, reach, columns }: Impacted): Pick<Dataset, 'distance' | 'reach' | 'columns'> => ({
  distance,
  reach,
  columns: columns.slice(0, 50),
});

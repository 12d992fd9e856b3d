import { z } from 'zod';
import { defineTool, readOnly } from './define-tool.js';
import { lookWith } from './toolbox.js';

const input = z.strictObject({
  sql: z.string().min(1).max(20_000).meta({
    description: 'One SELECT over tables of the lineage graph, in the SQL of the warehouse.',
  }),
  row_limit: z.number().int().min(1).max(1000).default(50).meta({ description: 'Most rows. Default 50.' }),
});

const output = z.object({
  sql: z.string().meta({ description: 'What ran.' }),
  tables: z.array(z.string()),
  columns: z.array(z.string()),
  rows: z.array(z.record(z.string(), z.unknown())),
  truncated: z
    .enum(['rows', 'bytes'])
    .nullable()
    .meta({ description: 'Why rows are missing; ask for fewer columns or rows.' }),
});

export const queryTableTool = defineTool({
  name: 'aegis_query_table',
  title: 'Query tables',
  description:
    'Runs one SELECT over tables of the lineage graph and gives its rows. Personal values are tokens such as <email:1>; equal values have equal tokens. Other tables are out of scope.',
  input,
  output,
  annotations: { ...readOnly, openWorldHint: true },
  readsFiles: false,
  answer: async ({ sql, row_limit }, call) => {
    const found = await lookWith(call, true, (toolbox) => toolbox.queryTable(sql, row_limit, call.effects.signal));
    return {
      ...{ sql: found.sql, tables: [...found.tables], columns: [...found.columns] },
      ...{ rows: found.rows.map((row) => ({ ...row })), truncated: found.truncated },
    };
  },
  text: ({ rows, truncated }) =>
    [
      `${rows.length} rows${truncated === null ? '' : `, cut at the limit of ${truncated}`}`,
      ...rows.map((row) => JSON.stringify(row)),
    ].join('\n'),
});

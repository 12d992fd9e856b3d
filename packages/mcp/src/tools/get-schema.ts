import { z } from 'zod';
import { nextCursor, pageInput, pageOf } from '../answers/page.js';
import { shorten } from '../answers/shorten.js';
import { defineTool, readOnly } from './define-tool.js';
import { lookWith } from './toolbox.js';

const input = z.strictObject({
  table: z.string().min(1).max(1000).meta({ description: 'A table of the lineage graph.' }),
  ...pageInput,
});

const column = z.object({
  name: z.string(),
  type: z
    .string()
    .nullable()
    .meta({ description: 'As the warehouse spells it; null where only lineage knows the column.' }),
  nullable: z.boolean().nullable(),
  made_from: z.array(z.string()),
  expression: z.string().nullable().meta({ description: 'The SQL that makes it, where known.' }),
});

const output = z.object({
  table: z.string(),
  source: z.enum(['warehouse', 'lineage']),
  columns: z.array(column),
  rows_decided_by: z.array(z.string()).meta({ description: 'Filters and join keys that decide which rows there are.' }),
  next_cursor: nextCursor,
});

export const getSchemaTool = defineTool({
  name: 'aegis_get_schema',
  title: 'Describe a table',
  description:
    'Lists the columns of a table with their types, what they are made from, and what decides which rows there are.',
  input,
  output,
  annotations: { ...readOnly, openWorldHint: true },
  readsFiles: false,
  answer: async ({ table, ...request }, call) => {
    const schema = await lookWith(call, false, (toolbox) => toolbox.getSchema(table));
    const list = { of: ['schema', schema.table], keyOf: ({ name }: z.infer<typeof column>) => name };
    const { items, next_cursor } = pageOf(schema.columns.map(columnOf), request, list);
    return {
      ...{ table: schema.table, source: schema.source, columns: [...items] },
      rows_decided_by: schema.rowsDecidedBy.slice(0, 50).map((each) => shorten(each, 300)),
      next_cursor,
    };
  },
  text: ({ table, columns }) =>
    [`Columns of ${table}:`, ...columns.map(({ name, type }) => `- ${name}${type === null ? '' : ` ${type}`}`)].join(
      '\n',
    ),
});

interface KnownColumn {
  readonly name: string;
  readonly type: string | null;
  readonly nullable?: boolean | undefined;
  readonly madeFrom: readonly string[];
  readonly expression: string | null;
}

const columnOf = ({ name, type, nullable, madeFrom, expression }: KnownColumn): z.infer<typeof column> => ({
  ...{ name, type, nullable: nullable ?? null },
  made_from: madeFrom.slice(0, 20),
  expression: expression && shorten(expression, 500),
});

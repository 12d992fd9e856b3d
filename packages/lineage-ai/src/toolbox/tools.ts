import type { JsonObject, JsonValue } from '@aegis/spec';
import { z } from 'zod';
import type { LineageToolbox } from './lineage-toolbox.js';
import { tellNodes, tellOperations, tellRows, tellRowTrace, tellSchema, tellStats, tellUpstream } from './tell.js';
import type { ToolResult } from './tool-result.js';

/** What a tool call gave: as data, and as a model reads it. */
export interface ToolAnswer {
  readonly tool: string;
  readonly result: ToolResult<unknown>;
  readonly content: string;
  readonly isError: boolean;
}

/** A tool by its name, as models and MCP clients are offered it. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. */
  readonly parameters: JsonObject;
}

export interface BoundTool extends ToolDefinition {
  call(toolbox: LineageToolbox, input: JsonValue, signal: AbortSignal | undefined): Promise<ToolAnswer>;
}

interface ToolParts<Schema extends z.ZodType, Value> {
  readonly name: string;
  readonly description: string;
  readonly input: Schema;
  readonly run: (
    toolbox: LineageToolbox,
    input: z.output<Schema>,
    signal: AbortSignal | undefined,
  ) => Promise<ToolResult<Value>>;
  readonly tell: (value: Value) => string;
}

const defineTool = <Schema extends z.ZodType, Value>(parts: ToolParts<Schema, Value>): BoundTool => ({
  name: parts.name,
  description: parts.description,
  parameters: parametersOf(parts.input),
  call: async (toolbox, input, signal) => {
    const read = parts.input.safeParse(input ?? {});
    if (!read.success) return refused(parts.name, `The arguments do not fit: ${z.prettifyError(read.error)}`);
    const result = await parts.run(toolbox, read.data, signal);
    if (result.ok) return { tool: parts.name, result, content: parts.tell(result.value), isError: false };
    return { tool: parts.name, result, content: `${result.error.kind}: ${result.error.message}`, isError: true };
  },
});

/** The answer to a call whose arguments are wrong. */
const refused = (tool: string, message: string): ToolAnswer => ({
  tool,
  result: { ok: false, error: { kind: 'invalid_arguments', message } },
  content: `invalid_arguments: ${message}`,
  isError: true,
});

const parametersOf = (input: z.ZodType): JsonObject => {
  const { $schema: _, ...parameters } = z.toJSONSchema(input, { io: 'input' }) as Record<string, JsonValue>;
  return parameters;
};

const tableName = () => z.string().min(1).describe('A table of the graph, as list_graph_nodes names it.');

export const tools: readonly BoundTool[] = [
  defineTool({
    name: 'list_graph_nodes',
    description:
      'Lists the tables of the lineage graph: inputs, intermediate ones and targets, and whether they can be read.',
    input: z.strictObject({
      contains: z.string().optional().describe('Only tables whose name contains this.'),
      limit: z.int().min(1).max(1000).optional().describe('Most tables. Default 200.'),
    }),
    run: (toolbox, input, signal) => toolbox.listGraphNodes(input, signal),
    tell: tellNodes,
  }),
  defineTool({
    name: 'get_op_sql',
    description: 'The SQL of the operations that made a table, in the order they ran.',
    input: z.strictObject({ table: tableName() }),
    run: (toolbox, { table }, signal) => toolbox.getOpSql(table, signal),
    tell: tellOperations,
  }),
  defineTool({
    name: 'get_schema',
    description:
      'The columns of a table with their types, the columns they are made from, and what decides which rows it has.',
    input: z.strictObject({ table: tableName() }),
    run: (toolbox, { table }, signal) => toolbox.getSchema(table, signal),
    tell: tellSchema,
  }),
  defineTool({
    name: 'query_table',
    description:
      "Runs one SELECT over tables of the graph and returns its rows. Values that could be personal are tokens such as <email:1>; equal values have equal tokens. A token can be compared with, as in WHERE email = '<email:1>', and nothing else.",
    input: z.strictObject({
      sql: z.string().min(1).describe('One SELECT. Name tables as list_graph_nodes does.'),
      row_limit: z.int().min(1).optional().describe('Most rows. Default 100.'),
    }),
    run: (toolbox, { sql, row_limit: rowLimit }, signal) => toolbox.queryTable(sql, rowLimit, signal),
    tell: tellRows,
  }),
  defineTool({
    name: 'sample_table',
    description: 'Some rows of a table, any or those for which a condition is true.',
    input: z.strictObject({
      table: tableName(),
      limit: z.int().min(1).optional().describe('Most rows. Default 20.'),
      where: z.string().optional().describe('A condition on the columns of one row, as SQL.'),
    }),
    run: (toolbox, { table, limit, where }, signal) => toolbox.sampleTable(table, limit, where, signal),
    tell: tellRows,
  }),
  defineTool({
    name: 'get_column_stats',
    description: 'Rows of a table, and of every column how many values it has and the smallest and largest of them.',
    input: z.strictObject({ table: tableName() }),
    run: (toolbox, { table }, signal) => toolbox.getColumnStats(table, signal),
    tell: tellStats,
  }),
  defineTool({
    name: 'trace_upstream',
    description: 'The tables that a table is made from, step by step, with the operations in between.',
    input: z.strictObject({
      table: tableName(),
      depth: z.int().min(1).optional().describe('Most operations in between. Default 10.'),
    }),
    run: (toolbox, { table, depth }, signal) => toolbox.traceUpstream(table, depth, signal),
    tell: tellUpstream,
  }),
  defineTool({
    name: 'trace_row',
    description:
      'The row of a table with a key, and the rows upstream that it came from, as far as the key is carried on unchanged.',
    input: z.strictObject({
      table: tableName(),
      key: z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
        .refine((key) => Object.keys(key).length > 0, 'name at least one column')
        .describe('Columns and their values, e.g. {"order_id": 7}.'),
    }),
    run: (toolbox, { table, key }, signal) => toolbox.traceRow(table, key, signal),
    tell: tellRowTrace,
  }),
];

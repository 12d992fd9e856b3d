import {
  type CallToolResult,
  type InputRequiredResult,
  isInputRequiredResult,
  type ServerContext,
  type ToolAnnotations,
} from '@modelcontextprotocol/server';
import type { z } from 'zod';
import { errorResult } from '../answers/error-result.js';
import { scrubbed } from '../answers/scrubbed.js';
import { type Call, type Connection, openCall } from './call.js';

export interface ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> {
  readonly name: `aegis_${string}`;
  readonly title: string;
  /** For the model that decides whether to call it. */
  readonly description: string;
  readonly input: Input;
  readonly output: Output;
  readonly annotations: Required<Omit<ToolAnnotations, 'title'>>;
  /** Whether its arguments name files. */
  readonly readsFiles: boolean;
  readonly answer: (input: z.output<Input>, call: Call) => Promise<z.output<Output> | InputRequiredResult>;
  /** The same answer in words, for clients that do not read structured content. */
  readonly text: (output: z.output<Output>) => string;
}

export interface Tool {
  readonly name: string;
  readonly registerAt: (connection: Connection) => void;
}

/** A tool that knows how to register itself, and whose errors are answers. */
export const defineTool = <Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output>,
): Tool => ({
  name: definition.name,
  registerAt: (connection) => {
    const { name, title, description, input, output, annotations } = definition;
    const config = { title, description, inputSchema: input, outputSchema: output, annotations };
    const callback = (args: unknown, context: ServerContext) =>
      // What arrives here has passed the input schema.
      answerTo(definition, args as z.output<Input>, connection, context);
    connection.server.registerTool<Output, z.ZodObject>(name, config, callback);
  },
});

const answerTo = async <Input extends z.ZodObject, Output extends z.ZodObject>(
  { answer, text, readsFiles }: ToolDefinition<Input, Output>,
  args: z.output<Input>,
  connection: Connection,
  context: ServerContext,
): Promise<CallToolResult | InputRequiredResult> => {
  const { secrets } = connection.host.effects;
  try {
    const call = await openCall(connection, context, readsFiles);
    if (isInputRequiredResult(call)) return call;
    const output = await answer(args, call);
    if (isInputRequiredResult(output)) return scrubbed(output, secrets);
    return scrubbed({ content: [{ type: 'text', text: text(output) }], structuredContent: output }, secrets);
  } catch (error) {
    return scrubbed(errorResult(error, connection.host), secrets);
  }
};

/** Reads, and tells the same until something is recorded. */
export const readOnly = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
} as const satisfies ToolAnnotations;

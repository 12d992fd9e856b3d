import type { JsonObject, JsonValue, ModelMessage, ToolCall } from '@aegis/spec';
import { z } from 'zod';
import type { RuntimeTool } from '../runtime/model-runtime.js';
import { shorten } from '../structured/shorten.js';

const longestProblem = 1_000;

/** The message that answers a tool call. What the model did wrong is an answer too, so that it can do better. */
export const runToolCall = async (
  { id, name, arguments: given }: ToolCall,
  tools: readonly RuntimeTool[],
  signal: AbortSignal | undefined,
): Promise<ModelMessage> => {
  const tool = tools.find((candidate) => candidate.name === name);
  if (tool === undefined) return refused(id, `there is no tool "${name}"; the tools are ${names(tools)}`);
  const input = toolInput(given);
  const problem = argumentProblem(tool.parameters, input);
  if (problem !== undefined) return refused(id, `the arguments of ${name} do not fit: ${problem}`);
  const { content, isError } = await tool.run(input, signal);
  return { role: 'tool', toolCallId: id, content, ...(isError && { isError }) };
};

const refused = (toolCallId: string, content: string): ModelMessage => ({
  ...{ role: 'tool', toolCallId },
  content: shorten(content, longestProblem),
  isError: true,
});

const names = (tools: readonly RuntimeTool[]): string => tools.map(({ name }) => name).join(', ');

/** Arguments that came as text, as vendors pass on what a model wrote; none at all are an empty object. */
const toolInput = (given: JsonValue): JsonValue => {
  if (typeof given !== 'string') return given ?? {};
  if (given.trim() === '') return {};
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
};

const argumentProblem = (parameters: JsonObject, input: JsonValue): string | undefined => {
  if (typeof input !== 'object') return 'they are not a JSON object';
  const checked = argumentSchema(parameters)?.safeParse(input);
  return checked?.error === undefined ? undefined : z.prettifyError(checked.error);
};

/** `undefined` for schemas that zod cannot express; the tool then judges its arguments alone. */
const argumentSchema = (parameters: JsonObject): z.ZodType | undefined => {
  try {
    return z.fromJSONSchema({ ...parameters });
  } catch {
    return undefined;
  }
};

import type { ModelMessage, ModelRequest, ModelResponse, ModelTool, ToolCall } from '@aegis/spec';
import type { CallContext, ModelRuntime, RuntimeTool, ToolRun } from '../runtime/model-runtime.js';
import { eitherSignal, throwIfStopped, unlessStopped } from '../runtime/stopping.js';
import { runToolCall } from './run-tool-call.js';
import { writtenToolCalls } from './written-tool-calls.js';

export interface ToolQuestion {
  readonly generate: ModelRuntime['generate'];
  readonly request: ModelRequest;
  readonly tools: readonly RuntimeTool[];
  readonly call: CallContext;
  /** Answers with tool calls that are followed. */
  readonly maxIterations: number;
}

/** Follows the model's tool calls, those of one answer side by side, until it answers without. */
export const toolLoop = async (question: ToolQuestion): Promise<ToolRun> => {
  const { generate, request, tools, call, maxIterations } = question;
  const offered = tools.map(({ name, description, parameters }): ModelTool => ({ name, description, parameters }));
  let messages = request.messages;
  for (let iteration = 1; iteration <= maxIterations; iteration += 1) {
    const response = await generate({ ...request, messages, tools: offered }, call);
    const asked = toolCallsOf(response, tools, iteration);
    if (asked.length === 0) return { response, stop: 'answered', messages: [...messages, spoken(response)] };
    messages = [...messages, asking(response, asked), ...(await toolAnswers(asked, question))];
  }
  return finalAnswer(question, messages);
};

const toolCallsOf = (
  { toolCalls, text }: ModelResponse,
  tools: readonly RuntimeTool[],
  iteration: number,
): readonly ToolCall[] =>
  toolCalls.length > 0
    ? toolCalls
    : writtenToolCalls(text, new Set(tools.map(({ name }) => name)), `written-${iteration}`);

const toolAnswers = (
  asked: readonly ToolCall[],
  { tools, call, request }: ToolQuestion,
): Promise<readonly ModelMessage[]> => {
  const signal = eitherSignal(call.session.signal, request.signal);
  throwIfStopped(signal);
  return unlessStopped(Promise.all(asked.map((one) => runToolCall(one, tools, signal))), signal);
};

const spoken = ({ text, providerState }: ModelResponse): ModelMessage => ({
  ...{ role: 'assistant', content: text },
  ...(providerState !== undefined && { providerState }),
});

/** Calls that were written as text are not said twice. */
const asking = (response: ModelResponse, toolCalls: readonly ToolCall[]): ModelMessage => ({
  ...{ role: 'assistant', toolCalls },
  content: response.toolCalls.length > 0 ? response.text : '',
  ...(response.providerState !== undefined && { providerState: response.providerState }),
});

/** Vendors refuse tool messages in a request without tools, so what was found out is told as text. */
const finalAnswer = async (
  { generate, request, call }: ToolQuestion,
  messages: readonly ModelMessage[],
): Promise<ToolRun> => {
  const told = [...request.messages, ...toldResults(messages.slice(request.messages.length))];
  const response = await generate({ ...request, messages: told }, call);
  return { response, stop: 'max_iterations', messages: [...messages, spoken(response)] };
};

const toldResults = (messages: readonly ModelMessage[]): readonly ModelMessage[] => {
  const lines = messages.flatMap(told);
  if (lines.length === 0) return [];
  return [
    { role: 'assistant', content: 'I will look into it with the tools.' },
    {
      role: 'user',
      content: `${lines.join('\n\n')}\n\nNo tool can be called any more. Answer with what you know now.`,
    },
  ];
};

const told = (message: ModelMessage): readonly string[] => {
  if (message.role === 'tool')
    return [`The tool answered${message.isError ? ' with an error' : ''}:\n${message.content}`];
  if (message.role === 'user') return [message.content];
  const calls = (message.toolCalls ?? []).map(
    ({ name, arguments: given }) => `You called ${name}(${JSON.stringify(given)}).`,
  );
  return [...(message.content === '' ? [] : [`You said: ${message.content}`]), ...calls];
};

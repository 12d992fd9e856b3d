import type { ModelMessage, ModelRequest, ModelTool, ToolCall } from '@aegis/spec';
import type { CallContext, ModelRuntime, RuntimeTool, ToolRun } from '../runtime/model-runtime.js';
import { eitherSignal, throwIfStopped, unlessStopped } from '../runtime/stopping.js';
import { runToolCall } from './run-tool-call.js';
import { askedTools, assistantTurn, toldAsText } from './turns.js';

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
    const asked = askedTools(response, tools, `written-${iteration}`);
    if (asked.length === 0) return { response, stop: 'answered', messages: [...messages, assistantTurn(response)] };
    messages = [...messages, assistantTurn(response, asked), ...(await toolAnswers(asked, question))];
  }
  return finalAnswer(question, messages);
};

const toolAnswers = (
  asked: readonly ToolCall[],
  { tools, call, request }: ToolQuestion,
): Promise<readonly ModelMessage[]> => {
  const signal = eitherSignal(call.session.signal, request.signal);
  throwIfStopped(signal);
  return unlessStopped(Promise.all(asked.map((one) => runToolCall(one, tools, signal))), signal);
};

/** What was found out is told as text. */
const finalAnswer = async (
  { generate, request, call }: ToolQuestion,
  messages: readonly ModelMessage[],
): Promise<ToolRun> => {
  const response = await generate({ ...request, messages: toldAsText(messages, request.messages.length) }, call);
  return { response, stop: 'max_iterations', messages: [...messages, assistantTurn(response)] };
};

import { askedTools, assistantTurn, toldAsText } from '@aegis/llm';
import {
  type DebugEvent,
  isAegisError,
  LanguageModelError,
  type ModelMessage,
  type StopReason,
  type ToolCall,
} from '@aegis/spec';
import type { AiAnswer, AiProvider } from '../provider/ai-provider.js';
import type { LineageToolbox } from '../toolbox/lineage-toolbox.js';
import type { ToolAnswer } from '../toolbox/tools.js';
import { parsedArguments } from './arguments.js';
import type { DebugState, Finding } from './debug-state.js';
import { promptVersion, systemPrompt } from './prompt.js';
import { holdsAnswer, readAnswer } from './read-answer.js';
import { reproduce } from './reproduce.js';

export interface DebugParts {
  readonly provider: AiProvider;
  readonly toolbox: LineageToolbox;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: (event: DebugEvent) => void;
}

type Change = Partial<DebugState>;

/** Tools that one answer may call; more are refused. */
const mostAtOnce = 16;

/** The steps of an inquiry, each a function of the state. None rejects: what fails ends the loop with a reason. */
export class DebugSteps {
  readonly #parts: DebugParts;

  constructor(parts: DebugParts) {
    this.#parts = parts;
  }

  /** One question to the model, tools offered. */
  async ask({ messages, iterations }: DebugState): Promise<Change> {
    const { provider, toolbox, onEvent } = this.#parts;
    onEvent({ type: 'asked', iteration: iterations + 1 });
    return guarded(async () => {
      const answer = await provider.queryWithTools(messages, toolbox.tools, undefined, this.#call());
      const turn = turnOf(answer);
      if (answer.toolCalls.length > 0) return { messages: [turn], asked: answer.toolCalls };
      return { messages: [turn], said: answer.content, stop: 'answered' };
    });
  }

  /** The tools that the model asked for, side by side; those that are too many are told so. */
  async look({ asked, findings, iterations }: DebugState): Promise<Change> {
    return guarded(async () => {
      const found = await Promise.all(asked.map((call, index) => this.#find(call, index, findings.length)));
      if (this.#parts.signal?.aborted) throw stopped();
      return {
        findings: found,
        messages: found.map((each, index) => toolTurn(each, asked[index])),
        iterations: iterations + 1,
      };
    });
  }

  /** At the cap: what was found out is told as text, and no tool is offered. */
  async conclude({ messages }: DebugState): Promise<Change> {
    this.#parts.onEvent({ type: 'concluding' });
    return guarded(async () => {
      const { system, ...call } = this.#call();
      const answer = await this.#parts.provider.query(toldAsText(messages), undefined, system, call);
      return { messages: [turnOf(answer)], said: this.#saidBy(answer), stop: 'max_iterations' };
    });
  }

  /** Calls what the answer cites once more. */
  async verify({ said, findings }: DebugState): Promise<Change> {
    const { toolbox, signal, onEvent } = this.#parts;
    const { claims, ...answer } = readAnswer(said);
    const cited = new Set(claims.flatMap(({ cites }) => cites));
    if (cited.size > 0) onEvent({ type: 'verifying', ids: [...cited] });
    const statusOf = await reproduce([...cited], findings, { toolbox, signal });
    if (cited.size > 0 && signal?.aborted) return { stop: 'error', error: shown(stopped()) };
    const checked = claims.map(({ text, cites }) => {
      const citations = cites.map((id) => ({ id, status: statusOf(id) }));
      const isSupported = citations.length > 0 && citations.every(({ status }) => status === 'reproduced');
      return { text, citations, isSupported };
    });
    return { told: { ...answer, claims: checked } };
  }

  /** A call for a tool where none is to be had is no answer. */
  #saidBy({ content, toolCalls }: AiAnswer): string {
    const asked = askedTools({ text: content, toolCalls }, this.#parts.toolbox.tools, 'late');
    return asked.length > 0 && !holdsAnswer(content) ? '' : content;
  }

  async #find({ name, arguments: given }: ToolCall, index: number, before: number): Promise<Finding> {
    const { toolbox, signal, onEvent } = this.#parts;
    const id = `r${before + index + 1}`;
    const input = parsedArguments(given);
    onEvent({ type: 'looking', id, tool: name, arguments: input });
    const { content, isError, result } =
      index < mostAtOnce ? await toolbox.dispatch(name, input, signal) : tooMany(name);
    onEvent({ type: 'found', id, tool: name, isError, content });
    return { id, tool: name, arguments: input, content, isError, result };
  }

  #call() {
    return { system: systemPrompt, node: 'debug', promptVersion, signal: this.#parts.signal };
  }
}

const stopped = () => new LanguageModelError('cancelled', 'the inquiry was stopped');

const tooMany = (tool: string): ToolAnswer => {
  const message = `Only ${mostAtOnce} tools can be called at once. Call this one again when it is still needed.`;
  return {
    ...{ tool, content: `invalid_arguments: ${message}`, isError: true },
    result: { ok: false, error: { kind: 'invalid_arguments', message } },
  };
};

const turnOf = ({ content, toolCalls, providerState }: AiAnswer): ModelMessage =>
  assistantTurn({ text: content, toolCalls, ...(providerState !== undefined && { providerState }) }, toolCalls);

const toolTurn = ({ id, content, isError }: Finding, call: ToolCall | undefined): ModelMessage => ({
  ...{ role: 'tool', toolCallId: call?.id ?? id, content: `[${id}]\n${content}` },
  ...(isError && { isError }),
});

const guarded = async (work: () => Promise<Change>): Promise<Change> => {
  try {
    return await work();
  } catch (error) {
    return { stop: stopOf(error), error: shown(error) };
  }
};

const stopOf = (error: unknown): StopReason =>
  isAegisError(error) && error.code === 'model/budget' ? 'budget' : 'error';

const shown = (error: unknown): DebugState['error'] =>
  isAegisError(error)
    ? { code: error.code, message: error.message, hint: error.hint ?? null }
    : { code: 'model/unknown', message: error instanceof Error ? error.message : String(error), hint: null };

import type { LineageGraph } from '@aegis/lineage';
import type { BudgetLimits } from '@aegis/llm';
import { Redactor } from '@aegis/llm/redaction';
import { ConfigError, type DebugAnswer, type DebugEvent, type ModelSpend, type Warehouse } from '@aegis/spec';
import { checkWholeNumber } from '../check-whole-number.js';
import { findDataset } from '../find-dataset.js';
import type { AiProvider } from '../provider/ai-provider.js';
import { spentSince } from '../provider/spent-since.js';
import { LineageToolbox, type ToolboxOptions } from '../toolbox/lineage-toolbox.js';
import type { DebugState } from './debug-state.js';
import { firstQuestion } from './prompt.js';
import { DebugSteps } from './steps.js';

export interface DebugOptions extends ToolboxOptions {
  readonly graph: LineageGraph;
  readonly provider: AiProvider;
  readonly warehouse: Warehouse;
  /** Answers with tool calls that are followed; then the model is asked once more, without tools. Default 10. */
  readonly maxIterations?: number | undefined;
  /** Of this inquiry alone. Default: what the provider was given. */
  readonly budget?: BudgetLimits | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: DebugEvent) => void) | undefined;
}

const defaultIterations = 10;

/**
 * Why is this wrong: a model looks at the graph and the data with the tools of {@link LineageToolbox} until it answers.
 * Always resolves once it has begun; `stopReason` says how it ended.
 * @throws LineageError `not-found`, `ambiguous-name` for the table; ConfigError `usage` for limits that cannot be kept
 */
export const debugResult = async (target: string, question: string, options: DebugOptions): Promise<DebugAnswer> => {
  const { graph, maxIterations = defaultIterations, signal, onEvent = () => undefined } = options;
  checkWholeNumber('maxIterations', maxIterations, 'usage');
  const dataset = findDataset(graph, target);
  const provider = withinBudget(options);
  const redactor = options.redactor ?? new Redactor({ maskColumns: [], keepColumns: [] }, { scrub: (text) => text });
  const toolbox = new LineageToolbox(graph, { ...options, redactor });
  const before = provider.spent();
  const upstream = await toolbox.dispatch('trace_upstream', { table: dataset.id, depth: firstDepth });
  const asked = firstQuestion(graph.shortName(dataset.id), redactor.text(question), upstream.content);
  const { runDebugGraph } = await import('./graph.js');
  const steps = new DebugSteps({ provider, toolbox, signal, onEvent });
  const state = await runDebugGraph(steps, startOf(asked), maxIterations);
  return answerOf(state, spentSince(before, provider.spent()));
};

const firstDepth = 5;

const withinBudget = ({ provider, budget }: DebugOptions): AiProvider => {
  if (budget === undefined) return provider;
  if (provider.withBudget) return provider.withBudget(budget);
  throw new ConfigError('usage', 'this provider cannot keep a budget', {
    hint: 'Leave the budget out, or make the provider with createAiProvider.',
  });
};

const startOf = (asked: string): DebugState => ({
  messages: [{ role: 'user', content: asked }],
  ...{ findings: [], asked: [], iterations: 0, stop: null, said: '', error: null },
  told: { answer: '', verdict: 'insufficient_evidence', claims: [] },
});

const answerOf = ({ messages, findings, stop, error, told }: DebugState, cost: ModelSpend): DebugAnswer => {
  const stopReason = stop ?? 'error';
  const isEarly = stopReason === 'budget' || stopReason === 'error';
  return {
    answer: isEarly ? earlyAnswer(stopReason, error) : told.answer,
    verdict: isEarly ? 'insufficient_evidence' : told.verdict,
    ...{ claims: isEarly ? [] : told.claims, stopReason },
    evidence: findings.map(({ result: _, ...use }) => use),
    ...{ transcript: messages, cost, error },
  };
};

const earlyAnswer = (stopReason: 'budget' | 'error', error: DebugAnswer['error']): string =>
  stopReason === 'budget'
    ? 'The budget was spent before the model answered. What it had looked at by then is in the transcript.'
    : `The model could not answer: ${error?.message ?? 'the inquiry ended early'}. What it had looked at by then is in the transcript.`;

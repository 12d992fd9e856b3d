import { type AiProvider, type DebugAnswer, debugResult, explainLineage } from '@aegis/lineage-ai';
import type { ModelSpend } from '@aegis/spec';
import type { OpenPipeline } from './open-pipeline.js';
import type { Question } from './question.js';

/** What came of a question. */
export interface Asked {
  readonly answer: string;
  readonly verdict: DebugAnswer['verdict'];
  readonly claims: DebugAnswer['claims'];
  readonly evidence: DebugAnswer['evidence'];
  /** Why there is no answer that could be right: the inquiry ended early. */
  readonly endedBy: string | null;
  readonly cost: ModelSpend;
  readonly seconds: number;
}

export interface AskOptions {
  readonly maxIterations?: number | undefined;
}

/** Asks a model one question. Never rejects for what a model or its provider does. */
export const ask = async (
  question: Question,
  pipeline: OpenPipeline,
  provider: AiProvider,
  options: AskOptions = {},
): Promise<Asked> => {
  const started = performance.now();
  const asked = await attempt(question, pipeline, provider, options);
  return { ...asked, seconds: (performance.now() - started) / 1000 };
};

const attempt = async (
  question: Question,
  pipeline: OpenPipeline,
  provider: AiProvider,
  options: AskOptions,
): Promise<Omit<Asked, 'seconds'>> => {
  const before = provider.spent();
  try {
    return question.ask === 'explain'
      ? await explained(question, pipeline, provider)
      : await debugged(question, pipeline, provider, options);
  } catch (error) {
    const endedBy = error instanceof Error ? error.message : String(error);
    return { ...nothing, endedBy, cost: before };
  }
};

const nothing = { answer: '', verdict: 'insufficient_evidence', claims: [], evidence: [] } as const;

const explained = async ({ target, question }: Question, { graph }: OpenPipeline, provider: AiProvider) => {
  const { answer, isComplete, cost } = await explainLineage(target, question, { graph, provider });
  return { ...nothing, answer, verdict: 'explained', cost, endedBy: isComplete ? null : 'the answer was cut' } as const;
};

const debugged = async (
  { target, question }: Question,
  { graph, warehouse }: OpenPipeline,
  provider: AiProvider,
  options: AskOptions,
) => {
  const told = await debugResult(target, question, { graph, warehouse, provider, ...options });
  const { answer, verdict, claims, evidence, cost, stopReason, error } = told;
  const endedBy = stopReason === 'answered' ? null : (error?.message ?? stopReason);
  return { answer, verdict, claims, evidence, cost, endedBy };
};

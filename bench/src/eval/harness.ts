import type { AiProvider } from '@aegis/lineage-ai';
import { type Asked, type AskOptions, ask } from './ask.js';
import { openPipeline } from './open-pipeline.js';
import type { EvalPipeline, Question, QuestionKind } from './question.js';
import { scoreAnswer } from './score.js';

/** One question, asked once. */
export interface Outcome {
  readonly id: string;
  readonly kind: QuestionKind;
  /** From 1. */
  readonly round: number;
  readonly model: string;
  readonly isRight: boolean;
  readonly faults: readonly string[];
  readonly answer: string;
  readonly toolCalls: number;
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** `null` where the price is not known. */
  readonly costUsd: number | null;
  readonly seconds: number;
}

export interface EvalOptions extends AskOptions {
  /** A provider for each question, so that what one spends is its own. */
  readonly provider: (question: Question) => AiProvider | Promise<AiProvider>;
  /** Ids; default all. */
  readonly only?: readonly string[] | undefined;
  /** How often each is asked. Default 1. */
  readonly repeat?: number | undefined;
  /** Outcomes that are there already. */
  readonly isDone?: ((id: string, round: number) => boolean) | undefined;
}

/** Asks and scores question after question. */
export async function* evaluate(
  pipelines: readonly EvalPipeline[],
  { only, repeat = 1, isDone = () => false, provider, ...options }: EvalOptions,
): AsyncGenerator<Outcome, void> {
  for (const pipeline of pipelines) {
    const due = rounds(pipeline.questions, only, repeat).filter(({ question, round }) => !isDone(question.id, round));
    if (due.length === 0) continue;
    const open = await openPipeline(pipeline);
    try {
      for (const { question, round } of due) {
        const model = await provider(question);
        const asked = await ask(question, open, model, options);
        const score = scoreAnswer(question, asked, open.tables);
        yield { ...outcomeOf(question, round, asked), ...score, model: `${model.provider}/${model.model}` };
      }
    } finally {
      await open.close();
    }
  }
}

const rounds = (questions: readonly Question[], only: readonly string[] | undefined, repeat: number) =>
  questions
    .filter(({ id }) => only === undefined || only.includes(id))
    .flatMap((question) => Array.from({ length: repeat }, (_, index) => ({ question, round: index + 1 })));

const outcomeOf = ({ id, kind }: Question, round: number, { answer, evidence, cost, seconds }: Asked) => ({
  ...{ id, kind, round, answer, toolCalls: evidence.length, seconds },
  ...{ calls: cost.calls, inputTokens: cost.inputTokens, outputTokens: cost.outputTokens, costUsd: cost.costUsd },
});

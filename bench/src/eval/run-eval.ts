import { type AiProvider, createAiProvider } from '@aegis/lineage-ai';
import type { ImportAdapter } from '@aegis/spec';
import { evaluate, type Outcome } from './harness.js';
import { keptOutcomes } from './kept-outcomes.js';
import { type EvalArguments, readArguments } from './options.js';
import { pipelines } from './pipelines/index.js';
import { outcomeLine, totals } from './report.js';

export interface EvalEffects {
  readonly env: NodeJS.ProcessEnv;
  readonly print: (line: string) => void;
  /** Default: the model as its adapter makes it. */
  readonly provider?: ((model: string) => Promise<AiProvider>) | undefined;
}

/**
 * Asks the questions and prints the scores.
 * @throws Error for arguments that are wrong, ConfigError for a model that cannot be made
 */
export const runEval = async (argv: readonly string[], effects: EvalEffects): Promise<readonly Outcome[]> => {
  const options = readArguments(argv, effects.env);
  const { print, env, provider = (model) => createAiProvider({ model, env, importAdapter }) } = effects;
  // A model that cannot be made is said before anything is asked.
  await provider(options.model);
  const kept = await keptOutcomes(options.out, options.model);
  const outcomes = [...kept.before];
  for await (const outcome of asked(options, kept.before, provider)) {
    await kept.keep(outcome);
    outcomes.push(outcome);
    print(options.json ? JSON.stringify(outcome) : outcomeLine(outcome));
  }
  if (!options.json) print(`\n${totals(outcomes)}`);
  return outcomes;
};

const asked = (
  { model, only, repeat, maxIterations }: EvalArguments,
  before: readonly Outcome[],
  provider: (model: string) => Promise<AiProvider>,
) => {
  const done = new Set(before.map(({ id, round }) => `${id}#${round}`));
  const isDone = (id: string, round: number): boolean => done.has(`${id}#${round}`);
  return evaluate(pipelines, { provider: () => provider(model), only, repeat, maxIterations, isDone });
};

const adapters: { readonly [name: string]: () => Promise<unknown> } = {
  '@aegis/llm-anthropic': () => import('@aegis/llm-anthropic'),
  '@aegis/llm-bedrock': () => import('@aegis/llm-bedrock'),
  '@aegis/llm-ollama': () => import('@aegis/llm-ollama'),
  '@aegis/llm-openai': () => import('@aegis/llm-openai'),
};

/** Those beside the benchmarks, and whatever else is installed. */
const importAdapter: ImportAdapter = (name) =>
  Object.hasOwn(adapters, name) ? (adapters[name]?.() ?? Promise.resolve()) : import(name).catch(() => undefined);

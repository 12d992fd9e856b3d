import {
  ConfigError,
  type DebugAnswer,
  type DebugEvent,
  type ImportAdapter,
  type LineageExplanation,
  type Warehouse,
} from '@aegis/spec';

/** A question about a table of the lineage graph. What answers it is installed only where someone asks. */
export interface ExplainQuestion {
  /** A `LineageGraph` of `@aegis/lineage`. */
  readonly graph: object;
  /** As `createAiProvider` of `@aegis/lineage-ai` makes it. Default: from AEGIS_AI_MODEL and AEGIS_AI_API_KEY. */
  readonly provider?: object | undefined;
  /** For `createAiProvider`, where no provider is given. */
  readonly providerOptions?: object | undefined;
  /** A `Redactor` of `@aegis/llm`. Default: the built-in patterns. */
  readonly redactor?: object | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How `@aegis/lineage-ai` is found. Default: as this package finds its own. */
  readonly importPackage?: ImportAdapter | undefined;
}

export interface DebugQuestion extends ExplainQuestion {
  /** Opened read-only. */
  readonly warehouse: Warehouse;
  /** Its name in the graph, where that holds tables of several. */
  readonly warehouseName?: string | undefined;
  /** Answers with tool calls that are followed. Default 10. */
  readonly maxIterations?: number | undefined;
  readonly budget?:
    | { readonly maxCalls?: number; readonly maxTokens?: number; readonly maxCostUsd?: number }
    | undefined;
  readonly limits?: { readonly timeoutMs?: number | undefined } | undefined;
  readonly onEvent?: ((event: DebugEvent) => void) | undefined;
}

/** What this package calls of `@aegis/lineage-ai`. */
interface LineageAi {
  createAiProvider(options?: object): Promise<object>;
  explainLineage(target: string, question: string | undefined, options: object): Promise<LineageExplanation>;
  debugResult(target: string, question: string, options: object): Promise<DebugAnswer>;
}

/**
 * How was this table made: one question to a model, about structure alone.
 * @throws ConfigError `missing-adapter` with the install command; LineageError for the table; LanguageModelError
 */
export const explain = async (
  target: string,
  question: string | undefined,
  { importPackage, ...options }: ExplainQuestion,
): Promise<LineageExplanation> => {
  const lineageAi = await load(importPackage);
  return lineageAi.explainLineage(target, question, await withProvider(options, lineageAi));
};

/**
 * Why is this wrong: a model looks at the graph and at the data until it can say.
 * @throws ConfigError `missing-adapter` with the install command; LineageError for the table
 */
export const debug = async (
  target: string,
  question: string,
  { importPackage, ...options }: DebugQuestion,
): Promise<DebugAnswer> => {
  const lineageAi = await load(importPackage);
  return lineageAi.debugResult(target, question, await withProvider(options, lineageAi));
};

/**
 * Whether questions can be answered at all, before anything is made ready for one.
 * @throws ConfigError `missing-adapter` with the install command
 */
export const requireLineageAi = async (importPackage?: ImportAdapter): Promise<void> => {
  await load(importPackage);
};

const withProvider = async (
  { provider, providerOptions, ...options }: Pick<ExplainQuestion, 'provider' | 'providerOptions'>,
  { createAiProvider }: LineageAi,
): Promise<object> => ({ ...options, provider: provider ?? (await createAiProvider(providerOptions)) });

const name = '@aegis/lineage-ai';

const load = async (importPackage: ImportAdapter = importBeside): Promise<LineageAi> => {
  const module = await importPackage(name);
  if (isLineageAi(module)) return module;
  const state = module === undefined ? 'is not installed' : 'is of a version that does not fit';
  throw new ConfigError('missing-adapter', `questions about lineage need ${name}, which ${state}`, {
    hint: `Run: npm install ${name}`,
  });
};

/** Named where it is called, so that bundlers leave it out. */
const importBeside: ImportAdapter = async (specifier) => {
  try {
    return await import(specifier);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
};

const isLineageAi = (module: unknown): module is LineageAi =>
  typeof module === 'object' &&
  module !== null &&
  ['createAiProvider', 'explainLineage', 'debugResult'].every(
    (member) => member in module && typeof Reflect.get(module, member) === 'function',
  );

import { loadModel } from '@aegis/llm';
import type { ImportAdapter, LanguageModel } from '@aegis/spec';
import type { AiProvider } from './ai-provider.js';
import { importAdapterFrom } from './import-adapter.js';
import { ModelProvider, type ModelProviderOptions } from './model-provider.js';

/** Runs on the user's own machine. */
export const defaultAiModel = 'ollama/llama3.1:8b';

export interface AiProviderOptions extends ModelProviderOptions {
  /** `provider/model`, or a model that was made already. Default: AEGIS_AI_MODEL, else `ollama/llama3.1:8b`. */
  readonly model?: string | LanguageModel | undefined;
  /** The adapter's own options. Its `apiKey` is AEGIS_AI_API_KEY where they name none. */
  readonly options?: { readonly [name: string]: unknown } | undefined;
  /** Default: that of the process. */
  readonly env?: { readonly [name: string]: string | undefined } | undefined;
  /** Default: from the working directory, else from where this package is installed. */
  readonly importAdapter?: ImportAdapter | undefined;
}

/**
 * Any provider and model for questions about lineage. Opens nothing: a key that is wrong shows at the first call.
 * @throws ConfigError `missing-adapter` with the install command; `usage` for a name that is none, or for a limit in dollars
 * where the price is not known
 */
export const createAiProvider = async (options: AiProviderOptions = {}): Promise<AiProvider> => {
  const { model, options: own, env = process.env, importAdapter, ...runtime } = options;
  return new ModelProvider(await modelOf(model, { own, env, importAdapter }), runtime);
};

interface Loading {
  readonly own: AiProviderOptions['options'];
  readonly env: NonNullable<AiProviderOptions['env']>;
  readonly importAdapter: ImportAdapter | undefined;
}

const modelOf = async (
  model: AiProviderOptions['model'],
  { own = {}, env, importAdapter = importAdapterFrom(process.cwd()) }: Loading,
): Promise<LanguageModel> => {
  if (typeof model === 'object') return model;
  const apiKey = env.AEGIS_AI_API_KEY || undefined;
  return loadModel(model ?? (env.AEGIS_AI_MODEL || defaultAiModel), {
    env,
    importAdapter,
    options: apiKey === undefined ? own : { apiKey, ...own },
  });
};

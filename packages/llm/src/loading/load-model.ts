import {
  ConfigError,
  type ImportAdapter,
  isAegisError,
  type LanguageModel,
  type LanguageModelAdapter,
  type ModelContext,
} from '@aegis/spec';
import { isPath, type ModelName, parseModelName } from './model-name.js';
import { meantProvider, publishedProviders } from './published-providers.js';

export interface LoadModelOptions {
  /** Imports a package or file; `undefined` when it is not installed. */
  readonly importAdapter: ImportAdapter;
  /** The adapter's own, which it validates. */
  readonly options?: unknown;
  /** Where the adapter looks up keys and hosts, at its first call. */
  readonly env: ModelContext['env'];
}

/**
 * Finds the adapter of a provider by convention (`foo` is the package `@aegis/llm-foo`) and makes the model. Opens
 * nothing and reads no key.
 * @throws ConfigError `missing-adapter` with the install command; `invalid` for options that do not fit
 */
export const loadModel = async (
  name: string | ModelName,
  { importAdapter, options = {}, env }: LoadModelOptions,
): Promise<LanguageModel> => {
  const { provider, model } = typeof name === 'string' ? parseModelName(name) : name;
  const adapter = await loadAdapter(provider, importAdapter);
  return adapter.create(model ?? adapter.defaultModel, options, { env });
};

const loadAdapter = async (provider: string, importAdapter: ImportAdapter): Promise<LanguageModelAdapter> => {
  const own = adapterPackage(provider);
  const found = await imported(own, importAdapter);
  if (found !== undefined) return adapterWithin(found, own);
  const named = own === provider ? undefined : await namedAdapter(provider, importAdapter);
  if (named === undefined) throw notInstalled(provider);
  return named;
};

/** The package that a provider most likely means: a short name is one of ours, a scoped name or a path stays. */
const adapterPackage = (provider: string): string =>
  isPath(provider) || provider.startsWith('@') ? provider : `@aegis/llm-${provider}`;

/** A package of this very name, unless it is something else, as the SDK `openai` is. */
const namedAdapter = async (name: string, importAdapter: ImportAdapter): Promise<LanguageModelAdapter | undefined> => {
  if (publishedProviders.has(name)) return undefined;
  const adapter = exportedAdapter(await imported(name, importAdapter));
  return isModelAdapter(adapter) ? adapter : undefined;
};

const imported = async (specifier: string, importAdapter: ImportAdapter): Promise<unknown> => {
  try {
    return await importAdapter(specifier);
  } catch (cause) {
    if (isAegisError(cause)) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError('missing-adapter', `the adapter ${specifier} is installed but does not load: ${reason}`, {
      hint: installHint(specifier),
      cause,
    });
  }
};

const adapterWithin = (module: unknown, specifier: string): LanguageModelAdapter => {
  const adapter = exportedAdapter(module);
  if (isModelAdapter(adapter)) return adapter;
  throw new ConfigError('missing-adapter', `${specifier} is not a language model adapter`, {
    hint: "It must export adapter with contract 'language-model/v1', type, defaultModel and create.",
  });
};

const exportedAdapter = (module: unknown): unknown =>
  typeof module === 'object' && module !== null && 'adapter' in module ? module.adapter : undefined;

const isModelAdapter = (value: unknown): value is LanguageModelAdapter =>
  typeof value === 'object' &&
  value !== null &&
  'contract' in value &&
  value.contract === 'language-model/v1' &&
  'defaultModel' in value &&
  typeof value.defaultModel === 'string' &&
  'create' in value &&
  typeof value.create === 'function';

const notInstalled = (provider: string): ConfigError => {
  const meant = meantProvider(provider);
  const specifier = adapterPackage(provider);
  return new ConfigError('missing-adapter', `there is no adapter for model provider "${provider}" (${specifier})`, {
    hint: meant === undefined ? installHint(specifier) : `Did you mean "${meant}"?`,
  });
};

const installHint = (specifier: string): string =>
  isPath(specifier) ? 'The path is relative to the folder of aegis.yaml.' : `Run: npm install ${specifier}`;

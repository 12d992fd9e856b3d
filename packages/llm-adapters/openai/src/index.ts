import type { LanguageModel, LanguageModelAdapter } from '@aegis/spec';
import manifest from '../package.json' with { type: 'json' };
import type { OpenAiClient } from './openai-client.js';
import { OpenAiModel } from './openai-model.js';
import { type OpenAiSettings, openAiOptionsSchema, resolveOptions } from './openai-options.js';

export type { OpenAiClient } from './openai-client.js';

export const VERSION: string = manifest.version;

const defaultModel = 'gpt-4o-mini';

export interface OpenAiOptions extends OpenAiSettings {
  /** Default: `gpt-4o-mini`. Model ids age: name yours. */
  readonly model?: string;
  /** A client of the SDK that is used as it is, instead of one made from the options of keys, hosts, headers and proxies. */
  readonly client?: OpenAiClient;
}

/**
 * A model of OpenAI, or of a server that speaks Chat Completions. Opens nothing; keys are looked up in the environment at
 * the first call.
 * @throws ConfigError `invalid` for options that do not fit
 */
export const openai = ({ model = defaultModel, client, ...settings }: OpenAiOptions = {}): LanguageModel =>
  new OpenAiModel(model, resolveOptions(settings), { env: process.env, client });

/** What `provider: openai` in aegis.yaml stands for. */
export const adapter: LanguageModelAdapter = {
  contract: 'language-model/v1',
  type: 'openai',
  defaultModel,
  optionsSchema: openAiOptionsSchema,
  create: (model, options, { env }) => new OpenAiModel(model, resolveOptions(options), { env }),
};

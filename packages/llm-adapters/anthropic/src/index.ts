import type { LanguageModel, LanguageModelAdapter } from '@aegis/spec';
import manifest from '../package.json' with { type: 'json' };
import type { AnthropicClient } from './anthropic-client.js';
import { AnthropicModel } from './anthropic-model.js';
import { type AnthropicSettings, anthropicOptionsSchema, resolveOptions } from './anthropic-options.js';

export type { AnthropicClient } from './anthropic-client.js';

export const VERSION: string = manifest.version;

const defaultModel = 'claude-haiku-4-5';

export interface AnthropicOptions extends AnthropicSettings {
  /** Default: `claude-haiku-4-5`. Model ids age: name yours. */
  readonly model?: string;
  /** A client of the SDK that is used as it is, instead of one made from `apiKey`, `baseURL`, `headers` and `proxy`. */
  readonly client?: AnthropicClient;
}

/**
 * A Claude model. Opens nothing; keys are looked up in the environment at the first call.
 * @throws ConfigError `invalid` for options that do not fit
 */
export const anthropic = ({ model = defaultModel, client, ...settings }: AnthropicOptions = {}): LanguageModel =>
  new AnthropicModel(model, resolveOptions(settings), { env: process.env, client });

/** What `provider: anthropic` in aegis.yaml stands for. */
export const adapter: LanguageModelAdapter = {
  contract: 'language-model/v1',
  type: 'anthropic',
  defaultModel,
  optionsSchema: anthropicOptionsSchema,
  create: (model, options, { env }) => new AnthropicModel(model, resolveOptions(options), { env }),
};

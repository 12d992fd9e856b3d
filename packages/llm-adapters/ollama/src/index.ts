import type { LanguageModel, LanguageModelAdapter } from '@aegis/spec';
import manifest from '../package.json' with { type: 'json' };
import type { OllamaClient } from './ollama-client.js';
import { OllamaModel } from './ollama-model.js';
import { type OllamaSettings, ollamaOptionsSchema, resolveOptions } from './ollama-options.js';

export type { OllamaClient } from './ollama-client.js';

export const VERSION: string = manifest.version;

const defaultModel = 'llama3.2';

export interface OllamaOptions extends OllamaSettings {
  /** Default: `llama3.2`. It has to be pulled before. */
  readonly model?: string;
  /**
   * A client of the SDK that is used as it is, instead of one made from the options of hosts, keys, headers and proxies. A
   * call that is stopped is not waited for, but goes on: the SDK cannot stop one.
   */
  readonly client?: OllamaClient;
}

/**
 * A model that Ollama runs. Opens nothing; the host is looked up in the environment at the first call.
 * @throws ConfigError `invalid` for options that do not fit
 */
export const ollama = ({ model = defaultModel, client, ...settings }: OllamaOptions = {}): LanguageModel =>
  new OllamaModel(model, resolveOptions(settings), { env: process.env, client });

/** What `provider: ollama` in aegis.yaml stands for. */
export const adapter: LanguageModelAdapter = {
  contract: 'language-model/v1',
  type: 'ollama',
  defaultModel,
  optionsSchema: ollamaOptionsSchema,
  create: (model, options, { env }) => new OllamaModel(model, resolveOptions(options), { env }),
};

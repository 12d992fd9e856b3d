import type { LanguageModel, LanguageModelAdapter } from '@aegis/spec';
import manifest from '../package.json' with { type: 'json' };
import type { BedrockClient } from './bedrock-client.js';
import { BedrockModel } from './bedrock-model.js';
import { type BedrockSettings, bedrockOptionsSchema, resolveOptions } from './bedrock-options.js';

export type { BedrockClient } from './bedrock-client.js';

export const VERSION: string = manifest.version;

const defaultModel = 'amazon.nova-pro-v1:0';

export interface BedrockOptions extends BedrockSettings {
  /** Default: `amazon.nova-pro-v1:0`. A model id, an inference profile, or an ARN. */
  readonly model?: string;
  /** A client of the SDK that is used as it is, instead of one made from the options of credentials, regions and proxies. */
  readonly client?: BedrockClient;
}

/**
 * A model that Amazon Bedrock runs. Opens nothing; credentials are looked up at the first call.
 * @throws ConfigError `invalid` for options that do not fit
 */
export const bedrock = ({ model = defaultModel, client, ...settings }: BedrockOptions = {}): LanguageModel =>
  new BedrockModel(model, resolveOptions(settings), { env: process.env, client });

/** What `provider: bedrock` in aegis.yaml stands for. */
export const adapter: LanguageModelAdapter = {
  contract: 'language-model/v1',
  type: 'bedrock',
  defaultModel,
  optionsSchema: bedrockOptionsSchema,
  create: (model, options, { env }) => new BedrockModel(model, resolveOptions(options), { env }),
};

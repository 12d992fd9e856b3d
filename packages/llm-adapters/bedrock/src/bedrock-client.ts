import { ConfigError, type ModelContext } from '@aegis/spec';
import type {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseCommandInput,
  ConverseCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { apiKeyOf, credentialsOf, type IdentityProvider } from './bedrock-credentials.js';
import type { ResolvedBedrockOptions } from './bedrock-options.js';
import { proxyFor } from './bedrock-proxy.js';

/** What is used of the vendor's SDK. */
export interface BedrockClient {
  send(command: ConverseCommand, options: { readonly abortSignal: AbortSignal }): Promise<ConverseCommandOutput>;
}

export interface ClientSource extends ModelContext {
  /** The user's own. */
  readonly client?: BedrockClient | undefined;
}

export interface OpenClient {
  readonly converse: (input: ConverseCommandInput, signal: AbortSignal) => Promise<ConverseCommandOutput>;
  /** What no error may show: grows as credentials are found. */
  readonly secrets: ReadonlySet<string>;
}

/**
 * The user's client, or one of our own, which does not retry. The SDK is loaded now, not when a model is made.
 * @throws ConfigError `invalid` without a region
 * @throws LanguageModelError `authentication` for what is no API key
 */
export const clientOf = async (options: ResolvedBedrockOptions, source: ClientSource): Promise<OpenClient> => {
  const { ConverseCommand } = await import('@aws-sdk/client-bedrock-runtime');
  const secrets = new Set<string>();
  const client = source.client ?? (await ownClient(options, source.env, secrets));
  return {
    converse: (input, abortSignal) => client.send(new ConverseCommand(input), { abortSignal }),
    secrets,
  };
};

const ownClient = async (
  options: ResolvedBedrockOptions,
  env: ModelContext['env'],
  secrets: Set<string>,
): Promise<BedrockRuntimeClient> => {
  const { BedrockRuntimeClient } = await import('@aws-sdk/client-bedrock-runtime');
  const region = await regionOf(options, env);
  const endpoint = options.baseURL ?? present(env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME);
  const host = new URL(endpoint ?? `https://bedrock-runtime.${region}.amazonaws.com`);
  const requestHandler = await handlerFor(proxyFor(host, options.proxy, env), options, secrets);
  const token = apiKeyOf(options, env);
  if (token !== undefined) secrets.add(token);
  return new BedrockRuntimeClient({
    region,
    ...(endpoint !== undefined && { endpoint }),
    ...(token === undefined
      ? {
          authSchemePreference: ['sigv4'],
          credentials: remembering(await credentialsOf(options, { env, region, requestHandler }), secrets),
        }
      : { authSchemePreference: ['httpBearerAuth'], token: { token } }),
    requestHandler,
    maxAttempts: 1,
  });
};

const regionOf = async ({ region, profile }: ResolvedBedrockOptions, env: ModelContext['env']): Promise<string> => {
  const said = region ?? present(env.AWS_REGION) ?? present(env.AWS_DEFAULT_REGION);
  if (said !== undefined) return said;
  const { BedrockRuntimeClient } = await import('@aws-sdk/client-bedrock-runtime');
  const named = profile ?? present(env.AWS_PROFILE);
  try {
    return await new BedrockRuntimeClient(named === undefined ? {} : { profile: named }).config.region();
  } catch (cause) {
    throw new ConfigError('invalid', 'there is no region for bedrock', {
      hint: 'Set the variable AWS_REGION, or the option region.',
      cause,
    });
  }
};

const present = (value: string | undefined): string | undefined => value?.trim() || undefined;

/** How long an answer takes is up to the signal of its call. */
const handlerFor = async (
  proxy: string | undefined,
  { connectTimeoutMs }: ResolvedBedrockOptions,
  secrets: Set<string>,
): Promise<NodeHttpHandler> => {
  const { NodeHttpHandler } = await import('@smithy/node-http-handler');
  const limits = { connectionTimeout: connectTimeoutMs, requestTimeout: 0, socketTimeout: 0 };
  if (proxy === undefined) return new NodeHttpHandler(limits);
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  const agent = new HttpsProxyAgent(proxy, { keepAlive: true });
  secrets.add(new URL(proxy).password);
  return new NodeHttpHandler({ ...limits, httpAgent: agent, httpsAgent: agent });
};

const remembering =
  (provider: IdentityProvider, secrets: Set<string>): IdentityProvider =>
  async () => {
    const identity = await provider();
    for (const secret of [identity.secretAccessKey, identity.sessionToken]) if (secret) secrets.add(secret);
    return identity;
  };

import { LanguageModelError, type ModelContext } from '@aegis/spec';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { ResolvedBedrockOptions } from './bedrock-options.js';

type Environment = ModelContext['env'];

interface Identity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export type IdentityProvider = () => Promise<Identity>;

export interface CredentialsContext {
  readonly env: Environment;
  readonly region: string;
  /** Also for the services that give credentials. */
  readonly requestHandler: NodeHttpHandler;
}

/**
 * Keys of the environment, unless a profile was named, then whatever the AWS chain finds; with them the role, if there is
 * one. Nothing is looked up before the first call.
 */
export const credentialsOf = async (
  { profile, roleArn }: ResolvedBedrockOptions,
  { env, region, requestHandler }: CredentialsContext,
): Promise<IdentityProvider> => {
  const { fromNodeProviderChain, fromTemporaryCredentials } = await import('@aws-sdk/credential-providers');
  const named = profile ?? present(env.AWS_PROFILE);
  const clientConfig = { region, requestHandler };
  const chain = fromNodeProviderChain({ ...(named !== undefined && { profile: named }), clientConfig });
  const fromKeys = named === undefined ? keysIn(env) : undefined;
  const found: IdentityProvider = fromKeys ? async () => fromKeys : () => chain();
  if (roleArn === undefined) return found;
  const params = { RoleArn: roleArn, RoleSessionName: 'aegis' };
  const assumed = fromTemporaryCredentials({ masterCredentials: found, params, clientConfig });
  return () => assumed();
};

const keysIn = (env: Environment): Identity | undefined => {
  const [accessKeyId, secretAccessKey] = [present(env.AWS_ACCESS_KEY_ID), present(env.AWS_SECRET_ACCESS_KEY)];
  const sessionToken = present(env.AWS_SESSION_TOKEN);
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
};

/**
 * The API key of the options or, where the options name no AWS credentials, that of the environment.
 * @throws LanguageModelError `authentication` for what is no key
 */
export const apiKeyOf = (
  { apiKey, profile, roleArn }: ResolvedBedrockOptions,
  env: Environment,
): string | undefined => {
  const isElsewhere = profile !== undefined || roleArn !== undefined;
  const key = apiKey ?? (isElsewhere ? undefined : present(env.AWS_BEARER_TOKEN_BEDROCK));
  if (key === undefined || /^[\x21-\x7e]+$/.test(key)) return key;
  throw new LanguageModelError('authentication', 'the API key for bedrock holds characters that no key has', {
    hint: 'Check AWS_BEARER_TOKEN_BEDROCK, or the option apiKey.',
  });
};

const present = (value: string | undefined): string | undefined => value?.trim() || undefined;

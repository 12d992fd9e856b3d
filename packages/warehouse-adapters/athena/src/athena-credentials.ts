import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { ResolvedAthenaOptions } from './athena-options.js';

interface Identity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export type IdentityProvider = () => Promise<Identity>;

export interface CredentialsContext {
  readonly region: string;
  /** Also for the services that give credentials. */
  readonly requestHandler: NodeHttpHandler;
}

/**
 * The keys of the options, else whatever the AWS chain finds; with them the role, if there is one. Nothing is looked up
 * before the first call.
 */
export const credentialsOf = async (
  options: ResolvedAthenaOptions,
  { region, requestHandler }: CredentialsContext,
): Promise<IdentityProvider> => {
  const { fromNodeProviderChain, fromTemporaryCredentials } = await import('@aws-sdk/credential-providers');
  const { profile, roleArn, stsEndpoint } = options;
  const clientConfig = { region, requestHandler, ...(stsEndpoint !== undefined && { endpoint: stsEndpoint }) };
  const chain = fromNodeProviderChain({ ...(profile !== undefined && { profile }), clientConfig });
  const written = keysOf(options);
  const found: IdentityProvider = written ? async () => written : () => chain();
  if (roleArn === undefined) return found;
  const params = { RoleArn: roleArn, RoleSessionName: 'aegis' };
  const assumed = fromTemporaryCredentials({ masterCredentials: found, params, clientConfig });
  return () => assumed();
};

const keysOf = ({ accessKeyId, secretAccessKey, sessionToken }: ResolvedAthenaOptions): Identity | undefined => {
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
};

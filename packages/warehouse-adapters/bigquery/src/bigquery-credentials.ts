import { readFile } from 'node:fs/promises';
import { ConfigError } from '@aegis/spec';
import type { AuthClient } from 'google-auth-library';
import type { ResolvedBigQueryOptions } from './bigquery-options.js';

/** Who asks, and the project that pays. */
export interface Identity {
  readonly authClient: AuthClient;
  readonly projectId: string;
}

type AuthLibrary = typeof import('google-auth-library');

/** What a file of credentials holds; which members there are depends on `type`. */
interface CredentialFile {
  readonly type?: string;
  readonly project_id?: string;
  readonly quota_project_id?: string;
  readonly client_email?: string;
  readonly private_key?: string;
  readonly private_key_id?: string;
  readonly client_id?: string;
  readonly client_secret?: string;
  readonly refresh_token?: string;
  readonly source_credentials?: CredentialFile;
  readonly service_account_impersonation_url?: string;
  readonly delegates?: readonly string[];
  readonly credential_source?: { readonly environment_id?: string; readonly executable?: object };
}

const ownScopes = ['https://www.googleapis.com/auth/bigquery'];
/** Tokens of another account are asked for with the widest scope, and used with the narrow one. */
const impersonationScopes = ['https://www.googleapis.com/auth/cloud-platform'];
const lifetimeSeconds = 3_600;

/** Reads the credentials that the options name, or Google's defaults. Asks for no token yet. */
export const identify = async (options: ResolvedBigQueryOptions): Promise<Identity> => {
  const library = await import('google-auth-library');
  const { impersonate, impersonationEndpoint } = options;
  const scopes = impersonate === undefined ? ownScopes : impersonationScopes;
  const identity = await ownIdentity(options, scopes, library);
  if (impersonate === undefined) return identity;
  const endpoint = impersonationEndpoint === undefined ? {} : { endpoint: impersonationEndpoint };
  return { ...identity, authClient: impersonated(impersonate, identity.authClient, endpoint, library) };
};

const ownIdentity = async (
  options: ResolvedBigQueryOptions,
  scopes: string[],
  library: AuthLibrary,
): Promise<Identity> => {
  const file = await writtenCredentials(options);
  if (file === undefined) return defaultIdentity(options, scopes, library);
  const projectId = options.projectId ?? file.project_id ?? file.quota_project_id;
  if (projectId === undefined) throw invalid('projectId', 'is missing, and the credentials name none');
  return { authClient: clientOf(file, scopes, library), projectId };
};

const defaultIdentity = async (
  { projectId }: ResolvedBigQueryOptions,
  scopes: string[],
  { GoogleAuth }: AuthLibrary,
): Promise<Identity> => {
  const auth = new GoogleAuth({ scopes, ...(projectId !== undefined && { projectId }) });
  const authClient = await auth.getClient();
  return { authClient, projectId: projectId ?? (await auth.getProjectId()) };
};

const writtenCredentials = async ({
  keyFilename,
  credentials,
}: ResolvedBigQueryOptions): Promise<CredentialFile | undefined> => {
  if (credentials !== undefined) return parsed(credentials, 'credentials');
  return keyFilename === undefined ? undefined : parsed(await contentOf(keyFilename), 'keyFilename');
};

const contentOf = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ConfigError('invalid', `bigquery warehouse, option keyFilename: cannot read ${path}`, { cause });
  });

/** @throws ConfigError `invalid` that shows nothing of them */
const parsed = (text: string, option: string): CredentialFile => {
  try {
    const file: unknown = JSON.parse(text);
    if (typeof file === 'object' && file !== null) return file;
  } catch {
    // What the parser says may quote the key.
  }
  throw invalid(option, 'is not the JSON of a key file');
};

const invalid = (option: string, complaint: string): ConfigError =>
  new ConfigError('invalid', `bigquery warehouse, option ${option}: ${complaint}`, {
    hint: "Write credentials: '${file:key.json}' or keyFilename: key.json, and projectId where the file names none.",
  });

/** The library's own way from a file to a client warns on the console each time, so it is walked here. */
const clientOf = (file: CredentialFile, scopes: string[], library: AuthLibrary): AuthClient => {
  switch (file.type) {
    case 'service_account':
      return serviceAccount(file, scopes, library);
    case 'authorized_user':
      return new library.UserRefreshClient(file.client_id, file.client_secret, file.refresh_token);
    case 'external_account':
      return externalAccount(file, scopes, library);
    case 'impersonated_service_account':
      return impersonatedByFile(file, library);
    default:
      throw invalid('credentials', `have the type ${JSON.stringify(file.type)}, which is not supported`);
  }
};

const serviceAccount = (file: CredentialFile, scopes: string[], { JWT }: AuthLibrary): AuthClient => {
  const { client_email: email, private_key: key, private_key_id: keyId } = file;
  if (email === undefined || key === undefined) throw invalid('credentials', 'lack client_email or private_key');
  return new JWT({ email, key, scopes, ...(keyId !== undefined && { keyId }) });
};

const externalAccount = (file: CredentialFile, scopes: string[], library: AuthLibrary): AuthClient => {
  const { environment_id: cloud, executable } = file.credential_source ?? {};
  const Client = cloud ? library.AwsClient : executable ? library.PluggableAuthClient : library.IdentityPoolClient;
  return new Client({ ...file, scopes } as never);
};

const impersonatedByFile = (file: CredentialFile, library: AuthLibrary): AuthClient => {
  const [, account] = /([^/]+):generateAccessToken$/.exec(file.service_account_impersonation_url ?? '') ?? [];
  if (account === undefined || file.source_credentials === undefined)
    throw invalid('credentials', 'lack source_credentials or service_account_impersonation_url');
  const source = clientOf(file.source_credentials, impersonationScopes, library);
  return impersonated(account, source, { ...(file.delegates && { delegates: file.delegates }) }, library);
};

const defaultEndpoint = 'https://iamcredentials.googleapis.com';

/**
 * Another account's tokens, asked for with one's own. The library's class for it warns on the console each time.
 * @see https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken
 */
const impersonated = (
  account: string,
  source: AuthClient,
  { endpoint = defaultEndpoint, delegates }: { readonly endpoint?: string; readonly delegates?: readonly string[] },
  { OAuth2Client }: AuthLibrary,
): AuthClient => {
  const client = new OAuth2Client();
  client.refreshHandler = async () => {
    const { data } = await source.request<{ readonly accessToken: string; readonly expireTime: string }>({
      url: `${endpoint}/v1/projects/-/serviceAccounts/${account}:generateAccessToken`,
      method: 'POST',
      data: { scope: ownScopes, lifetime: `${lifetimeSeconds}s`, ...(delegates && { delegates }) },
    });
    return { access_token: data.accessToken, expiry_date: Date.parse(data.expireTime) };
  };
  return client;
};

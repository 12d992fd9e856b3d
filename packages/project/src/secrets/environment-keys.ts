import type { Effects } from '../effects.js';

/** Names under which SDKs of vendors look for keys on their own, e.g. `OPENAI_API_KEY`, `AWS_SECRET_ACCESS_KEY`. */
const keyName = /(_API_KEY|_API_TOKEN|_AUTH_TOKEN|_SECRET_ACCESS_KEY|_SESSION_TOKEN)$|^AWS_BEARER_TOKEN_BEDROCK$/;

/** Remembers keys that adapters may read from the environment, so that they are scrubbed from what leaves the process. */
export const rememberEnvironmentKeys = ({ env, secrets }: Pick<Effects, 'env' | 'secrets'>): void => {
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && keyName.test(name)) secrets.add(value);
  }
};

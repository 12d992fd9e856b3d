import { isSecretName } from '@aegis/llm/redaction';

const connectionName = /(^|_)(url|uri|dsn)$|connection_?string|^conninfo$/i;

/** Whether an option of this name says where to connect, perhaps with a password within. */
export const isConnectionName = (name: string): boolean => connectionName.test(name);

/** Whether an option of this name may hold a secret, alone or among other things. */
export const mayHoldSecret = (name: string): boolean => isSecretName(name) || isConnectionName(name);

const urlPassword = /^[a-z][a-z0-9+.-]*:\/\/[^/?#:@\s]*:([^/?#@\s]+)@/i;
const keywordPassword = /(?:^|[\s;])(?:password|pwd)\s*=\s*('[^']*'|[^\s;]+)/i;

/** The password within a connection URL or a `key=value` connection string. */
export const passwordWithin = (text: string): string | undefined =>
  (urlPassword.exec(text) ?? keywordPassword.exec(text))?.[1]?.replace(/^'|'$/g, '');

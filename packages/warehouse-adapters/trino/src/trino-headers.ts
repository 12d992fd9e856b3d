import type { ResolvedTrinoOptions } from './trino-options.js';

type Headers = { readonly [name: string]: string };

/** What one statement adds to the session of the options. */
export interface StatementHeaders {
  readonly label?: string | undefined;
  readonly timeoutMs?: number | undefined;
  /** Of the transaction that it is part of, or `NONE`. */
  readonly transactionId?: string | undefined;
}

/** Who asks, on every request. */
export const authorization = ({ user, password, accessToken }: ResolvedTrinoOptions): Headers => ({
  'x-trino-user': user,
  ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
  ...(password !== undefined && {
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
  }),
});

/** The session of a statement. Without `PARAMETRIC_DATETIME` timestamps would be cut to milliseconds. */
export const sessionHeaders = (options: ResolvedTrinoOptions, statement: StatementHeaders): Headers => {
  const { catalog, schema, source, timeZone, sessionProperties, clientTags } = options;
  const properties = { ...sessionProperties, ...maxRunTime(statement) };
  const tags = [...tagsOf(statement.label), ...clientTags];
  return {
    'x-trino-source': source,
    'x-trino-time-zone': timeZone,
    'x-trino-client-capabilities': 'PARAMETRIC_DATETIME',
    ...(catalog !== undefined && { 'x-trino-catalog': catalog }),
    ...(schema !== undefined && { 'x-trino-schema': schema }),
    ...(tags.length > 0 && { 'x-trino-client-tags': tags.join(',') }),
    ...(Object.keys(properties).length > 0 && { 'x-trino-session': sessionText(properties) }),
    ...(statement.transactionId !== undefined && { 'x-trino-transaction-id': statement.transactionId }),
  };
};

const maxRunTime = ({ timeoutMs }: StatementHeaders) =>
  timeoutMs === undefined ? {} : { query_max_run_time: `${Math.max(1, Math.ceil(timeoutMs))}ms` };

const sessionText = (properties: { readonly [name: string]: string | number | boolean }): string =>
  Object.entries(properties)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join(',');

const longestTag = 100;

/** `aegis run=01J table=orders` is three tags. Signs that a header or a list of tags cannot hold become `_`. */
const tagsOf = (label = ''): readonly string[] =>
  label
    .split(/\s+/)
    .map((word) => word.replace(/[^\w=.:@-]/g, '_').slice(0, longestTag))
    .filter((word) => word !== '')
    .slice(0, 10);

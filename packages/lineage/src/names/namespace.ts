const defaultPorts: { readonly [scheme: string]: string } = {
  postgres: '5432',
  mysql: '3306',
  redshift: '5439',
  mssql: '1433',
  oracle: '1521',
  trino: '8080',
  hive: '9083',
  cassandra: '9042',
};

const schemeAliases: { readonly [scheme: string]: string } = {
  postgresql: 'postgres',
  sqlserver: 'mssql',
  s3a: 's3',
  s3n: 's3',
};

/** Schema of a name that has none, by the engine of its namespace or its adapter. */
const defaultSchemas: { readonly [engine: string]: string } = {
  postgres: 'public',
  postgresql: 'public',
  redshift: 'public',
  duckdb: 'main',
  sqlite: 'main',
  snowflake: 'public',
  mssql: 'dbo',
  hive: 'default',
  spark: 'default',
  databricks: 'default',
};

const url = /^([a-z][a-z0-9+.-]*):\/\/([^/]*)(.*)$/i;

/**
 * One spelling for namespaces that mean the same: schemes and hosts in lower case, the scheme's usual port written out,
 * no user, no slash at the end. What is no URL stays as it is.
 */
export const canonicalNamespace = (namespace: string): string => {
  const [, written, authority, rest] = url.exec(namespace) ?? [];
  if (written === undefined || authority === undefined || rest === undefined) return namespace;
  const lower = written.toLowerCase();
  const scheme = schemeAliases[lower] ?? lower;
  return `${scheme}://${canonicalHost(authority, defaultPorts[scheme])}${rest.replace(/\/+$/, '')}`;
};

const canonicalHost = (authority: string, port: string | undefined): string => {
  const host = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase();
  return host === '' || port === undefined || /:\d+$/.test(host) ? host : `${host}:${port}`;
};

/** The engine that a namespace speaks of, e.g. `postgres` of `postgres://host:5432` and `bigquery` of `bigquery`. */
export const engineOf = (namespace: string): string => {
  const [, scheme] = url.exec(namespace) ?? [];
  return (scheme ?? namespace).toLowerCase();
};

export const defaultSchemaOf = (engine: string | undefined): string | undefined =>
  engine === undefined ? undefined : defaultSchemas[engine];

const storage = /^(?:file|s3|gs|gcs|abfss?|wasbs?|hdfs|dbfs|adl|oss|local)$/;
const streams = /^(?:kafka|pubsub|kinesis|eventhubs|amqp|mqtt|nats|pulsar)$/;

export const isStorage = (namespace: string): boolean => storage.test(engineOf(namespace));
export const isStream = (namespace: string): boolean => streams.test(engineOf(namespace));

/** Configured warehouses by canonical namespace, however the user spelled those. */
export const byNamespace = (warehouses: { readonly [namespace: string]: string }): ReadonlyMap<string, string> =>
  new Map(Object.entries(warehouses).map(([namespace, warehouse]) => [canonicalNamespace(namespace), warehouse]));

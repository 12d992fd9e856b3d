const parserNames: { readonly [engine: string]: string } = {
  postgres: 'postgresql',
  postgresql: 'postgresql',
  awsathena: 'athena',
  sqlserver: 'tsql',
  mssql: 'tsql',
  synapse: 'tsql',
  fabric: 'tsql',
  sparksql: 'spark',
  ...Object.fromEntries(
    ['duckdb', 'bigquery', 'snowflake', 'redshift', 'databricks', 'spark', 'hive', 'athena', 'trino', 'presto'].map(
      (same) => [same, same],
    ),
  ),
  ...Object.fromEntries(
    ['clickhouse', 'mysql', 'oracle', 'sqlite', 'tsql', 'teradata', 'doris', 'starrocks'].map((same) => [same, same]),
  ),
};

/** The grammar of an engine's SQL, by its OpenLineage scheme, its dbt adapter or its usual name. */
export const parserNameOf = (engine: string | undefined): string | undefined => {
  const lower = engine?.toLowerCase();
  return lower !== undefined && Object.hasOwn(parserNames, lower) ? parserNames[lower] : undefined;
};

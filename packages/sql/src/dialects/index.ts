import type { Dialect } from '@aegis/spec';
import { athenaDialect } from './athena.js';
import { bigqueryDialect } from './bigquery.js';
import { databricksDialect } from './databricks.js';
import { duckdbDialect } from './duckdb.js';
import { postgresDialect } from './postgres.js';
import { trinoDialect } from './trino.js';

export type DialectName = 'duckdb' | 'postgres' | 'bigquery' | 'databricks' | 'athena' | 'trino';

/** Every dialect in this package, by name. Golden tests are typed by it: a new one fails to compile until answered. */
export const builtInDialects: { readonly [name in DialectName]: Dialect } = {
  duckdb: duckdbDialect,
  postgres: postgresDialect,
  bigquery: bigqueryDialect,
  databricks: databricksDialect,
  athena: athenaDialect,
  trino: trinoDialect,
};

import type { SqlDialect } from '../index.js';

export const dialects = {
  duckdb: { name: 'duckdb', parserName: 'duckdb' },
  postgres: { name: 'postgres', parserName: 'postgresql' },
  bigquery: { name: 'bigquery', parserName: 'bigquery' },
  databricks: { name: 'databricks', parserName: 'databricks' },
  athena: { name: 'athena', parserName: 'trino' },
} as const satisfies Record<string, SqlDialect>;

export type DialectName = keyof typeof dialects;
export const dialectNames = Object.keys(dialects) as readonly DialectName[];

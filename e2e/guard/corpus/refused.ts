import type { DialectName } from '../../../packages/sql/src/guard/__fixtures__/dialects.js';
import { refusedOnAthena } from './refused-athena.js';
import { refusedOnBigQuery } from './refused-bigquery.js';
import { refusedOnDatabricks } from './refused-databricks.js';
import { refusedOnDuckDb } from './refused-duckdb.js';
import { type Refused, refusedEverywhere } from './refused-everywhere.js';
import { refusedOnPostgres } from './refused-postgres.js';
import { refusedStatements } from './refused-statements.js';

const own: Readonly<Record<DialectName, Refused>> = {
  duckdb: refusedOnDuckDb,
  postgres: refusedOnPostgres,
  bigquery: refusedOnBigQuery,
  databricks: refusedOnDatabricks,
  athena: refusedOnAthena,
};

/** What the guard of a dialect has to refuse, with what each tries. */
export const refusedIn = (dialect: DialectName): readonly (readonly [kind: string, sql: string])[] =>
  [refusedEverywhere, refusedStatements, own[dialect]].flatMap((lists) =>
    Object.entries(lists).flatMap(([kind, texts]) => texts.map((sql) => [kind, sql] as const)),
  );

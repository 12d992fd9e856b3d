import { describe, expect, it } from 'vitest';
import { bigqueryCases } from './__fixtures__/corpus/bigquery.js';
import { databricksCases } from './__fixtures__/corpus/databricks.js';
import { duckdbCases } from './__fixtures__/corpus/duckdb.js';
import { hiveCases } from './__fixtures__/corpus/hive.js';
import { postgresCases } from './__fixtures__/corpus/postgres.js';
import { snowflakeCases } from './__fixtures__/corpus/snowflake.js';
import type { StatementCase } from './__fixtures__/corpus/statement-case.js';
import { trinoCases } from './__fixtures__/corpus/trino.js';
import { edgesOf } from './__fixtures__/edges.js';
import { lineageOfSql } from './index.js';

const corpus: { readonly [parserName: string]: readonly StatementCase[] } = {
  duckdb: duckdbCases,
  postgresql: postgresCases,
  bigquery: bigqueryCases,
  databricks: databricksCases,
  trino: trinoCases,
  snowflake: snowflakeCases,
  hive: hiveCases,
};

for (const [parserName, cases] of Object.entries(corpus)) {
  describe(`lineage of ${parserName} reads`, () => {
    it.each(cases)('$title', async ({ sql, schema, edges }) => {
      const statements = await lineageOfSql(sql, {
        parserName,
        schema: (table) => schema?.[table.at(-1) ?? '']?.split(' '),
      });
      expect(statements.flatMap(edgesOf)).toEqual(edges);
    });
  });
}

import { seedSql, warehouseConformance } from '@aegis/conformance/warehouse';
import { bigqueryDialect } from '@aegis/sql';
import { expect, it } from 'vitest';
import { openTestProject } from './__fixtures__/test-project.js';
import { bigquery } from './index.js';

const project = await openTestProject();

const types = {
  integer: 'INT64',
  bigint: 'INT64',
  'decimal(38,10)': 'BIGNUMERIC(38,10)',
  double: 'FLOAT64',
  text: 'STRING',
  boolean: 'BOOL',
  timestamp: 'DATETIME',
  timestamptz: 'TIMESTAMP',
};

/** @see https://cloud.google.com/bigquery/docs/schemas#flexible-column-names · https://cloud.google.com/bigquery/docs/tables#table_naming */
const names = {
  column: /^[\p{L}_][\p{L}\p{N}\p{Pc}\p{Pd}&%=+:'<>#| ]*$/u,
  table: /^[\p{L}\p{M}\p{N}\p{Pc}\p{Pd}\p{Zs}]+$/u,
};

warehouseConformance({
  name: 'bigquery',
  create: () => bigquery(project.options),
  allowsName: (name, of) => names[of].test(name),
  seed: async (tables) => {
    const statements = Object.entries(tables).flatMap(([name, table]) =>
      seedSql(bigqueryDialect, { kind: 'named', parts: [name] }, table, { types }),
    );
    await project.run(...statements);
    return Object.fromEntries(Object.keys(tables).map((name) => [name, `"${name}"`]));
  },
  change: (sql) => project.run(sql),
  destroy: () => project.close(),
});

it('runs every statement of the kit, and only parses none', () => {
  expect(project.notCovered).toEqual([]);
});

import { type PortableTypes, type SeedTables, seedSql, warehouseConformance } from '@aegis/conformance/warehouse';
import { databricksDialect } from '@aegis/sql';
import { newSchema, runAll } from './__fixtures__/new-schema.js';
import { onSpark } from './__fixtures__/on-spark.js';
import { databricks } from './index.js';

const types: Partial<PortableTypes> = {
  integer: 'INT',
  double: 'DOUBLE',
  text: 'STRING',
  timestamp: 'TIMESTAMP_NTZ',
  timestamptz: 'TIMESTAMP',
};

/** Spark's own catalogue is stricter than Unity Catalog. */
const isTableName = (name: string): boolean => /^\w+$/.test(name);

/** Making a table takes Spark a second, and rule types have hundreds: theirs are views over the same values. */
const isOfRuleType = (name: string): boolean => /_\d+_\w+$/.test(name);

const viewOf = (name: string, { columns, rows }: SeedTables[string], inserts: readonly string[]): string => {
  const cells = Object.keys(columns).map((_, index) => `c${index}`);
  const typed = Object.entries(columns).map(
    ([column, type], index) =>
      `CAST(c${index} AS ${types[type] ?? type}) AS ${databricksDialect.quoteIdentifier(column)}`,
  );
  const tuples = inserts.map((sql) => sql.slice(sql.indexOf(' VALUES ') + ' VALUES '.length));
  const nothing = `(${cells.map(() => 'NULL').join(', ')})`;
  const values = `VALUES ${tuples.join(', ') || nothing} AS v(${cells.join(', ')})`;
  const scope = rows.length === 0 ? ' WHERE false' : '';
  return `CREATE GLOBAL TEMPORARY VIEW ${name} AS SELECT ${typed.join(', ')} FROM ${values}${scope}`;
};

const statementsFor = (name: string, table: SeedTables[string]): readonly string[] => {
  const options = { types, batchSize: 5_000 };
  const [create = '', ...inserts] = seedSql(databricksDialect, { kind: 'named', parts: [name] }, table, options);
  return isOfRuleType(name) ? [viewOf(name, table, inserts)] : [create, ...inserts];
};

const nameOf = (name: string): string => (isOfRuleType(name) ? `global_temp.${name}` : name);

await onSpark(async (workspace) => {
  const options = await newSchema(workspace);
  warehouseConformance({
    name: 'databricks',
    create: () => databricks(options),
    allowsName: (name, of) => of === 'column' || isTableName(name),
    seed: async (tables) => {
      await runAll(
        options,
        Object.entries(tables).flatMap(([name, table]) => statementsFor(name, table)),
      );
      return Object.fromEntries(Object.keys(tables).map((name) => [name, nameOf(name)]));
    },
  });
});

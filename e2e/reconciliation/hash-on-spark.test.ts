import { databricks } from '@aegis/warehouse-databricks';
import fc from 'fast-check';
import { afterAll, describe, expect, onTestFinished } from 'vitest';
import { newSchema, runAll } from '../../packages/warehouse-adapters/databricks/src/__fixtures__/new-schema.js';
import { onSpark } from '../../packages/warehouse-adapters/databricks/src/__fixtures__/on-spark.js';
import type { Cell } from '../property/world.js';
import { scenario } from '../scenario.js';
import { type Case, cases, literal, type Side, seed } from './generate.js';
import { canHash, expectSameHashes } from './hashes.js';
import { openTwoWarehouses } from './two-warehouses.js';

/** Spark's types by PostgreSQL's; it has no time of day, and neither infinite dates nor infinite timestamps. */
const sparkTypes: { readonly [type: string]: string } = {
  integer: 'INT',
  bigint: 'BIGINT',
  numeric: 'DECIMAL(28,10)',
  'numeric(18,4)': 'DECIMAL(18,4)',
  'numeric(28,10)': 'DECIMAL(28,10)',
  'double precision': 'DOUBLE',
  real: 'FLOAT',
  text: 'STRING',
  'varchar(20)': 'STRING',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP_NTZ',
  timestamptz: 'TIMESTAMP',
  uuid: 'STRING',
  bytea: 'BINARY',
};

const isMoment = (kind: string): boolean => kind === 'date' || kind.startsWith('timestamp');

const fitsSpark = ({ pairings, duckdb: left, postgres: right }: Case): boolean =>
  right.types.every((type) => type in sparkTypes) &&
  [...left.rows, ...right.rows].every((row) =>
    row.every((cell, index) => !(isMoment(pairings[index]?.kind ?? '') && cell?.includes('infinity'))),
  );

const onSparkSide = ({ types, rows }: Side): Side => ({ types: types.map((type) => sparkTypes[type] ?? type), rows });

await onSpark(async (workspace) => {
  const options = await newSchema(workspace);
  const spark = databricks(options);
  afterAll(() => spark.close?.());

  const quoted = (cell: Cell, type: string): string => {
    if (cell === null) return 'NULL';
    const value = type === 'TIMESTAMP' ? `${cell}Z` : cell;
    return `CAST(${spark.dialect.expression({ kind: 'literal', type: 'text', value })} AS ${type})`;
  };

  /** A view over the values: making a table takes Spark a second. */
  const viewOf = (name: string, { types, rows }: Side): string => {
    const tuples = rows.map((row) => `(${row.map((cell, index) => quoted(cell, types[index] ?? '')).join(', ')})`);
    const columns = types.map((type, index) => `CAST(c${index} AS ${type}) AS c${index}`).join(', ');
    const names = types.map((_, index) => `c${index}`).join(', ');
    return `CREATE GLOBAL TEMPORARY VIEW ${name} AS SELECT ${columns} FROM VALUES ${tuples.join(', ')} AS v(${names})`;
  };

  describe('hashes of keys', () => {
    scenario(
      'reconcile/hash',
      'are equal on DuckDB and Spark exactly when the keys are',
      async () => {
        const two = await openTwoWarehouses();
        onTestFinished(() => two.close());
        const drawn = fc
          .sample(cases, { numRuns: 200, seed: 20_261_128 })
          .filter(fitsSpark)
          .filter(({ pairings, postgres }) => canHash(spark, onSparkSide(postgres), pairings))
          .slice(0, 40);
        expect(drawn.length).toBeGreaterThan(25);
        await two.seedDuckDb(...drawn.flatMap(({ duckdb: side }, index) => seed(`t${index}`, side, literal)));
        const prefix = `h${Date.now()}_`;
        await runAll(
          options,
          drawn.map(({ postgres: side }, index) => viewOf(`${prefix}${index}`, onSparkSide(side))),
        );
        for (const [index, each] of drawn.entries()) {
          await expectSameHashes(
            { warehouse: two.duckdb, table: { kind: 'named', parts: [`t${index}`] }, side: each.duckdb },
            {
              warehouse: spark,
              table: { kind: 'named', parts: ['global_temp', `${prefix}${index}`] },
              side: onSparkSide(each.postgres),
            },
            each.pairings,
          );
        }
      },
      180_000,
    );
  });
});

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SeedTables } from '@aegis/conformance/warehouse';
import { athenaDialect } from '@aegis/sql';
import { AthenaClient, GetQueryExecutionCommand, StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import type { TestDatabase } from './test-database.js';

type Table = SeedTables[string];
type TypeNames = { readonly [type: string]: string };

const tablesAtOnce = 8;

/** A database that is made in the account of the default credentials, and dropped at the end. Its files stay below `output`. */
export const realDatabase = async (output: string, types: TypeNames): Promise<TestDatabase> => {
  const workGroup = process.env.AEGIS_TEST_ATHENA_WORK_GROUP ?? 'primary';
  const client = new AthenaClient({ maxAttempts: 10 });
  const database = `aegis_test_${randomUUID().replaceAll('-', '')}`;
  const place = `${output.replace(/\/$/, '')}/${database}`;
  const answers = `${place}/answers/`;
  const run = (sql: string, own?: string) =>
    finished(client, sql, { WorkGroup: workGroup, OutputLocation: answers, Database: own });
  await run(`CREATE DATABASE ${database}`);
  return {
    options: { database, workGroup, outputLocation: answers },
    notCovered: [],
    seed: async (tables) => {
      const statements = Object.entries(tables).map(([name, table]) => madeOf(database, name, table, place, types));
      await bounded(statements, run);
    },
    run: (sql) => run(sql, database),
    close: async () => {
      await run(`DROP DATABASE ${database} CASCADE`);
      client.destroy();
    },
  };
};

const bounded = async (statements: readonly string[], run: (sql: string) => Promise<void>): Promise<void> => {
  const left = [...statements];
  const worker = async () => {
    for (let sql = left.shift(); sql !== undefined; sql = left.shift()) await run(sql);
  };
  await Promise.all(Array.from({ length: tablesAtOnce }, worker));
};

/** One statement makes and fills an Iceberg table: those that Athena defines without rows have no zoned timestamps. */
const madeOf = (database: string, name: string, { columns, rows }: Table, place: string, types: TypeNames): string => {
  const names = Object.entries(columns);
  const typeOf = (type: string) => types[type] ?? type;
  const list = names.map(([column]) => athenaDialect.quoteIdentifier(column)).join(', ');
  const text = (value: unknown) => athenaDialect.expression({ kind: 'literal', type: 'text', value: String(value) });
  const cell = (value: unknown, type: string) => `CAST(${value === null ? 'NULL' : text(value)} AS ${typeOf(type)})`;
  const tuples = rows.map((row) => `(${row.map((value, index) => cell(value, names[index]?.[1] ?? '')).join(', ')})`);
  const nothing = `(${names.map(([, type]) => cell(null, type)).join(', ')})`;
  const values = tuples.length > 0 ? tuples.join(', ') : nothing;
  return (
    `CREATE TABLE ${database}.${athenaDialect.quoteIdentifier(name)} ` +
    `WITH (table_type = 'ICEBERG', is_external = false, location = '${place}/${name}/') ` +
    `AS SELECT * FROM (VALUES ${values}) AS v(${list})${tuples.length > 0 ? '' : ' WHERE FALSE'}`
  );
};

const pauseMs = 500;

interface Where {
  readonly WorkGroup: string;
  readonly OutputLocation: string;
  /** Of names that have none. */
  readonly Database: string | undefined;
}

const finished = async (
  client: AthenaClient,
  sql: string,
  { WorkGroup, OutputLocation, Database }: Where,
): Promise<void> => {
  const { QueryExecutionId } = await client.send(
    new StartQueryExecutionCommand({
      ...{ QueryString: sql, WorkGroup, ResultConfiguration: { OutputLocation } },
      ...(Database !== undefined && { QueryExecutionContext: { Database } }),
    }),
  );
  for (;;) {
    const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    const { State, StateChangeReason } = QueryExecution?.Status ?? {};
    if (State === 'SUCCEEDED') return;
    if (State === 'FAILED' || State === 'CANCELLED') throw new Error(`${StateChangeReason}: ${sql.slice(0, 200)}`);
    await sleep(pauseMs);
  }
};

import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptedEverywhere, acceptedExpressions } from './__fixtures__/accepted-expressions.js';
import { acceptedQueries, acceptedQueriesEverywhere } from './__fixtures__/accepted-queries.js';
import { dialects } from './__fixtures__/dialects.js';
import { duckdbExpressions, duckdbQueries } from './__fixtures__/duckdb-expressions.js';
import { loadGuard, type SqlGuard, scopePlaceholder } from './index.js';

let guard: SqlGuard;
let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  guard = await loadGuard();
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
});

afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

/** What DuckDB's own parser finds in a text. */
interface EngineReading {
  readonly statements: number;
  readonly tables: ReadonlySet<string>;
  readonly definitions: ReadonlySet<string>;
  readonly columns: ReadonlySet<string>;
}

const engineReading = async (sql: string): Promise<EngineReading> => {
  const answer = await connection.runAndReadAll(`SELECT json_serialize_sql('${sql.replaceAll("'", "''")}')`);
  const tree: unknown = JSON.parse(String(answer.getRows()[0]?.[0]));
  const groups = [...groupsIn(tree)];
  const statements = groups.find(({ statements }) => Array.isArray(statements))?.statements;
  return {
    statements: Array.isArray(statements) ? statements.length : 0,
    tables: new Set(groups.flatMap(tableName)),
    definitions: new Set(groups.flatMap(({ key, value }) => (isGroup(value) && 'query' in value ? [String(key)] : []))),
    columns: new Set(groups.flatMap(columnName)),
  };
};

type Group = Readonly<Record<string, unknown>>;
const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function* groupsIn(value: unknown): Generator<Group> {
  if (isGroup(value)) yield value;
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* groupsIn(part);
}

const tableName = (group: Group): readonly string[] =>
  group.type === 'BASE_TABLE'
    ? [[group.catalog_name, group.schema_name, group.table_name].filter(Boolean).join('.')]
    : [];

const columnName = ({ class: kind, column_names: names }: Group): readonly string[] =>
  kind === 'COLUMN_REF' && Array.isArray(names) ? [String(names[0])] : [];

const queries = [
  ...[...acceptedQueriesEverywhere, ...acceptedQueries.duckdb].map(([sql]) => sql),
  ...duckdbQueries,
  ...duckdbExpressions.map((sql) => `select ${sql}\nfrom {table}`),
];

describe("DuckDB's own parser", () => {
  it.each(queries.map((sql) => [sql]))('finds the same tables in one statement: %s', async (written) => {
    const { sql, tables, usesScope } = guard.query(written, dialects.duckdb);
    const engine = await engineReading(sql);
    const ours = new Set([...tables.map((parts) => parts.join('.')), ...(usesScope ? [scopePlaceholder] : [])]);
    expect(engine.statements).toBe(1);
    expect([...engine.tables].filter((name) => !ours.has(name) && !engine.definitions.has(name))).toEqual([]);
    expect([...ours].filter((name) => !engine.tables.has(name))).toEqual([]);
  });

  const expressions = [...acceptedEverywhere, ...acceptedExpressions.duckdb].map(([sql]) => sql);

  it.each(expressions.map((sql) => [sql]))('finds the columns, and no other table, in %s', async (written) => {
    const { sql, columns, readsClock } = guard.expression(written, dialects.duckdb);
    const engine = await engineReading(`SELECT 1 FROM ${scopePlaceholder} WHERE (${sql})`);
    expect([...engine.tables]).toEqual([scopePlaceholder]);
    expect(columns.filter((name) => !engine.columns.has(name))).toEqual([]);
    if (!readsClock && !/->|lambda/i.test(written)) expect(new Set(columns)).toEqual(engine.columns);
  });
});

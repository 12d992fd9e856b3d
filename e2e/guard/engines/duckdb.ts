import { join } from 'node:path';
import { duckdb } from '@aegis/warehouse-duckdb';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { relationsInTree } from './duckdb-relations.js';
import { fingerprint, inScope, outOfScope, turned } from './seed.js';
import { errorShown, rowsShown, type Shown, type Worlds } from './world.js';

/** Rows that are read at most: enough to compare answers. */
const most = 600;

/** DuckDB, whose files stand in `folder`. */
export const duckdbWorlds = async (folder: string): Promise<Worlds> => {
  const stored = join(folder, 'with-secrets.duckdb');
  const seeding = await opened(stored, [...inScope, ...outOfScope]);
  seeding.close();
  const warehouse = duckdb({ path: stored, threads: 1 });
  const full = await opened(':memory:', [...inScope, ...outOfScope]);
  const bare = await opened(':memory:', inScope);
  const other = await opened(':memory:', [...inScope, ...turned]);
  const before = await single(full.connection, fingerprint);
  return {
    contained: (sql) => shown(async () => rowsShown(await warehouse.executeSample(sql, most, { timeoutMs: 5_000 }))),
    uncontained: async (sql) => {
      await full.connection.run('BEGIN');
      const result = await shown(() => read(full.connection, sql));
      const isOpen = result.kind === 'rows';
      const changed = isOpen && (await single(full.connection, fingerprint)) !== before;
      await full.connection.run('ROLLBACK').catch(() => undefined);
      return { ...result, changed };
    },
    withoutSecrets: (sql) => shown(() => read(bare.connection, sql)),
    inAnotherOrder: (sql) => shown(() => read(other.connection, sql)),
    relationsIn: async (sql) => {
      const tree = await single(bare.connection, `SELECT json_serialize_sql('${sql.replaceAll("'", "''")}')`);
      return relationsInTree(JSON.parse(tree));
    },
    close: async () => {
      await warehouse.close?.();
      full.close();
      bare.close();
      other.close();
    },
  };
};

const opened = async (path: string, statements: readonly string[]) => {
  const instance = await DuckDBInstance.create(path, { threads: '1' });
  const connection = await instance.connect();
  for (const sql of statements) await connection.run(sql);
  const close = (): void => {
    connection.closeSync();
    instance.closeSync();
  };
  return { connection, close };
};

const read = async (connection: DuckDBConnection, sql: string): Promise<Shown> => {
  const timer = setTimeout(() => connection.interrupt(), 5_000);
  try {
    const answer = await connection.runAndReadUntil(sql, most);
    return rowsShown(answer.getRowsJson());
  } finally {
    clearTimeout(timer);
  }
};

const shown = (run: () => Promise<Shown>): Promise<Shown> => run().catch(errorShown);

const single = async (connection: DuckDBConnection, sql: string): Promise<string> =>
  String((await connection.runAndReadAll(sql)).getRows()[0]?.[0]);

import { DuckDBInstance, type JS } from '@duckdb/node-api';

/** An in-memory DuckDB for tests: `rows` runs SQL and gives rows as objects of JavaScript values. */
export interface TestDuckDb {
  rows(sql: string): Promise<Record<string, JS>[]>;
  /** The first column of the first row. */
  scalar(sql: string): Promise<JS | undefined>;
  close(): void;
}

export const openDuckDb = async (...setup: readonly string[]): Promise<TestDuckDb> => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  for (const statement of setup) await connection.run(statement);
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJS();
  return {
    rows,
    scalar: async (sql) => Object.values((await rows(sql))[0] ?? {})[0],
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
};

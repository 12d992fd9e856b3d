import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Table, World } from '../world.js';
import type { TableNames } from './documents.js';
import { identifier, seedStatements, text } from './sql.js';

/** The tables of a world on disk. */
export interface StoredWorld {
  /** The database file. */
  readonly path: string;
  /** The same tables as Parquet files. */
  readonly files: TableNames;
}

/** Stores a world for as long as `use` takes. */
export const withStored = async <Result>(
  world: World,
  options: { readonly asParquet: boolean },
  use: (stored: StoredWorld) => Promise<Result>,
): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), 'aegis-property-'));
  const fileOf = (role: keyof TableNames) => join(folder, `${role}.parquet`);
  const files = { target: fileOf('target'), reference: fileOf('reference'), source: fileOf('source') };
  const stored = { path: join(folder, 'world.duckdb'), files };
  try {
    await seed(world, stored, options.asParquet);
    return await use(stored);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** With a Bloom filter DuckDB 1.5 does not find −0 where 0 is asked for; no SQL of ours could mend a filter of the user's. */
const parquet = 'FORMAT parquet, WRITE_BLOOM_FILTER false';

const seed = async (world: World, { path, files }: StoredWorld, asParquet: boolean): Promise<void> => {
  const instance = await DuckDBInstance.create(path, { threads: '1' });
  const connection = await instance.connect();
  const roles = ['target', 'reference', 'source'] as const;
  const tables = roles.map((role): readonly [Table, string] => [world[role], files[role]]);
  try {
    await connection.run("SET TimeZone = 'UTC'");
    for (const [table, file] of tables) {
      for (const statement of seedStatements(table)) await connection.run(statement);
      if (asParquet) await connection.run(`COPY ${identifier(table.name)} TO ${text(file)} (${parquet})`);
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

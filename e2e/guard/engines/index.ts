import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type Planted, planted } from '../hostile/planted.js';
import { duckdbWorlds } from './duckdb.js';
import { postgresWorlds } from './postgres.js';
import type { Worlds } from './world.js';

export interface Engines {
  readonly engines: { readonly duckdb: Worlds; readonly postgres: Worlds };
  readonly planted: Planted;
  /** Names and contents of the files beside the secret one. */
  files(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Both engines with their secrets, in a temporary folder. */
export const openEngines = async (): Promise<Engines> => {
  const folder = await mkdtemp(join(tmpdir(), 'aegis-guard-'));
  const file = join(folder, 'secret.csv');
  await writeFile(file, `${planted}\n`);
  const newDatabase = async () => (await fetch(`${inject('testServersUrl')}/postgres`)).text();
  const engines = { duckdb: await duckdbWorlds(folder), postgres: await postgresWorlds(newDatabase) };
  return {
    engines,
    planted: { file, newFile: join(folder, 'new.csv') },
    files: async () => [
      ...(await readdir(folder)).filter((name) => !name.endsWith('.wal')).sort(),
      await readFile(file, 'utf8'),
    ],
    close: async () => {
      await Promise.all(Object.values(engines).map((worlds) => worlds.close()));
      await rm(folder, { recursive: true });
    },
  };
};

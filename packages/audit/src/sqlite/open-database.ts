import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import type Database from 'better-sqlite3';
import { Connection } from './connection.js';
import { migrate } from './migrate.js';
import { auditError, classified, isBusy } from './sqlite-errors.js';

const inMemory = ':memory:';
const retryAfterMs = 20;

export interface DatabaseOptions {
  readonly path: string;
  readonly readOnly: boolean;
  readonly busyTimeoutMs: number;
}

/** Opens, secures and migrates the database. */
export const openDatabase = (options: DatabaseOptions): Connection => {
  const path = options.path === inMemory ? inMemory : resolve(options.path);
  return classified(path, () => {
    if (path !== inMemory) prepareFile(path, options.readOnly);
    const database = connect(path, options);
    try {
      prepareDatabase(path, database, options);
    } catch (error) {
      database.close();
      throw error;
    }
    return new Connection(path, database);
  });
};

/** The trail holds prompts and samples: what we create is for its owner only. SQLite gives its side files the same mode. */
const prepareFile = (path: string, readOnly: boolean): void => {
  if (existsSync(path)) return;
  if (readOnly) throw auditError('not-found', path, 'no such file');
  makeFolder(dirname(path));
  closeSync(openSync(path, 'a', 0o600));
};

/** Level by level: Node's recursive mkdir never ends where a folder exists and refuses to hold another, as /proc does. */
const makeFolder = (folder: string): void => {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
};

const connect = (path: string, { readOnly, busyTimeoutMs }: DatabaseOptions): Database.Database => {
  const Sqlite = createRequire(import.meta.url)('better-sqlite3') as typeof Database;
  return new Sqlite(path, { readonly: readOnly, timeout: busyTimeoutMs });
};

const prepareDatabase = (path: string, database: Database.Database, options: DatabaseOptions): void => {
  migrate(path, database, {
    readOnly: options.readOnly,
    beforeFirstWrite: () => useWriteAheadLog(database, options.busyTimeoutMs),
  });
  database.pragma('foreign_keys = ON');
  database.pragma('synchronous = NORMAL');
};

/** SQLite gives up at once, whatever the busy timeout, when the journal mode is to change while another process writes. */
const useWriteAheadLog = (database: Database.Database, timeoutMs: number): void => {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
      sleep(retryAfterMs);
    }
  }
};

const sleep = (ms: number): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
};

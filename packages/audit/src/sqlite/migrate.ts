import type Database from 'better-sqlite3';
import { migrations } from './migrations/index.js';
import { auditError } from './sqlite-errors.js';

/** `Aegi` in ASCII, written by the first migration: tells an audit trail from any other SQLite file. */
const applicationId = 0x41656769;

export interface MigrateOptions {
  readonly readOnly: boolean;
  /** Called once the file is known to be ours to write. */
  readonly beforeFirstWrite: () => void;
}

/**
 * Brings the schema to the newest version, all steps or none. Touches nothing in a file that is not an audit trail
 * or comes from a newer Aegis.
 */
export const migrate = (path: string, database: Database.Database, options: MigrateOptions): void => {
  database.transaction(() => refuseForeign(path, database)).deferred();
  const isOld = versionOf(database) < migrations.length;
  if (options.readOnly) {
    if (isOld) throw auditError('read-only', path, 'its schema is old; open it for writing once to update it');
    return;
  }
  options.beforeFirstWrite();
  if (isOld) database.transaction(() => applyMissing(database)).immediate();
};

/** Inside a transaction: another process may be migrating, and its tables and its id appear together. */
const refuseForeign = (path: string, database: Database.Database): void => {
  const version = versionOf(database);
  const isOurs = numberOf(database, 'application_id') === applicationId;
  const hasTables = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;
  if (hasTables && !isOurs) throw auditError('corrupt', path, 'it is the database of another program');
  if (version > migrations.length) throw auditError('newer-version', path, newerDetail(version));
};

const newerDetail = (version: number): string =>
  `its schema has version ${version}, this Aegis knows version ${migrations.length}; nothing was changed`;

/** Reads the version again: while we waited for the lock, another process may have migrated. */
const applyMissing = (database: Database.Database): void => {
  for (const sql of migrations.slice(versionOf(database))) database.exec(sql);
  database.pragma(`application_id = ${applicationId}`);
  database.pragma(`user_version = ${migrations.length}`);
};

const versionOf = (database: Database.Database): number => numberOf(database, 'user_version');

const numberOf = (database: Database.Database, pragma: string): number =>
  Number(database.pragma(pragma, { simple: true }));

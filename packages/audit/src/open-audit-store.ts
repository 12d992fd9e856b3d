import type { AuditStore } from './audit-store.js';
import { openDatabase } from './sqlite/open-database.js';
import { SqliteTables } from './sqlite/sqlite-tables.js';
import { TableAuditStore } from './store/table-audit-store.js';

export interface AuditStoreOptions {
  /** A file, made with its folders when missing, or `:memory:`. Relative to the working directory. */
  readonly path: string;
  /** Reads a trail that exists and writes nothing. Default false. */
  readonly readOnly?: boolean | undefined;
  /** How long to wait for another process's write, in milliseconds. Default 5000. */
  readonly busyTimeoutMs?: number | undefined;
  /** Stamps decisions. Default: the system clock. */
  readonly clock?: (() => Date) | undefined;
}

/**
 * Opens the audit trail in a SQLite file and brings its schema up to date. Loads better-sqlite3 when called, not when imported.
 * Several processes may have the same file open.
 *
 * @throws AuditError `open`, `read-only`, `corrupt`, `newer-version`, `busy`, or `not-found` (only with `readOnly`)
 */
export const openAuditStore = (pathOrOptions: string | AuditStoreOptions): AuditStore => {
  const options = typeof pathOrOptions === 'string' ? { path: pathOrOptions } : pathOrOptions;
  const { path, readOnly = false, busyTimeoutMs = 5000, clock = () => new Date() }: AuditStoreOptions = options;
  return new TableAuditStore(new SqliteTables(openDatabase({ path, readOnly, busyTimeoutMs })), clock);
};

import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import {
  type Cell,
  isAegisError,
  type StatementOptions,
  type TableDescription,
  type TableName,
  WarehouseError,
} from '@aegis/spec';
import { duckdbDialect } from '@aegis/sql';
import { text } from './duckdb-literals.js';
import type { DuckDbSession } from './duckdb-session.js';

type File = Extract<TableName, { kind: 'file' }>;

const mostColumns = 1_000_000;

/** Whether DuckDB reads the path as a pattern of paths. */
export const isGlob = (path: string): boolean => /[*?[]/.test(path);

/**
 * Columns of a data file; `undefined` when it does not exist or the pattern matches nothing.
 * @throws WarehouseError `unsupported` when it cannot be read as its format
 */
export const describeFile = async (
  session: DuckDbSession,
  file: File,
  options?: StatementOptions,
): Promise<TableDescription | undefined> => {
  const modifiedAt = await lastChange(session, file, options);
  if (modifiedAt === undefined) return undefined;
  const { rows } = await columnsOf(session, file, options);
  return { table: file, kind: 'file', columns: rows.map(column), modifiedAt };
};

const column = ([name, type]: readonly Cell[]) => ({
  name: String(name),
  type: duckdbDialect.columnType(String(type)),
});

const columnsOf = async (session: DuckDbSession, file: File, options?: StatementOptions) => {
  try {
    return await session.run(duckdbDialect.describeSql(file), mostColumns, options);
  } catch (cause) {
    throw unreadable(file, cause);
  }
};

/** The engine's complaint about content is no complaint about a statement that somebody wrote. */
const unreadable = ({ path, format }: File, cause: unknown): unknown => {
  const isAboutContent = cause instanceof WarehouseError && ['unknown', 'syntax'].includes(cause.reason);
  if (!isAboutContent) return cause;
  return new WarehouseError('unsupported', `cannot read ${path} as ${format}: ${cause.message}`, {
    hint: 'Check that the file is complete and that its extension says what it holds.',
    cause,
  });
};

/** For a pattern, the newest of its files. */
const lastChange = async (
  session: DuckDbSession,
  file: File,
  options?: StatementOptions,
): Promise<string | undefined> => {
  const found = await stat(file.path).catch(() => undefined);
  if (!found) return isGlob(file.path) ? newestMatch(session, file.path, options) : undefined;
  if (!found.isFile()) throw notAFile(file, found);
  return found.mtime.toISOString();
};

/** The engine would wait for a pipe that nobody writes to, and nothing could end that wait. */
const notAFile = ({ path, format }: File, found: Stats): WarehouseError =>
  found.isDirectory()
    ? new WarehouseError('unsupported', `${path} is a folder`, {
        hint: `Name the files in it by a pattern, e.g. ${path.replace(/\/$/, '')}/*.${format}.`,
      })
    : new WarehouseError('unsupported', `${path} is no regular file`, {
        hint: 'Data files are read more than once: write what it gives to a file first.',
      });

const newestMatch = async (
  session: DuckDbSession,
  pattern: string,
  options?: StatementOptions,
): Promise<string | undefined> => {
  try {
    const { rows } = await session.run(`SELECT max(last_modified) FROM read_blob(${text(pattern)})`, 1, options);
    const newest = rows[0]?.[0];
    return typeof newest === 'string' ? newest : undefined;
  } catch (cause) {
    if (isAegisError(cause) && cause.code === 'warehouse/not-found') return undefined;
    throw cause;
  }
};

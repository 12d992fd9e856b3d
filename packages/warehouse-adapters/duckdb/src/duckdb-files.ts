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
import type { Session } from '@aegis/sql/transport';
import { text } from './duckdb-literals.js';

type File = Extract<TableName, { kind: 'file' }>;

const mostColumns = 1_000_000;

/** Whether DuckDB reads the path as a pattern of paths. */
export const isGlob = (path: string): boolean => /[*?[]/.test(path);

/**
 * Columns of a data file; `undefined` when it does not exist or the pattern matches nothing.
 * @throws WarehouseError `unsupported` when it cannot be read as its format
 */
export const describeFile = async (
  session: Session,
  file: File,
  options?: StatementOptions,
): Promise<TableDescription | undefined> => {
  const found = await stat(file.path).catch(() => undefined);
  if (!found) return isGlob(file.path) ? describeMatches(session, file, options) : undefined;
  if (!found.isFile()) throw notAFile(file, found);
  const rows = await rowsOf(session, file, duckdbDialect.describeSql(file), options);
  return { table: file, kind: 'file', columns: rows.map(column), modifiedAt: found.mtime.toISOString() };
};

/** Columns of the files that a pattern matches, and when the newest of them changed, in one statement. */
const describeMatches = async (
  session: Session,
  file: File,
  options?: StatementOptions,
): Promise<TableDescription | undefined> => {
  const newest = `(SELECT max(last_modified) FROM read_blob(${text(file.path)}))`;
  const sql = `SELECT column_name, data_type, ${newest} FROM (${duckdbDialect.describeSql(file)})`;
  try {
    const rows = await rowsOf(session, file, sql, options);
    const modifiedAt = rows[0]?.[2];
    const columns = rows.map(column);
    return { table: file, kind: 'file', columns, ...(typeof modifiedAt === 'string' && { modifiedAt }) };
  } catch (cause) {
    if (isAegisError(cause) && cause.code === 'warehouse/not-found') return undefined;
    throw cause;
  }
};

const column = ([name, type]: readonly Cell[]) => ({
  name: String(name),
  type: duckdbDialect.columnType(String(type)),
});

const rowsOf = async (session: Session, file: File, sql: string, options?: StatementOptions) => {
  try {
    return (await session.run(sql, mostColumns, options)).rows;
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

/** The engine would wait for a pipe that nobody writes to, and nothing could end that wait. */
const notAFile = ({ path, format }: File, found: Stats): WarehouseError =>
  found.isDirectory()
    ? new WarehouseError('unsupported', `${path} is a folder`, {
        hint: `Name the files in it by a pattern, e.g. ${path.replace(/\/$/, '')}/*.${format}.`,
      })
    : new WarehouseError('unsupported', `${path} is no regular file`, {
        hint: 'Data files are read more than once: write what it gives to a file first.',
      });

import { type Cell, WarehouseError } from '@aegis/spec';
import { type Room, uniqueNames } from '@aegis/sql/transport';
import type { Client, FieldDef, QueryArrayResult } from 'pg';
import type { Cancellation } from './postgres-cancellation.js';
import { cellReader } from './postgres-values.js';

/** The driver, loaded when the first connection is made. */
export type PostgresDriver = typeof import('pg')['default'];

export interface Answer {
  readonly names: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Rows that a statement changed, where the server counts them. */
  readonly changed?: string | undefined;
}

type TextRow = (string | null)[];

/** Rows beyond the limit that are cheaper to throw away than to ask the server to stop. */
const rowsWorthDropping = 10_000;

/**
 * Sends one statement and keeps the rows that there is room for. A row limit in the protocol would be simpler, but the server does
 * not run such a statement in parallel.
 */
export const readRows = async (
  { Query }: PostgresDriver,
  client: Client,
  text: string,
  room: Room,
  cancellation: Cancellation,
): Promise<Answer> => {
  const rows: TextRow[] = [];
  let surplus = 0;
  const keep = (row: TextRow): void => {
    if (!room.isFull) rows.push(room.take(row));
    else surplus += 1;
    if (surplus === rowsWorthDropping || room.isOutOfBytes) cancellation.stopReading();
  };
  // The extended protocol takes one statement only.
  const config = { text, rowMode: 'array', types: asText, queryMode: 'extended' };
  let changed: string | undefined;
  const fields = await new Promise<readonly FieldDef[]>((resolve, reject) => {
    let known: readonly FieldDef[] = [];
    const query = new Query<TextRow>(config)
      .on('row', (row, result) => {
        known = result?.fields ?? known;
        keep(row);
      })
      .on('end', (result) => {
        changed = changedRows(result);
        resolve(result.fields);
      })
      .on('error', (error) => (cancellation.stoppedReading ? resolve(known) : reject(error)));
    client.query(query);
  });
  const names = uniqueNames(fields.map(({ name }) => name));
  return { names, rows: rows.map((row) => cellsOf(row, fields)), changed };
};

/** Queries count the rows that they read, and `CREATE TABLE … AS` ends as a SELECT without columns. */
const changedRows = ({
  command,
  rowCount,
  fields,
}: Pick<QueryArrayResult, 'command' | 'rowCount' | 'fields'>): string | undefined => {
  const isQuery = command === 'SELECT' && fields.length > 0;
  return isQuery || rowCount === null || rowCount === undefined ? undefined : String(rowCount);
};

/** Values stay as the server wrote them: the driver's own parsers lose digits. */
const asText = { getTypeParser: () => (value: unknown) => value };

const cellsOf = (row: TextRow, fields: readonly FieldDef[]): readonly Cell[] =>
  fields.map(({ dataTypeID }, index) => {
    const text = row[index];
    return text === null || text === undefined ? null : cellReader(dataTypeID)(text);
  });

const queries = /^(select|with|values|table|explain|show)$/i;
const commands =
  /^(abort|alter|analyze|begin|call|checkpoint|close|cluster|comment|commit|copy|create|deallocate|declare|delete|discard|do|drop|end|execute|fetch|grant|import|insert|listen|load|lock|merge|move|notify|prepare|reassign|refresh|reindex|release|reset|revoke|rollback|savepoint|security|set|start|truncate|unlisten|update|vacuum)$/i;

/**
 * A READ ONLY transaction still lets COPY write files and SET undo it, so only queries pass. A comment in front does
 * not: where it ends would be a second opinion.
 * @throws WarehouseError `authorization`, or `syntax` for what is no command at all
 */
export const refuseAllButQueries = (sql: string): void => {
  const [, word = ''] = /^[\s(]*([a-z]*)/i.exec(sql) ?? [];
  if (queries.test(word)) return;
  if (commands.test(word)) throw new WarehouseError('authorization', 'only SELECT runs on a read-only warehouse');
  throw new WarehouseError('syntax', `a query begins with SELECT, not with "${word || sql.trim().slice(0, 20)}"`);
};

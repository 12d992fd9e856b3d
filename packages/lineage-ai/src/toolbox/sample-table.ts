import type { ScopedRelation, UserSqlExpression } from '@aegis/spec';
import type { LiveTable } from './located-table.js';
import { ofGuard, type Reader, readRows, restored } from './reading.js';
import type { QueryRows } from './results.js';
import { Refusal } from './tool-result.js';

export interface Sampling {
  readonly limit: number;
  /** A condition on one row, as SQL. */
  readonly where: string | undefined;
}

/** Any rows of a table, or any that fit a condition that the guard passed. @throws Refusal */
export const sampleTable = async (
  live: LiveTable,
  written: string,
  { limit, where }: Sampling,
  reader: Reader,
): Promise<QueryRows> => {
  const { dialect } = reader.warehouse;
  const rowLimit = Math.min(limit, reader.limits.maxRows);
  const condition = where === undefined || where.trim() === '' ? undefined : await conditionOf(where, live, reader);
  const from: ScopedRelation = { table: live.table, ...(condition && { where: condition }) };
  const sql = dialect.statement({ kind: 'rows', from, limit: rowLimit + 1 });
  const { rows, truncated } = await readRows({ sql, tables: [live] }, rowLimit, reader);
  const columns = live.description.columns.map(({ name }) => name);
  return { sql: reader.redactor.text(sql), tables: [written], columns, rows, truncated, rowLimit };
};

const conditionOf = async (where: string, { description }: LiveTable, reader: Reader): Promise<UserSqlExpression> => {
  const guard = await reader.loadGuard();
  const condition = ofGuard(() => guard.expression(restored(where, reader.redactor), reader.warehouse.dialect));
  const known = new Set(description.columns.map(({ name }) => name.toLowerCase()));
  const unknown = condition.columns.find((name) => !known.has(name.toLowerCase()));
  if (unknown === undefined) return condition;
  throw new Refusal('not_found', `There is no column "${unknown}". ${columnsOf(description)}`);
};

/** For messages about columns. */
export const columnsOf = ({ columns }: LiveTable['description']): string =>
  `The columns are ${columns.map(({ name }) => name).join(', ')}.`;

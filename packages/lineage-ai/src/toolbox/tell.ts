import { fence } from '@aegis/llm';
import type { JsonValue, Row } from '@aegis/spec';
import { shownName } from '../shown-name.js';
import type {
  GraphNodes,
  OperationSql,
  OperationsOf,
  QueryRows,
  RowTrace,
  TableSchema,
  TableStats,
  UpstreamTrace,
} from './results.js';

// Results as models read them. Whatever comes from tables, and SQL that others wrote, stands in a fence.

export const tellNodes = ({ nodes, total, isTruncated }: GraphNodes): string =>
  lines([
    `${nodes.length} of ${total} tables${isTruncated ? '; ask for part of a name to see others' : ''}:`,
    ...nodes.map(
      ({ name, kind, form, liveness, operations }) =>
        `${shownName(name)}: ${kind}, ${form}, ${liveness}, ${operations === 1 ? '1 operation' : `${operations} operations`} known`,
    ),
  ]);

export const tellOperations = ({ table, operations, leftOut }: OperationsOf): string =>
  operations.length === 0
    ? `Nothing is known to have made ${shownName(table)}: it is an input.`
    : lines([
        `${shownName(table)} was made by ${operations.length + leftOut}, in this order:`,
        ...(leftOut === 0 ? [] : [`(There is no room for the ${leftOut} oldest.)`]),
        ...operations.map(tellOperation),
      ]);

const tellOperation = ({ operation, kind, sql, inputs, ranAt, rowsWritten, status }: OperationSql): string =>
  lines([
    `${shownName(operation)} (${kind}, ${status}${ranAt === null ? '' : ` at ${ranAt}`}${rowsWritten === null ? '' : `, ${rowsWritten} rows`}) reads ${named(inputs) || 'nothing'}`,
    sql === null ? 'Its SQL is not known.' : fence(`SQL of ${operation}`, sql),
  ]);

export const tellSchema = ({ table, liveness, source, columns, rowsDecidedBy }: TableSchema): string =>
  lines([
    `${shownName(table)} (${liveness}), columns as the ${source === 'warehouse' ? 'warehouse' : 'lineage graph'} has them:`,
    ...(columns.length === 0 ? ['They are not known.'] : []),
    ...columns.map(
      ({ name, type, nullable, madeFrom, expression }) =>
        `${shownName(name)} ${shownName(type ?? 'of unknown type')}${nullable === false ? ', not NULL' : ''}${madeFrom.length === 0 ? '' : `, made from ${named(madeFrom)}`}${expression === null || expression === name ? '' : ` as ${oneLine(expression)}`}`,
    ),
    ...(rowsDecidedBy.length === 0
      ? []
      : [`Which rows there are is decided by ${rowsDecidedBy.map(oneLine).join('; ')}`]),
  ]);

export const tellRows = ({ sql, columns, rows, truncated, rowLimit }: QueryRows): string =>
  lines([
    `Ran: ${oneLine(sql)}`,
    rows.length === 0 && truncated === null ? 'No rows.' : fence(`${rows.length} rows`, table(columns, rows)),
    ...(truncated === 'rows' ? [`There are more rows: only the first ${rowLimit} are shown.`] : []),
    ...(truncated === 'bytes' ? [overBytes(rows.length)] : []),
  ]);

const overBytes = (fitting: number): string =>
  fitting === 0
    ? 'The first row alone is more than a result may hold. Ask for fewer columns, or for the beginning of long texts.'
    : `There are more rows: only ${fitting} fit. Ask for fewer columns or rows.`;

export const tellStats = ({ table: name, rows, columns }: TableStats): string =>
  lines([
    `${shownName(name)} has ${rows} rows.`,
    fence(
      `statistics of ${name}`,
      table(
        ['column', 'type', 'non_null', 'min', 'max'],
        columns.map(({ name: column, type, nonNull, min, max }) => ({ column, type, non_null: nonNull, min, max })),
      ),
    ),
  ]);

export const tellUpstream = ({ tables, isTruncated }: UpstreamTrace): string =>
  lines([
    ...tables.map(({ name, kind, distance, madeBy }) => {
      const made = madeBy.map(({ operation, inputs }) => `${shownName(operation)} from ${named(inputs) || 'nothing'}`);
      return `${distance}: ${shownName(name)} (${kind})${made.length === 0 ? '' : `, made by ${made.join('; ')}`}`;
    }),
    ...(isTruncated ? ['There is more further up.'] : []),
  ]);

export const tellRowTrace = ({ found, notFollowed }: RowTrace): string =>
  lines([
    ...found.map(({ table: name, key, rows, truncated }) =>
      lines([
        `${shownName(name)}, where ${keyText(key)}: ${rows.length === 0 ? 'no rows' : `${rows.length} rows${truncated ? ' and more' : ''}`}`,
        ...(rows.length === 0 ? [] : [fence(`rows of ${name}`, table(Object.keys(rows[0] ?? {}), rows))]),
      ]),
    ),
    ...notFollowed.map(({ table: name, reason }) => `${shownName(name)} was not followed: ${oneLine(reason)}`),
  ]);

const keyText = (key: Row): string =>
  Object.entries(key)
    .map(([column, value]) => `${shownName(column)} = ${cellText(value)}`)
    .join(' and ');

const table = (columns: readonly string[], rows: readonly Row[]): string =>
  lines([
    columns.map(shownName).join(' | '),
    ...rows.map((row) => columns.map((column) => cellText(row[column] ?? null)).join(' | ')),
  ]);

const longestCell = 300;

const cellText = (value: JsonValue): string => {
  if (value === null) return 'NULL';
  const text = oneLine(typeof value === 'string' ? value : JSON.stringify(value));
  return text.length > longestCell ? `${text.slice(0, longestCell)}… (${text.length} characters)` : text;
};

const named = (names: readonly string[]): string => names.map(shownName).join(', ');

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const lines = (parts: readonly string[]): string => parts.join('\n');

import { isAbsent, nodeFields, nodeKind, type SqlNode } from '../parse/index.js';
import { judgedQuery } from './guard-query.js';
import type { Reading } from './skeleton/reading.js';
import { refusePart } from './skeleton/refuse-part.js';
import { lowerAscii } from './text/words.js';
import { referencesTo, type TableParts, type TableReference } from './tree/tables.js';

/** What may be read. */
export interface ReadScope {
  /** Tables by the parts of their names, as the warehouse is asked for them. */
  readonly tables: readonly TableParts[];
  /** Most rows that come back. */
  readonly rowLimit: number;
}

/** A query that passed, and reads tables of its scope alone. */
export interface GuardedRead {
  /** Ends in a LIMIT of its own. */
  readonly sql: string;
  /** The tables that it reads, as the scope names them, each once. */
  readonly tables: readonly TableParts[];
}

/** @throws GuardError `out-of-scope` where it reads a table that the scope does not name just so */
export const guardRead = (reading: Reading, scope: ReadScope): GuardedRead => {
  const { sql, root } = judgedQuery(reading);
  const tables = referencesTo(root, reading).map((reference) => inScope(reference, scope, reading));
  return { sql: limited(sql, root, scope.rowLimit, reading), tables: [...new Set(tables)] };
};

const inScope = (reference: TableReference, { tables }: ReadScope, reading: Reading): TableParts => {
  const found = tables.find((table) => means(reference, table, reading));
  if (found) return found;
  const nearby = tables.filter((table) => table.at(-1)?.toLowerCase() === reference.parts.at(-1)?.toLowerCase());
  const shown = (nearby.length > 0 ? nearby : tables).slice(0, 5).map((table) => table.join('.'));
  const hint = shown.length > 0 ? `Read ${shown.join(', ')}, written just so.` : 'No table may be read.';
  throw refusePart(reading, 'out-of-scope', reference.node, 'is not among the tables that may be read', hint);
};

/** All parts are written, so that no search path decides what is meant. */
const means = ({ parts, areQuoted }: TableReference, table: TableParts, { rules }: Reading): boolean =>
  parts.length === table.length &&
  parts.every((part, index) => isSame(part, table[index] ?? '', rules.tableCase, areQuoted[index] === true));

const isSame = (
  written: string,
  name: string,
  tableCase: Reading['rules']['tableCase'],
  isQuoted: boolean,
): boolean => {
  if (tableCase === 'insensitive') return lowerAscii(written) === lowerAscii(name);
  return (tableCase === 'lower' && !isQuoted ? lowerAscii(written) : written) === name;
};

const queriesWithLimit: ReadonlySet<string> = new Set(['select', 'union', 'intersect', 'except']);

/** A query that already says how many rows it wants becomes the source of one that limits it. */
const limited = (sql: string, root: SqlNode, rowLimit: number, reading: Reading): string => {
  const { limit, offset, fetch } = nodeFields(root);
  const isOpen = queriesWithLimit.has(nodeKind(root)) && [limit, offset, fetch].every(isAbsent);
  const endsWithLimit = isOpen && rendersAtEnd(root, rowLimit, reading);
  return endsWithLimit ? `${sql} LIMIT ${rowLimit}` : `SELECT * FROM (${sql}) AS limited LIMIT ${rowLimit}`;
};

/** Whether the tree with the limit set is, as text, the same text with the limit behind it. */
const rendersAtEnd = (root: SqlNode, rowLimit: number, { parser, parserName }: Reading): boolean => {
  const kind = nodeKind(root);
  const literal = { literal: { literal_type: 'number', value: String(rowLimit) } };
  const limit = kind === 'select' ? { this: literal } : literal;
  const withLimit = parser.render({ [kind]: { ...nodeFields(root), limit } }, parserName);
  return withLimit === `${parser.render(root, parserName)} LIMIT ${rowLimit}`;
};

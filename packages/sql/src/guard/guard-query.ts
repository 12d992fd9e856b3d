import { nodeKind, type SqlNode } from '../parse/index.js';
import { scopePlaceholder } from './scope-placeholder.js';
import { parseFramed } from './skeleton/parse-framed.js';
import type { Reading } from './skeleton/reading.js';
import { refusePart } from './skeleton/refuse-part.js';
import { restore } from './skeleton/restore.js';
import { words } from './text/words.js';
import { checkQuery } from './tree/check.js';
import { withExplicitAliases } from './tree/explicit-aliases.js';
import { type TableParts, tablesOf } from './tree/tables.js';

/** A query that passed. */
export interface GuardedQuery {
  readonly sql: string;
  /** Whether it reads `{table}`, which `sql` names `scopePlaceholder`. */
  readonly usesScope: boolean;
  /** The other tables that it reads, by the parts of their names; common table expressions left out. */
  readonly tables: readonly TableParts[];
}

export const queryFrame = { before: '', after: '' };

const queries = words('select union intersect except subquery');

/** @throws GuardError unless the text is one SELECT of tables, with allowed functions */
export const guardQuery = (reading: Reading): GuardedQuery => {
  const { root: _, ...query } = judgedQuery(reading);
  return query;
};

/** The same, with its tree. */
export const judgedQuery = (reading: Reading): GuardedQuery & { readonly root: SqlNode } => {
  const root = judged(reading.skeleton.text, reading);
  const tables = tablesOf(root, reading);
  const rendered = reading.parser.render(withExplicitAliases(root), reading.parserName);
  const { sql, isSame } = restore(rendered, reading);
  if (!isSame) tablesOf(judged(rendered, reading), reading);
  const isScope = ([name, ...others]: TableParts) => name === scopePlaceholder && others.length === 0;
  return { root, sql, usesScope: tables.some(isScope), tables: tables.filter((parts) => !isScope(parts)) };
};

/** The tree of a text, if it may run. */
const judged = (text: string, reading: Reading): SqlNode => {
  const root = parseFramed(reading, text);
  if (!queries.has(nodeKind(root))) {
    throw refusePart(reading, 'not-select', root, 'is not a SELECT', 'A rule only reads: write one SELECT.');
  }
  checkQuery(root, reading);
  return root;
};

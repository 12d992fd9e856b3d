import { isFields, isNode, nodeFields, nodeKind, type SqlNode } from '../parse/index.js';
import { parseFramed } from './skeleton/parse-framed.js';
import type { Reading } from './skeleton/reading.js';
import { refusePart } from './skeleton/refuse-part.js';
import { isAlwaysTrue } from './tree/always-true.js';
import { checkChange } from './tree/check.js';
import { changeShapes } from './tree/grammar.js';
import { partsOf, type TableParts, tablesOf } from './tree/tables.js';

/** A change of data that passed. It was judged, not run. */
export interface GuardedFix {
  /** As it was written, all lines of it. */
  readonly sql: string;
  readonly change: 'update' | 'delete' | 'insert' | 'merge';
  /** The table that it changes, by the parts of its name. */
  readonly target: TableParts;
  /** The other tables that it reads. */
  readonly tables: readonly TableParts[];
}

/** @throws GuardError unless the text is one UPDATE, DELETE, INSERT … SELECT or MERGE with a condition that leaves rows out */
export const guardFix = (reading: Reading): GuardedFix => {
  const root = parseFramed(reading);
  const change = nodeKind(root);
  if (!isChange(change)) throw notAChange(root, reading);
  checkChange(root, reading);
  requireCondition(change === 'insert' ? rowsOf(root) : root, reading);
  const target = targetOf(root, reading);
  const isOther = (table: TableParts): boolean => change !== 'merge' || table.join('\u0000') !== target.join('\u0000');
  return { sql: reading.sql.trim(), change, target, tables: readBy(root, reading).filter(isOther) };
};

/** None where a MERGE has something else than a table there. */
const targetOf = (root: SqlNode, reading: Reading): TableParts => {
  const { table, this: merged } = nodeFields(root);
  if (isFields(table)) return partsOf({ table }, reading);
  const named = isNode(merged) && nodeKind(merged) === 'alias' ? nodeFields(merged).this : merged;
  return isNode(named) && nodeKind(named) === 'table' ? partsOf(named, reading) : [];
};

const isChange = (kind: string): kind is GuardedFix['change'] => Object.hasOwn(changeShapes, kind);

const notAChange = (root: SqlNode, reading: Reading) =>
  refusePart(
    reading,
    'forbidden',
    root,
    'is no change of rows',
    'A fix is one UPDATE, DELETE or INSERT … SELECT with WHERE, or MERGE … ON.',
  );

/** The query of an INSERT; the statement itself where rows were written out, which have no condition. */
const rowsOf = (root: SqlNode): SqlNode => {
  const { query } = nodeFields(root);
  return isFields(query) ? (query as SqlNode) : root;
};

const requireCondition = (root: SqlNode, reading: Reading): void => {
  const { where_clause: where, on } = nodeFields(root);
  const condition = isFields(where) ? where.this : nodeKind(root) === 'merge' ? on : undefined;
  if (isFields(condition) && !isAlwaysTrue(condition as SqlNode)) return;
  throw reading.refuse(
    'forbidden',
    condition === undefined ? 'The change has no WHERE.' : 'The WHERE of the change leaves nothing out.',
    'Say which rows it changes.',
  );
};

const readBy = (root: SqlNode, reading: Reading): readonly TableParts[] => {
  const { using } = nodeFields(root);
  const listed = Array.isArray(using) ? using.filter(isFields).map((table): SqlNode => ({ table })) : [];
  return [...tablesOf(root, reading), ...listed.flatMap((table) => tablesOf({ subquery: { this: table } }, reading))];
};
